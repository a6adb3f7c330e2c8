"""The service control policy under which nobody ends what records, detects, filters, locks and encrypts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from genai_defense.organization.policy_document import OrganizationPolicyType, check_size, require

# Whoever may do this ends a record, a detector, or the DNS firewall's staying closed. Deployments do not.
ENDINGS: Final = (
    "access-analyzer:DeleteAnalyzer",
    "cloudtrail:DeleteTrail",
    "cloudtrail:StopLogging",
    "config:DeleteConfigurationRecorder",
    "config:DeleteDeliveryChannel",
    "config:StopConfigurationRecorder",
    "guardduty:DeleteDetector",
    "guardduty:DeleteMalwareProtectionPlan",
    "guardduty:Disassociate*",
    "macie2:DisableMacie",
    "macie2:Disassociate*",
    "organizations:LeaveOrganization",
    # Lets questions through while the DNS firewall fails; CloudFormation has no resource for it.
    "route53resolver:UpdateFirewallConfig",
    "securityhub:Disable*",
    "securityhub:Disassociate*",
)
# Whoever may do this decides what is recorded and detected. Deployments do.
CHANGES: Final = (
    "access-analyzer:*ArchiveRule",
    "cloudtrail:PutEventSelectors",
    "cloudtrail:PutInsightSelectors",
    "cloudtrail:UpdateTrail",
    "config:DeleteConfigRule",
    "config:DeleteConformancePack",
    "config:PutConfigurationRecorder",
    "guardduty:CreateFilter",
    "guardduty:UpdateDetector",
    "guardduty:UpdateFilter",
    "guardduty:UpdateMalwareProtectionPlan",
    "logs:DeleteLogGroup",
    "logs:DeleteLogStream",
    "logs:DeleteRetentionPolicy",
    "logs:DisassociateKmsKey",
    "logs:PutRetentionPolicy",
    "macie2:UpdateMacieSession",
    "securityhub:BatchDisableStandards",
    "securityhub:UpdateStandardsControl",
)
# Whoever may do this opens a way out, or takes the log off it. Deployments do.
# Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsnetworkfirewall.html and
# list_amazonroute53resolver.html (read 2026-11-24); the tests ask botocore for the names.
WAY_OUT: Final = (
    "network-firewall:AssociateFirewallPolicy",
    "network-firewall:Delete*",
    "network-firewall:Disassociate*",
    "network-firewall:Update*",
    "route53resolver:CreateFirewallRule",
    "route53resolver:DeleteFirewall*",
    "route53resolver:DeleteResolverQueryLogConfig",
    "route53resolver:DisassociateFirewallRuleGroup",
    "route53resolver:DisassociateResolverQueryLogConfig",
    "route53resolver:ImportFirewallDomains",
    "route53resolver:UpdateFirewallDomains",
    "route53resolver:UpdateFirewallRule*",
)
# Whoever may do this takes a lock off, or makes what is encrypted unreadable.
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
# Whoever may do this to an exempt role becomes exempt.
_TAKE_OVER = (
    "iam:AttachRolePolicy",
    "iam:CreateRole",
    "iam:DeleteRolePermissionsBoundary",
    "iam:PutRolePolicy",
    "iam:UpdateAssumeRolePolicy",
)


@dataclass(frozen=True, kw_only=True)
class ProtectionControlPolicy:
    """What no account below may turn off.

    Organizations exempts service-linked roles and the management account from every such policy.

    Attributes:
        administrators: ARN patterns of the principals that change what is recorded and detected, and what the
            firewalls of the way out let through, such as the deployment role; they cannot end a record.
        break_glass: ARN patterns of the roles that may also end it, unlock, and end keys: held by few people,
            used in an emergency, watched.

    Raises:
        ValueError: A list is empty, or the document would be larger than Organizations takes.

    Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html
        (read 2026-11-24).
    """

    administrators: tuple[str, ...]
    break_glass: tuple[str, ...]

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
                _deny("DenyEndingRecords", ENDINGS, unless=self.break_glass),
                _deny("DenyChangingRecords", CHANGES, unless=exempt),
                _deny("DenyOpeningTheWayOut", WAY_OUT, unless=exempt),
                _deny("DenyUnlockingAndEndingKeys", LOCKS_AND_KEYS, unless=self.break_glass),
                _deny("DenyBecomingExempt", _TAKE_OVER, unless=exempt, resources=exempt),
            ],
        }


def _deny(
    sid: str,
    actions: tuple[str, ...],
    *,
    unless: list[str] | tuple[str, ...],
    resources: list[str] | None = None,
) -> dict[str, Any]:
    return {
        "Sid": sid,
        "Effect": "Deny",
        "Action": list(actions),
        "Resource": resources or "*",
        "Condition": {"ArnNotLike": {"aws:PrincipalArn": list(unless)}},
    }
