"""A role that handles documents, and what it does to which of them."""

from collections.abc import Sequence

from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.checks.acknowledge import acknowledge
from genai_defense.checks.finding_ids import wildcard_below

_NO_NAMES_YET = (
    "Documents have no names yet when the permission is written: it names a bucket, a prefix where there is "
    "one, and single actions. Each bucket's own policy and the gateway endpoint's admit this one role again; "
    "what is locked stays, whoever deletes."
)


class DocumentActor(Construct):
    """The execution role of a function that handles documents, with one managed policy on them.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.

    Attributes:
        role: The role.
        policy: Its policy.
    """

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        self.policy = iam.ManagedPolicy(self, "Policy", roles=[self.role])
        self._gateway: list[iam.PolicyStatement] = []
        self._acknowledged: set[str] = set()

    def allow(
        self, *, sid: str, bucket: s3.Bucket, actions: Sequence[str], prefixes: Sequence[str] = ("",)
    ) -> None:
        """Let the role take actions on objects, and remember it for the gateway endpoint on the way.

        Args:
            sid: Id of the statement.
            bucket: The bucket.
            actions: What the role may do.
            prefixes: Below which prefixes, without a slash at the end. Default: anywhere in the bucket.
        """
        keys = [f"{prefix}/*".removeprefix("/") for prefix in prefixes]
        resources = [bucket.arn_for_objects(key) for key in keys]
        self._permit(sid, actions, resources)
        found = {
            wildcard_below(bucket.bucket_arn, f"/{key}", owner=bucket, reader=self.policy) for key in keys
        }
        if new := sorted(found - self._acknowledged):
            acknowledge(self.policy, *new, reason=_NO_NAMES_YET)
            self._acknowledged |= found

    def allow_list(self, *, sid: str, bucket: s3.Bucket) -> None:
        """Let the role list a bucket, without which S3 says "forbidden" of an object that is gone."""
        self._permit(sid, ["s3:ListBucket", "s3:ListBucketVersions"], [bucket.bucket_arn])

    def gateway_statements(self) -> list[iam.PolicyStatement]:
        """What the role asks of S3, for the policy of a gateway endpoint."""
        return list(self._gateway)

    def _permit(self, sid: str, actions: Sequence[str], resources: Sequence[str]) -> None:
        self.policy.add_statements(
            iam.PolicyStatement(sid=sid, actions=list(actions), resources=list(resources))
        )
        self._gateway.append(
            iam.PolicyStatement(
                principals=[iam.AnyPrincipal()],
                actions=list(actions),
                resources=list(resources),
                conditions={"ArnEquals": {"aws:PrincipalArn": self.role.role_arn}},
            )
        )
