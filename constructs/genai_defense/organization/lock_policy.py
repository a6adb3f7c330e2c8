"""The service control policy under which nobody unlocks, ends keys, or makes an exempt role his own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from genai_defense.data.data_perimeter import BESIDE_TAG
from genai_defense.data.dataset_store import SIDE_TAG
from genai_defense.data.landing_bucket import TENANT_TAG
from genai_defense.data.user_table import USER_TAG
from genai_defense.organization.policy_document import OrganizationPolicyType, check_size, deny, require

# Whoever may do this takes a lock off, or makes what is encrypted unreadable. Deployments do not.
LOCKS_AND_KEYS: Final = (
    "backup:DeleteBackupVault*",
    "backup:DeleteRecoveryPoint",
    "backup:PutBackupVaultAccessPolicy",
    "backup:UpdateRecoveryPointLifecycle",
    "kms:DeleteImportedKeyMaterial",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:ScheduleKeyDeletion",
    "s3:BypassGovernanceRetention",
)
# Whoever may do this to a store of the kit ends its lock, policy, versions or encryption. Deployments do.
STORES: Final = (
    "dynamodb:DeleteTable",
    "dynamodb:PutResourcePolicy",
    "dynamodb:UpdateContinuousBackups",
    "dynamodb:UpdateTable",
    "s3:DeleteBucket*",
    "s3:PutBucketAcl",
    "s3:PutBucketLogging",
    "s3:PutBucketObjectLockConfiguration",
    "s3:PutBucketOwnershipControls",
    "s3:PutBucketPolicy",
    "s3:PutBucketPublicAccessBlock",
    "s3:PutBucketVersioning",
    "s3:PutEncryptionConfiguration",
    "s3:PutLifecycleConfiguration",
    "s3:PutReplicationConfiguration",
)
# Whoever may do this to an exempt role becomes exempt.
TAKE_OVER: Final = (
    "iam:AttachRolePolicy",
    "iam:CreateRole",
    "iam:DeleteRolePermissionsBoundary",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
    "iam:UpdateAssumeRolePolicy",
)
# Whoever may do this to a policy or a function of the kit acts with the rights of its role.
REWRITE: Final = (
    "iam:CreatePolicyVersion",
    "iam:SetDefaultPolicyVersion",
    "lambda:UpdateFunctionCode",
    "lambda:UpdateFunctionConfiguration",
)
# A stack keeps the role that it was deployed with: whoever changes the stack acts as that role.
STACK_CHANGES: Final = (
    "cloudformation:CreateChangeSet",
    "cloudformation:DeleteStack",
    "cloudformation:ExecuteChangeSet",
    "cloudformation:UpdateStack",
)
# Bucket policies and permissions go by these tags of a principal.
SECURITY_TAGS: Final = (SIDE_TAG, BESIDE_TAG, TENANT_TAG, USER_TAG)
_TAGGING = ("iam:TagRole", "iam:TagUser", "iam:UntagRole", "iam:UntagUser")
# As CloudFormation names what the kit's stacks hold: the id of each stack begins with it.
_STORES_OF_THE_KIT = ("arn:*:dynamodb:*:*:table/GenAiDefense-*", "arn:*:s3:::genaidefense-*")
_FUNCTIONS = "arn:*:lambda:*:*:function:GenAiDefense-*"
_STACKS = "arn:*:cloudformation:*:*:stack/GenAiDefense-*"
_POLICIES = "arn:*:iam::*:policy/GenAiDefense-*"


@dataclass(frozen=True, kw_only=True)
class LockControlPolicy:
    """What no account below may unlock, and how nobody becomes exempt from these policies.

    Organizations exempts service-linked roles and the management account from every such policy.

    Attributes:
        administrators: ARN patterns of the principals that deploy stores, keys and roles.
        break_glass: ARN patterns of the roles that may also unlock, and end keys.
        deployers: ARN patterns of the roles that change stacks, and pass an administrator to CloudFormation.
            Default: none.
        key_administrators: ARN patterns of the roles that may also write key policies. Default: none.
        servants: ARN patterns of the kit's own roles that another policy exempts from one of its statements,
            such as the keeper of the invocation log. They are exempt from nothing here, but kept from being
            taken over, and may pass the roles of their own pattern. Default: none.
        policies: ARN patterns of further managed policies that exempt roles have, beside the kit's own.

    Raises:
        ValueError: A list is empty, or the document would be larger than Organizations takes.

    Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html,
        https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html (tag keys of IAM have no case),
        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html (read
        2026-11-24).
    """

    administrators: tuple[str, ...]
    break_glass: tuple[str, ...]
    deployers: tuple[str, ...] = ()
    key_administrators: tuple[str, ...] = ()
    servants: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what Organizations would refuse, and what nobody could undo."""
        require(self, administrators=self.administrators, break_glass=self.break_glass)
        check_size(self)

    @property
    def policy_type(self) -> OrganizationPolicyType:
        """A service control policy."""
        return OrganizationPolicyType.SERVICE_CONTROL

    @property
    def document(self) -> Mapping[str, Any]:
        """The policy document, for `AWS::Organizations::Policy`."""
        exempt = [*self.administrators, *self.break_glass]
        return {
            "Version": "2012-10-17",
            "Statement": [
                deny("DenyUnlockingAndEndingKeys", LOCKS_AND_KEYS, unless=self.break_glass),
                deny("DenyOpeningStores", STORES, unless=exempt, resources=_STORES_OF_THE_KIT),
                deny(
                    "DenyRewritingKeyPolicies",
                    ("kms:PutKeyPolicy",),
                    unless=[*exempt, *self.key_administrators],
                ),
                deny(
                    "DenyGrantsOfOnesOwn",
                    ("kms:CreateGrant",),
                    unless=exempt,
                    # Services that work for a caller, such as DynamoDB, come with a true one.
                    conditions={"BoolIfExists": {"kms:GrantIsForAWSResource": "false"}},
                ),
                *self._becoming_exempt(exempt),
                _tags("DenyRetagging", _TAGGING, SECURITY_TAGS, exempt),
                # Tenant and user are session tags of every request; these two are never.
                _tags("DenySessionTags", ("sts:TagSession",), (SIDE_TAG, BESIDE_TAG), exempt),
            ],
        }

    def _becoming_exempt(self, exempt: list[str]) -> list[dict[str, Any]]:
        handing = [*exempt, *self.deployers]
        roles = [*handing, *self.key_administrators, *self.servants]
        return [
            deny("DenyBecomingExempt", TAKE_OVER, unless=exempt, resources=roles),
            deny("DenyPassingExempt", ("iam:PassRole",), unless=[*handing, *self.servants], resources=roles),
            deny(
                "DenyRewritingExempt",
                REWRITE,
                unless=exempt,
                resources=[_POLICIES, _FUNCTIONS, *self.policies],
            ),
            deny("DenyChangingStacks", STACK_CHANGES, unless=handing, resources=[_STACKS]),
        ]


def _tags(sid: str, actions: tuple[str, ...], keys: tuple[str, ...], exempt: list[str]) -> dict[str, Any]:
    """IAM knows a tag by its key in any case, so `Tenant` is `tenant`."""
    conditions = {"ForAnyValue:StringEqualsIgnoreCase": {"aws:TagKeys": list(keys)}}
    return deny(sid, actions, unless=exempt, conditions=conditions)
