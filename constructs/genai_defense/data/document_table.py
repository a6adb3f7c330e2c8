"""Where every document stands: scanned, published, quarantined or withdrawn."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from genai_defense.data.user_table import acknowledge_deletable, key_through_tables

BY_SHA256 = "by_sha256"
PUBLISHED_ATTRIBUTES = ("document", "status")
"""What the chat function sees of a document's row (lambda/chat; a test keeps the two alike)."""


class DocumentTable(Construct):
    """A table with one row a document; what is not `published` there is not shown, whatever was indexed.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest.
        removal_policy: What `cdk destroy` does to the table. Default: the table stays and is protected
            against deletion.

    Attributes:
        table: The table. Partition key `document` (`<tenant>#<sha256>`), index `by_sha256` (`sha256`);
            on-demand capacity, point-in-time recovery over 35 days. Rows do not expire: a withdrawn document
            stays withdrawn.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self._encryption_key = encryption_key
        self.table = dynamodb.Table(
            self,
            "Table",
            partition_key=dynamodb.Attribute(name="document", type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.CUSTOMER_MANAGED,
            encryption_key=encryption_key,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True,
            ),
            deletion_protection=removal_policy is not RemovalPolicy.DESTROY,
            removal_policy=removal_policy,
        )
        if removal_policy is RemovalPolicy.DESTROY:
            acknowledge_deletable(self.table)
        self.table.add_global_secondary_index(
            index_name=BY_SHA256,
            partition_key=dynamodb.Attribute(name="sha256", type=dynamodb.AttributeType.STRING),
        )

    @property
    def index_arn(self) -> str:
        """ARN of the index by hash."""
        return f"{self.table.table_arn}/index/{BY_SHA256}"

    def grant_keep(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` find documents, also by their hash, write down where they stand, and delete no row."""
        self._grant(
            policy,
            "KeepRows",
            # The condition of a transaction that another row is not there.
            "dynamodb:ConditionCheckItem",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
        )
        self._grant_find_by_hash(policy)

    def grant_withdraw(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` find documents by their hash and mark them as withdrawn, and delete no row."""
        self._grant(policy, "WithdrawRows", "dynamodb:GetItem", "dynamodb:UpdateItem")
        self._grant_find_by_hash(policy)

    def grant_check(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` see whether documents are published, and neither list nor change them."""
        self._grant(policy, "CheckRows", "dynamodb:BatchGetItem")

    def _grant_find_by_hash(self, policy: iam.ManagedPolicy) -> None:
        policy.add_statements(
            iam.PolicyStatement(sid="FindRowsByHash", actions=["dynamodb:Query"], resources=[self.index_arn])
        )

    def _grant(self, policy: iam.ManagedPolicy, sid: str, *actions: str) -> None:
        policy.add_statements(
            iam.PolicyStatement(sid=sid, actions=list(actions), resources=[self.table.table_arn]),
            key_through_tables(self._encryption_key),
        )
