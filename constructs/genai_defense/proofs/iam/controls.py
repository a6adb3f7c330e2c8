"""Claims about the controls themselves: who could weaken one while the application runs."""

from collections.abc import Iterator
from typing import Final

from genai_defense.checks.bypasses import GUARDRAIL_CHANGES, LOGGING_CHANGES
from genai_defense.proofs.iam.account import Account
from genai_defense.proofs.iam.claims import Case, Claim, Goal, allowed_in_order, always, among
from genai_defense.proofs.iam.formula import NO, YES
from genai_defense.proofs.iam.named import is_named
from genai_defense.proofs.iam.principals import Principal

CONTROLS: Final = {
    "guardrail": GUARDRAIL_CHANGES,
    "invocation-log": LOGGING_CHANGES,
    "trail": (
        "cloudtrail:DeleteTrail",
        "cloudtrail:PutEventSelectors",
        "cloudtrail:StopLogging",
        "cloudtrail:UpdateTrail",
    ),
    "key": (
        "kms:DeleteImportedKeyMaterial",
        "kms:DisableKey",
        "kms:DisableKeyRotation",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
    ),
    "lock": (
        "s3:BypassGovernanceRetention",
        "s3:DeleteBucketPolicy",
        "s3:PutBucketObjectLockConfiguration",
        "s3:PutBucketPolicy",
        "s3:PutBucketPublicAccessBlock",
        "s3:PutBucketVersioning",
        "s3:PutObjectLegalHold",
    ),
    "policy-store": (
        "verifiedpermissions:CreatePolicy",
        "verifiedpermissions:DeletePolicy",
        "verifiedpermissions:DeletePolicyStore",
        "verifiedpermissions:PutSchema",
        "verifiedpermissions:UpdatePolicy",
        "verifiedpermissions:UpdatePolicyStore",
    ),
    "firewall": (
        "network-firewall:DeleteFirewallPolicy",
        "network-firewall:UpdateFirewallPolicy",
        "wafv2:DeleteLoggingConfiguration",
        "wafv2:DeleteWebACL",
        "wafv2:DisassociateWebACL",
        "wafv2:UpdateIPSet",
        "wafv2:UpdateWebACL",
    ),
    "endpoint": ("ec2:DeleteVpcEndpoints", "ec2:ModifyVpcEndpoint"),
    "detector": (
        "cloudwatch:DeleteAlarms",
        "cloudwatch:DisableAlarmActions",
        "config:StopConfigurationRecorder",
        "guardduty:DeleteDetector",
        "guardduty:UpdateDetector",
        "macie2:DisableMacie",
        "securityhub:DisableSecurityHub",
    ),
}
"""Control, to the actions that weaken it."""

# A response to attacks fills lists of addresses: that is in order on lists that its policy names one by one.
_RESPONSES: Final = frozenset({"wafv2:UpdateIPSet"})


def control_claims(account: Account) -> Iterator[Claim]:
    """One claim for each control."""
    for control, actions in CONTROLS.items():
        cases = tuple(
            Case(principal=who, action=action, goal=_goal(who, action))
            for who, action in among(account.principals, actions)
        )
        yield Claim(
            id=f"iam-nobody-weakens-the-{control}",
            sentence=f"Nobody in these templates may weaken the {control.replace('-', ' ')} at run time.",
            cases=cases,
            empty="There is no role or user in these templates.",
            exists=f"{len(account.principals)} principals were asked for {len(actions)} actions."
            if account.principals
            else "",
            notes=tuple(_exceptions(account, cases)),
        )


def _goal(principal: Principal, action: str) -> Goal:
    if principal.sets_up and action in LOGGING_CHANGES:
        return always(YES)
    if action in _RESPONSES:
        return lambda request, _without: is_named(request, principal.identity)
    return always(NO)


def _exceptions(account: Account, cases: tuple[Case, ...]) -> Iterator[str]:
    """What is allowed all the same, and why that is in order."""
    for case in cases:
        if case.principal.sets_up and case.action in LOGGING_CHANGES:
            why = "only its custom resource calls it, at deployments"
        elif case.action in _RESPONSES:
            why = "on nothing but what its policy names"
        else:
            continue
        if call := allowed_in_order(case, account):
            yield f"In order: {call}; {why}."
