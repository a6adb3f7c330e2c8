"""Resources that protect others, taken away whole."""

import re
from collections.abc import Iterator
from typing import Any

from genai_defense.mutation.edit import REMOVED, Edit, Path
from genai_defense.mutation.factories import CONVENTIONAL, GENAI
from genai_defense.mutation.operator import MutantClass, Operator, Site, Weakening
from genai_defense.mutation.places import is_set
from genai_defense.mutation.policies import statements
from genai_defense.mutation.shapes import is_array, is_object

_ABOUT_MODELS = (
    "AWS::Bedrock::EnforcedGuardrailConfiguration",
    "AWS::Budgets::Budget",
    "AWS::CE::AnomalyMonitor",
    "AWS::CE::AnomalySubscription",
    "AWS::OpenSearchServerless::SecurityPolicy",
    "Custom::ModelInvocationLogging",
)
_OTHERS = (
    "AWS::AccessAnalyzer::Analyzer",
    "AWS::ApiGateway::GatewayResponse",
    "AWS::ApiGateway::UsagePlan",
    "AWS::ApplicationAutoScaling::ScalingPolicy",
    "AWS::Backup::BackupSelection",
    "AWS::Backup::RestoreTestingPlan",
    "AWS::Backup::RestoreTestingSelection",
    "AWS::CloudTrail::Trail",
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::CompositeAlarm",
    "AWS::Cognito::LogDeliveryConfiguration",
    "AWS::Cognito::UserPoolRiskConfigurationAttachment",
    "AWS::Config::ConfigRule",
    "AWS::Config::ConfigurationRecorder",
    "AWS::Config::ConformancePack",
    "AWS::Config::DeliveryChannel",
    "AWS::EC2::FlowLog",
    "AWS::EC2::NetworkAclEntry",
    "AWS::EC2::VPCBlockPublicAccessOptions",
    "AWS::Events::Rule",
    "AWS::GuardDuty::Detector",
    "AWS::GuardDuty::MalwareProtectionPlan",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Logs::AccountPolicy",
    "AWS::Logs::MetricFilter",
    "AWS::Logs::SubscriptionFilter",
    "AWS::Macie::Session",
    "AWS::NetworkFirewall::LoggingConfiguration",
    "AWS::Organizations::Policy",
    "AWS::Route53Resolver::FirewallConfig",
    "AWS::Route53Resolver::FirewallRuleGroupAssociation",
    "AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation",
    "AWS::SNS::Subscription",
    "AWS::Scheduler::Schedule",
    "AWS::SecretsManager::RotationSchedule",
    "AWS::SecurityHub::Hub",
    "AWS::SecurityHub::Standard",
    "AWS::WAFv2::LoggingConfiguration",
    "AWS::WAFv2::WebACLAssociation",
)


_POLICIES = (
    "AWS::S3::BucketPolicy",
    "AWS::S3Vectors::VectorBucketPolicy",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
    "AWS::SecretsManager::ResourcePolicy",
)
"""These protect by what they deny; one that only allows is better gone."""


_OF_SERVERS = re.compile(r"5XX|INTEGRATION|CONFIGURATION|AUTHORIZER_FAILURE")


def _names(node: Any, logical_id: str) -> bool:
    """Whether a value refers to a resource of its template."""
    if is_object(node):
        if node.get("Ref") == logical_id:
            return True
        attribute = node.get("Fn::GetAtt")
        if (
            attribute is not None
            and str(attribute[0] if is_array(attribute) and attribute else attribute).split(".")[0]
            == logical_id
        ):
            return True
        if "Fn::Sub" in node and re.search(rf"\$\{{{logical_id}[.}}]", str(node["Fn::Sub"])):
            return True
        return any(_names(inner, logical_id) for inner in node.values())
    return is_array(node) and any(_names(inner, logical_id) for inner in node)


def _waiting(site: Site) -> Iterator[tuple[Path, Any]]:
    """The `DependsOn` of others without it."""
    for name, resource in site.templates[site.template]["Resources"].items():
        waits = resource.get("DependsOn") if is_object(resource) else None
        if waits == site.logical_id:
            yield ("Resources", name, "DependsOn"), REMOVED
        elif is_array(waits) and site.logical_id in waits:
            left = [one for one in waits if one != site.logical_id]
            yield ("Resources", name, "DependsOn"), left or REMOVED


def _is_used(site: Site) -> bool:
    body = site.templates[site.template]
    others = (
        r.get("Properties") for n, r in body["Resources"].items() if is_object(r) and n != site.logical_id
    )
    return any(_names(part, site.logical_id) for part in (*others, body.get("Outputs")))


def _protects(site: Site) -> bool:
    """Whether anything is weaker without it.

    A rule that is off does nothing; a configuration of retries without a destination keeps nothing; an API's
    answer to one error is covered by its answer to all errors of that class, if that has the same headers.
    """
    if site.get("State") == "DISABLED":
        return False
    if site.type == "AWS::Lambda::EventInvokeConfig":
        return is_set(site.get("DestinationConfig"))
    if site.type != "AWS::ApiGateway::GatewayResponse":
        return True
    kind = str(site.get("ResponseType"))
    others = (
        resource.get("Properties")
        for name, resource in site.templates[site.template]["Resources"].items()
        if name != site.logical_id and is_object(resource) and resource.get("Type") == site.type
    )
    wider = f"DEFAULT_{'5' if _OF_SERVERS.search(kind) else '4'}XX"
    return not any(
        is_object(other)
        and other.get("ResponseType") == wider
        and all(other.get(key) == site.get(key) for key in ("RestApiId", "ResponseParameters"))
        for other in others
    )


def _gone(operator_id: str, mutant_class: MutantClass, types: tuple[str, ...]) -> Operator:
    """One mutant a resource that no property and no output refers to; `DependsOn` is cleaned up."""

    def weaken(site: Site) -> Iterator[Weakening]:
        denies = any(statement.denies for statement in statements(site))
        if not _is_used(site) and _protects(site) and (denies or site.type not in _POLICIES):
            waits = (Edit(template=site.template, path=path, value=value) for path, value in _waiting(site))
            here = Edit(template=site.template, path=("Resources", site.logical_id))
            yield Weakening(f"{site.type.rpartition('::')[2]} {site.logical_id} is gone.", (*waits, here))

    return Operator(id=operator_id, mutant_class=mutant_class, resource_types=types, weaken=weaken)


MODEL_PROTECTION = _gone("model-protection-removed", GENAI, _ABOUT_MODELS)
PROTECTION = _gone("protection-removed", CONVENTIONAL, (*_OTHERS, *_POLICIES))
