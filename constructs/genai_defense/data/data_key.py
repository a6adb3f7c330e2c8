"""One customer-managed key for one class of data."""

from collections.abc import Sequence
from typing import Final

from aws_cdk import Aws, Duration, RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

ADMINISTRATION: Final = (
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListKeyRotations",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:RevokeGrant",
    "kms:RotateKeyOnDemand",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
)
USE: Final = (
    "kms:Decrypt",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)
# Lambda and Step Functions ask with the role of the function or the machine, not on behalf of a caller.
_CONTEXTS_OF_ROLES = ("SourceArn", "aws:lambda:FunctionArn", "aws:states:stateMachineArn")


class DataKey(kms.Key):
    """A customer-managed key that rotates every year and waits 30 days before it is gone.

    IAM policies of the account say who administers the key and who uses it, and the key's own policy keeps
    the two apart: who administers cannot encrypt, decrypt or grant, and who uses does so through the service
    that keeps the data, never by hand. Whoever has an encrypted data key and a policy that lets him decrypt
    it cannot. `KeyAdministrators` names the administrators.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        data_class: What the key protects, in a few words; becomes the key's description.
        used_through: Services through which the key is used, as `kms:ViaService` names them, such as `s3`.
            Default: any.
        removal_policy: What `cdk destroy` does to the key. Default: the key stays.

    Source: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html (read 2026-11-23),
        https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        data_class: str,
        used_through: Sequence[str] = (),
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            description=data_class,
            enable_key_rotation=True,
            pending_window=Duration.days(30),
            policy=iam.PolicyDocument(statements=_by_role(used_through)),
            removal_policy=removal_policy,
        )

    def allow_log_groups(self) -> None:
        """Let CloudWatch Logs encrypt with this key, for log groups of this account and Region only.

        Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html (read
            2026-11-23).
        """
        stack = Stack.of(self)
        log_groups = f"arn:{Aws.PARTITION}:logs:{stack.region}:{stack.account}:log-group:*"
        self.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowLogGroupsOfThisAccount",
                principals=[iam.ServicePrincipal(f"logs.{stack.region}.amazonaws.com")],
                actions=[
                    "kms:Encrypt",
                    "kms:Decrypt",
                    "kms:ReEncryptFrom",
                    "kms:ReEncryptTo",
                    "kms:GenerateDataKey",
                    "kms:DescribeKey",
                ],
                resources=["*"],  # in a key policy, "*" is this key
                conditions={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": log_groups}},
            ),
        )


def _by_role(used_through: Sequence[str]) -> list[iam.PolicyStatement]:
    services = [f"{service}.*.amazonaws.com" for service in used_through] or ["*.amazonaws.com"]
    return [
        _for_account("AdministeredByIamOfThisAccount", ADMINISTRATION),
        _for_account("UsedThroughServices", USE, {"StringLike": {"kms:ViaService": services}}),
        _for_account(
            "UsedByRolesOfFunctionsAndMachines",
            USE,
            {"ForAnyValue:StringEquals": {"kms:EncryptionContextKeys": list(_CONTEXTS_OF_ROLES)}},
        ),
        # Tables, functions and backups use their key by a grant, which nobody else may give.
        _for_account(
            "GrantedToServices", ["kms:CreateGrant"], {"Bool": {"kms:GrantIsForAWSResource": "true"}}
        ),
    ]


def _for_account(
    sid: str, actions: Sequence[str], conditions: dict[str, dict[str, object]] | None = None
) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        sid=sid,
        principals=[iam.AccountRootPrincipal()],
        actions=list(actions),
        resources=["*"],  # in a key policy, "*" is this key
        conditions=conditions,
    )
