"""Who may use which tool on what: Cedar policies in a policy store of their own."""

from aws_cdk import RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_verifiedpermissions as verifiedpermissions
from constructs import Construct

from genai_defense.application.cedar_files import cedar_policies, cedar_schema
from genai_defense.checks.acknowledge import acknowledge

_USES = [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
]


class ToolPolicies(Construct):
    """A policy store that denies whatever no policy permits.

    The policies and the schema are the files in `cedar/`, checked against each other when they are deployed
    (STRICT) and in the kit's tests. Support staff look orders up and ask for refunds, approvers decide, each
    within their tenant; two forbids stand above all permits, for other tenants and for amounts over the
    limit, and a third keeps everybody from deciding on an own request.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key of the store. Its policy gains a statement for Verified Permissions; an imported
            key's must have it already. A store keeps its key for good.
        refund_limit_cents: Largest refund that can be asked for or approved, at least 1.
        removal_policy: What `cdk destroy` does to the store. Default: it stays, protected against deletion.

    Attributes:
        store: The policy store.
        policies: Its policies, by the names of their files.

    Raises:
        ValueError: The limit allows nothing.

    Source: https://docs.aws.amazon.com/verifiedpermissions/latest/userguide/security-data-protection-cmk.html,
        https://docs.aws.amazon.com/verifiedpermissions/latest/userguide/policy-validation-mode.html (read
        2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        refund_limit_cents: int,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self._encryption_key = encryption_key
        statements = cedar_policies(refund_limit_cents=refund_limit_cents)
        self._admit_the_service()
        kept = removal_policy is not RemovalPolicy.DESTROY
        self.store = verifiedpermissions.CfnPolicyStore(
            self,
            "Store",
            description="Who may use which tool of the chatbot on what.",
            validation_settings=verifiedpermissions.CfnPolicyStore.ValidationSettingsProperty(mode="STRICT"),
            deletion_protection=verifiedpermissions.CfnPolicyStore.DeletionProtectionProperty(
                mode="ENABLED" if kept else "DISABLED"
            ),
            encryption_settings=verifiedpermissions.CfnPolicyStore.EncryptionSettingsProperty(
                kms_encryption_settings=verifiedpermissions.CfnPolicyStore.KmsEncryptionSettingsProperty(
                    key=encryption_key.key_arn
                )
            ),
            schema=verifiedpermissions.CfnPolicyStore.SchemaDefinitionProperty(cedar_json=cedar_schema()),
        )
        self.store.apply_removal_policy(removal_policy)
        if not kept:
            acknowledge(
                self.store,
                "OwaspLlm-PolicyStoreIsProtected",
                reason="The deployment was chosen to be deletable, for development: cdk destroy takes the"
                " policies along, together with every function that asks them.",
            )
        # Verified Permissions tries the key when it makes the store.
        self.store.node.add_dependency(encryption_key)
        self.policies = {
            name: self._policy(name, statement, removal_policy) for name, statement in statements.items()
        }

    def grant_ask(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` ask for decisions, and neither read nor change the policies."""
        policy.add_statements(
            iam.PolicyStatement(
                sid="AskThePolicies",
                actions=["verifiedpermissions:IsAuthorized"],
                resources=[self.store.attr_arn],
            ),
            # Verified Permissions opens the store with the rights of who asks.
            iam.PolicyStatement(
                sid="KeyThroughThePolicyStore",
                actions=_USES,
                resources=[self._encryption_key.key_arn],
                conditions={"StringLike": {"kms:ViaService": "verifiedpermissions.*.amazonaws.com"}},
            ),
        )

    def _policy(
        self, name: str, statement: str, removal_policy: RemovalPolicy
    ) -> verifiedpermissions.CfnPolicy:
        comment = statement.splitlines()[0].removeprefix("// ")
        policy = verifiedpermissions.CfnPolicy(
            self,
            "".join(part.capitalize() for part in name.split("_")),
            policy_store_id=self.store.attr_policy_store_id,
            definition=verifiedpermissions.CfnPolicy.PolicyDefinitionProperty(
                static=verifiedpermissions.CfnPolicy.StaticPolicyDefinitionProperty(
                    statement=statement, description=comment[:150]
                )
            ),
        )
        policy.apply_removal_policy(removal_policy)
        return policy

    def _admit_the_service(self) -> None:
        stack = Stack.of(self)
        stores = f"arn:{stack.partition}:verifiedpermissions::{stack.account}:policy-store/*"
        self._encryption_key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowPolicyStoresOfThisAccount",
                principals=[iam.ServicePrincipal("verifiedpermissions.amazonaws.com")],
                actions=_USES,
                resources=["*"],  # in a key policy, "*" is this key
                conditions={
                    "StringEquals": {"aws:SourceAccount": stack.account},
                    "ArnLike": {"aws:SourceArn": stores},
                },
            ),
        )
