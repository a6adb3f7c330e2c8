"""Whoever asks in an account below: what records, detects and filters stays, and AWS knows each name."""

from fnmatch import fnmatchcase

import botocore.session
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genai_defense.organization import ProtectionControlPolicy
from genai_defense.organization.protection_policy import ADDRESSES, CHANGES, ENDINGS, EVENTS, WAY_IN, WAY_OUT
from tests.organization.policy_evaluator import Request, denied_by

DEPLOYS = "arn:aws:iam::111122223333:role/cdk-hnb659fds-cfn-exec-role-111122223333-us-east-1"
EMERGENCY = "arn:aws:iam::111122223333:role/BreakGlass"
RESPONDER = "arn:aws:iam::111122223333:role/GenAiDefense-Respond-FunctionsResponderRole1A2B"
KEEPER = "arn:aws:iam::111122223333:role/GenAiDefense-Model-InvocationLogFunctionRole1A2B"
OTHERS = [
    KEEPER,
    "arn:aws:iam::111122223333:role/GenAiDefense-Model-Caller1A2B",
    "arn:aws:iam::111122223333:role/BreakGlass2",
    "arn:aws:iam::111122223333:role/x-cdk-1-cfn-exec-role-1",
    "arn:aws:iam::111122223333:user/BreakGlass",
    "arn:aws:iam::111122223333:root",
]
PROTECTION = ProtectionControlPolicy(
    administrators=("arn:*:iam::*:role/cdk-*-cfn-exec-role-*",),
    break_glass=("arn:aws:iam::*:role/BreakGlass",),
    responders=("arn:*:iam::*:role/GenAiDefense-Respond-Functions*",),
).document
PRINCIPALS = [DEPLOYS, EMERGENCY, RESPONDER, *OTHERS]
principals = st.sampled_from(PRINCIPALS)

# Written down from what an intruder would do, not from the policy: what it forgets is found here.
ENDS = [
    "access-analyzer:DeleteAnalyzer", "cloudtrail:DeleteTrail", "cloudtrail:StopLogging",
    "config:DeleteConfigurationRecorder", "config:DeleteDeliveryChannel", "config:StopConfigurationRecorder",
    "guardduty:DeleteDetector", "guardduty:DeleteMalwareProtectionPlan", "guardduty:DeleteMembers",
    "guardduty:DeletePublishingDestination", "guardduty:DisassociateFromAdministratorAccount",
    "guardduty:DisassociateMembers", "guardduty:StopMonitoringMembers", "macie2:DisableMacie",
    "organizations:LeaveOrganization", "route53resolver:UpdateFirewallConfig",
    "securityhub:DisableSecurityHub", "securityhub:DisassociateFromAdministratorAccount",
]  # fmt: skip
BLINDS = [
    "access-analyzer:CreateArchiveRule", "cloudtrail:PutEventSelectors", "cloudtrail:PutInsightSelectors",
    "cloudtrail:UpdateTrail", "config:DeleteConfigRule", "config:PutConfigurationRecorder",
    "guardduty:ArchiveFindings", "guardduty:CreateFilter", "guardduty:CreateIPSet",
    "guardduty:CreateTrustedEntitySet", "guardduty:DeleteThreatEntitySet",
    "guardduty:DeleteThreatIntelSet", "guardduty:UpdateDetector", "guardduty:UpdateFilter",
    "guardduty:UpdateIPSet", "guardduty:UpdateMalwareProtectionPlan",
    "guardduty:UpdateMalwareScanSettings", "guardduty:UpdateMemberDetectors",
    "guardduty:UpdateOrganizationConfiguration", "guardduty:UpdatePublishingDestination",
    "guardduty:UpdateTrustedEntitySet", "logs:DeleteLogGroup", "logs:DeleteLogStream",
    "logs:DeleteRetentionPolicy", "logs:DisassociateKmsKey", "logs:PutRetentionPolicy",
    "macie2:UpdateMacieSession", "securityhub:BatchDisableStandards",
    "securityhub:UpdateStandardsControl",
]  # fmt: skip
LETS_IN = [
    "cloudfront:DisassociateDistributionWebACL", "cloudfront:UpdateDistribution", "wafv2:AssociateWebACL",
    "wafv2:DeleteIPSet", "wafv2:DeleteLoggingConfiguration", "wafv2:DeleteWebACL",
    "wafv2:DisassociateWebACL", "wafv2:PutLoggingConfiguration", "wafv2:UpdateRuleGroup",
    "wafv2:UpdateWebACL",
]  # fmt: skip
SILENCES = [
    "events:DeleteEventBus", "events:DeleteRule", "events:DisableRule", "events:PutRule",
    "events:PutTargets", "events:RemoveTargets", "events:UpdateEventBus",
]  # fmt: skip
OF_THE_KIT = [
    "arn:aws:events:us-east-1:111122223333:rule/GenAiDefense-Data-KeyWatchRule0F1EA080-1A2B",
    "arn:aws:events:us-east-1:111122223333:rule/GenAiDefenseApplicationSecurityEventsBus3D/GenAiDefense-R1A2B",
    "arn:aws:events:us-east-1:111122223333:event-bus/GenAiDefenseApplicationSecurityEventsBus3D664EAE",
]


def _sids(action: str, principal: str, resource: str = "arn:aws:x:::y") -> list[str]:
    request = Request(action=action, resource=resource, context={"aws:PrincipalArn": principal})
    return denied_by(PROTECTION, request)


def _who_may(action: str, resource: str = "arn:aws:x:::y") -> set[str]:
    return {principal for principal in PRINCIPALS if not _sids(action, principal, resource)}


@pytest.mark.parametrize("action", ENDS)
def test_only_break_glass_ends_what_records_and_detects(action: str) -> None:
    assert _who_may(action) == {EMERGENCY}


@pytest.mark.parametrize("action", [*BLINDS, *LETS_IN])
def test_only_the_deployment_and_break_glass_blind_detectors_or_open_the_way_in(action: str) -> None:
    """Not the keeper of the log, which changes where invocations are logged and no more."""
    assert _who_may(action) == {DEPLOYS, EMERGENCY}


@pytest.mark.parametrize("action", SILENCES)
def test_only_the_deployment_and_break_glass_silence_events_of_the_kit(action: str) -> None:
    """GuardDuty's malware scan keeps a rule of its own, through a role of the account."""
    assert [_who_may(action, resource) for resource in OF_THE_KIT] == [{DEPLOYS, EMERGENCY}] * 3
    scan = "arn:aws:events:us-east-1:111122223333:rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3x"
    assert _who_may(action, scan) == set(PRINCIPALS)


def test_the_responder_lets_addresses_go_and_changes_nothing_else_of_a_web_acl() -> None:
    assert _who_may("wafv2:UpdateIPSet") == {DEPLOYS, EMERGENCY, RESPONDER}


def _operations(service: str) -> list[str]:
    return [
        f"{service}:{name}"
        for name in botocore.session.get_session().get_service_model(service).operation_names
    ]


# What takes a firewall, its rules, its log or its protection away, as AWS's own service models name it.
OPENINGS = [
    *(f"network-firewall:{name}" for name in (
        "AssociateFirewallPolicy", "DeleteFirewall", "DeleteFirewallPolicy", "DeleteRuleGroup",
        "DisassociateSubnets", "DisassociateAvailabilityZones", "UpdateFirewallDeleteProtection",
        "UpdateFirewallPolicy", "UpdateFirewallPolicyChangeProtection", "UpdateLoggingConfiguration",
        "UpdateRuleGroup", "UpdateSubnetChangeProtection",
    )),
    *(f"route53resolver:{name}" for name in (
        "CreateFirewallRule", "DeleteFirewallDomainList", "DeleteFirewallRule", "DeleteFirewallRuleGroup",
        "DeleteResolverQueryLogConfig", "DisassociateFirewallRuleGroup", "DisassociateResolverQueryLogConfig",
        "ImportFirewallDomains", "UpdateFirewallDomains", "UpdateFirewallRule",
        "UpdateFirewallRuleGroupAssociation",
    )),
]  # fmt: skip
RESOLVER, FIREWALL = _operations("route53resolver"), _operations("network-firewall")
READS = [name for name in RESOLVER + FIREWALL if name.split(":")[1].startswith(("Get", "List", "Describe"))]


@given(action=st.sampled_from(OPENINGS), principal=principals)
def test_only_the_deployment_and_break_glass_open_the_way_out(action: str, principal: str) -> None:
    request = Request(action=action, context={"aws:PrincipalArn": principal})
    expected = [] if principal in {DEPLOYS, EMERGENCY} else ["DenyOpeningTheWayOut"]
    assert denied_by(PROTECTION, request) == expected


def test_a_deployment_does_not_let_the_dns_firewall_fail_open() -> None:
    action = "route53resolver:UpdateFirewallConfig"
    assert action in RESOLVER
    assert denied_by(PROTECTION, Request(action=action, context={"aws:PrincipalArn": DEPLOYS})) != []
    assert denied_by(PROTECTION, Request(action=action, context={"aws:PrincipalArn": EMERGENCY})) == []


@given(action=st.sampled_from(READS), principal=principals)
def test_everybody_may_look_at_the_way_out(action: str, principal: str) -> None:
    assert denied_by(PROTECTION, Request(action=action, context={"aws:PrincipalArn": principal})) == []


# IAM's prefix is not always the name of the service model.
MODELS = {"access-analyzer": "accessanalyzer"}


@pytest.mark.parametrize("actions", [ENDINGS, CHANGES, EVENTS, WAY_IN, ADDRESSES, WAY_OUT])
def test_every_name_is_an_operation_of_aws(actions: tuple[str, ...]) -> None:
    """A misspelled action would deny nothing, and Organizations would take it."""
    services = {action.partition(":")[0] for action in actions}
    known = [
        f"{service}:{name.partition(':')[2]}"
        for service in services
        for name in _operations(MODELS.get(service, service))
    ]
    assert [entry for entry in actions if not any(fnmatchcase(name, entry) for name in known)] == []
    assert set(OPENINGS) <= {*RESOLVER, *FIREWALL}


@pytest.mark.parametrize("action", ["guardduty:GetFindings", "wafv2:GetWebACL", "cloudtrail:LookupEvents"])
def test_everybody_may_look(action: str) -> None:
    assert _sids(action, OTHERS[1]) == []
