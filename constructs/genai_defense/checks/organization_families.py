"""What an organization that runs generative AI forbids in its accounts: ways to undo what protects them."""

from collections.abc import Iterator, Mapping
from typing import Final

from genai_defense.checks.answer import Answer, Unknown
from genai_defense.checks.bypasses import API_KEY_ACTIONS, GUARDRAIL_CHANGES, LOGGING_CHANGES, WAYS_AROUND
from genai_defense.checks.denials import ORGANIZATION, denials, denies, excepts
from genai_defense.checks.denied_families import FAMILIES, actions_of
from genai_defense.checks.organization_policies import SERVICE_CONTROL, policy_content, policy_type
from genai_defense.checks.policy import Statement
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_A_SET = 3
_REGION = "aws:requestedregion"

OF_MODELS: Final[Mapping[str, tuple[str, ...]]] = {
    "go round the guardrail": WAYS_AROUND,
    "make a Bedrock API key": API_KEY_ACTIONS,
    "change a guardrail": GUARDRAIL_CHANGES,
    "end the log of invocations": LOGGING_CHANGES,
    "make inference profiles of one's own": ("bedrock:CreateInferenceProfile",),
}
"""What is reached, to the actions that reach it: ways to a model without its controls."""

OF_CONTROLS: Final[Mapping[str, tuple[str, ...]]] = {
    "leave the organization": ("organizations:LeaveOrganization",),
    "end a trail": actions_of(
        "cloudtrail", "DeleteTrail PutEventSelectors PutInsightSelectors StopLogging UpdateTrail"
    ),
    "end the record of configurations": actions_of(
        "config",
        "DeleteConfigRule DeleteConfigurationRecorder DeleteConformancePack DeleteDeliveryChannel"
        " PutConfigurationRecorder StopConfigurationRecorder",
    ),
    "blind GuardDuty": actions_of(
        "guardduty",
        "DeleteDetector DeleteMalwareProtectionPlan DeleteMembers DeletePublishingDestination"
        " DeleteThreatEntitySet DeleteThreatIntelSet DisassociateMembers StopMonitoringMembers"
        " UpdateDetector UpdateMalwareProtectionPlan",
    ),
    "hush GuardDuty": actions_of(
        "guardduty", "ArchiveFindings CreateFilter CreateIPSet CreateTrustedEntitySet"
    ),
    "end Security Hub": actions_of(
        "securityhub",
        "BatchDisableStandards DisableSecurityHub DisassociateFromAdministratorAccount"
        " UpdateStandardsControl",
    ),
    "blind Macie": FAMILIES["blind Macie"],
    "blind IAM Access Analyzer": actions_of(
        "access-analyzer", "CreateArchiveRule DeleteAnalyzer UpdateArchiveRule"
    ),
    "shorten or delete logs": actions_of(
        "logs", "DeleteLogGroup DeleteLogStream DeleteRetentionPolicy DisassociateKmsKey PutRetentionPolicy"
    ),
    "silence events": FAMILIES["silence events"],
    "end a key or give it away": actions_of(
        "kms",
        "CreateGrant DeleteImportedKeyMaterial DisableKey DisableKeyRotation PutKeyPolicy"
        " ScheduleKeyDeletion",
    ),
    "open or unlock a bucket": FAMILIES["open or unlock a bucket"],
    "let a bucket's objects go": FAMILIES["let a bucket's objects go"],
    "lose a table": FAMILIES["lose a table"],
    "lose copies": FAMILIES["lose copies"],
    "take a web ACL away": actions_of(
        "wafv2",
        "AssociateWebACL DeleteLoggingConfiguration DeleteWebACL DisassociateWebACL PutLoggingConfiguration",
    ),
    "take the web ACL off a distribution": FAMILIES["take the web ACL off a distribution"],
    "loosen a web ACL": actions_of("wafv2", "UpdateIPSet UpdateRegexPatternSet UpdateRuleGroup UpdateWebACL"),
    "open the firewall": FAMILIES["open the firewall"],
    "open the DNS firewall": FAMILIES["open the DNS firewall"],
    "end the log of names": FAMILIES["end the log of names"],
    "raise one's own rights": (
        *FAMILIES["raise the rights of a role"],
        *FAMILIES["change what a policy says"],
        "iam:PassRole",
    ),
    "change who somebody is": (*FAMILIES["change who somebody is"], "sts:TagSession"),
    "change what a function runs": FAMILIES["change what a function runs"],
    "change stacks": FAMILIES["change stacks"],
}
"""What is reached, to the actions that reach it: ends of what records, locks, filters and limits.

Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html and
the lists of actions below https://docs.aws.amazon.com/service-authorization/latest/reference/ (read
2026-11-24).
"""


def whole_organization(policy: Resource, graph: TemplateGraph) -> bool:
    """Whether a policy is the first of a set with which the templates govern an organization's models.

    One policy alone is not judged for what others may say.
    """
    listed = list(graph.of_type(ORGANIZATION))
    return (
        len(listed) >= _A_SET and listed[0] is policy and any(map(_is_about_models, service_denials(graph)))
    )


def service_denials(graph: TemplateGraph) -> Iterator[Statement]:
    """The Deny statements of all service control policies; those about other Regions bind only there."""
    for policy in graph.of_type(ORGANIZATION):
        if policy_type(policy) == SERVICE_CONTROL:
            yield from denials(policy)


def open_ways(graph: TemplateGraph, families: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Each end, to those of its actions that no service control policy denies."""
    bound = [each for each in service_denials(graph) if not any(key == _REGION for key, _ in excepts(each))]
    return {
        end: [action for action in actions if not any(denies(each, action) for each in bound)]
        for end, actions in families.items()
    }


def unread(graph: TemplateGraph) -> Answer | None:
    """Unknown for the first policy that the templates do not spell out; None where they spell out all."""
    for policy in graph.of_type(ORGANIZATION):
        content = policy_content(policy)
        if isinstance(content, Opaque):
            return Unknown("Content", f"of {policy.logical_id}: {content.why}")
    return None


def _is_about_models(statement: Statement) -> bool:
    return any(
        denies(statement, action) for action in ("bedrock:InvokeModel", *GUARDRAIL_CHANGES, *WAYS_AROUND)
    )
