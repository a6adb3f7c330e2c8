"""The service control policy under which nobody ends what records and detects, or opens a way in or out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from genai_defense.organization.policy_document import OrganizationPolicyType, check_size, deny, require

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
    "guardduty:DeleteMembers",
    "guardduty:DeletePublishingDestination",
    "guardduty:Disassociate*",
    "guardduty:StopMonitoringMembers",
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
    "guardduty:ArchiveFindings",
    # Findings that a filter archives, or that come from an address on a list of trusted ones, call nobody.
    "guardduty:CreateFilter",
    "guardduty:CreateIPSet",
    "guardduty:CreateTrustedEntitySet",
    "guardduty:DeleteThreat*",
    "guardduty:Update*",
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
# Whoever may do this takes the web ACL off an entry, or its rules or its log off the web ACL. Deployments do.
WAY_IN: Final = (
    "cloudfront:DisassociateDistributionWebACL",
    "cloudfront:UpdateDistribution*",
    "wafv2:AssociateWebACL",
    "wafv2:Delete*",
    "wafv2:DisassociateWebACL",
    "wafv2:PutLoggingConfiguration",
    "wafv2:UpdateRegexPatternSet",
    "wafv2:UpdateRuleGroup",
    "wafv2:UpdateWebACL",
)
# Whoever may do this lets a blocked address in again. Deployments and the responder do.
ADDRESSES: Final = ("wafv2:UpdateIPSet",)
# Whoever may do this to the kit's buses and rules keeps events from who answers them. Deployments do.
EVENTS: Final = (
    "events:DeleteEventBus",
    "events:DeleteRule",
    "events:DisableRule",
    "events:PutRule",
    "events:PutTargets",
    "events:RemoveTargets",
    "events:UpdateEventBus",
)
# As CloudFormation and the CDK name them; the id of each stack of the kit begins so.
_BUSES_AND_RULES = ("arn:*:events:*:*:event-bus/GenAiDefense*", "arn:*:events:*:*:rule/*GenAiDefense-*")


@dataclass(frozen=True, kw_only=True)
class ProtectionControlPolicy:
    """What no account below may turn off; `LockControlPolicy` keeps locks, keys and exempt roles.

    Organizations exempts service-linked roles and the management account from every such policy.

    Attributes:
        administrators: ARN patterns of the principals that change what is recorded and detected, and what the
            firewalls let through, such as the deployment role; they cannot end a record.
        break_glass: ARN patterns of the roles that may also end it: held by few people, used in an emergency,
            watched.
        responders: ARN patterns of the roles that block addresses and let them go. Default: none.

    Raises:
        ValueError: A list is empty, or the document would be larger than Organizations takes.

    Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html
        (read 2026-11-24).
    """

    administrators: tuple[str, ...]
    break_glass: tuple[str, ...]
    responders: tuple[str, ...] = ()

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
                deny("DenyEndingRecords", ENDINGS, unless=self.break_glass),
                deny("DenyChangingRecords", CHANGES, unless=exempt),
                deny("DenySilencingEvents", EVENTS, unless=exempt, resources=_BUSES_AND_RULES),
                deny("DenyOpeningTheWayIn", WAY_IN, unless=exempt),
                deny("DenyLettingAddressesGo", ADDRESSES, unless=[*exempt, *self.responders]),
                deny("DenyOpeningTheWayOut", WAY_OUT, unless=exempt),
            ],
        }
