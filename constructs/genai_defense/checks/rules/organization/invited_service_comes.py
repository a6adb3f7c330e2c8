"""A service that may write somewhere does."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, worst
from genai_defense.checks.outputs import is_handed_out
from genai_defense.checks.policy import Statement, statements
from genai_defense.checks.reach import literally
from genai_defense.checks.resource_policies import RESOURCE_POLICIES, resource_statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Pseudo, Reference, Value, dig, items, references

_LOGS = "logs.amazonaws.com"
# A service, to the resources by which a deployment sends it.
_SENDERS = {
    "backup.amazonaws.com": ("AWS::Backup::BackupSelection", "AWS::Backup::RestoreTestingSelection"),
    "budgets.amazonaws.com": ("AWS::Budgets::",),
    "cloudtrail.amazonaws.com": ("AWS::CloudTrail::Trail",),
    "cloudwatch.amazonaws.com": ("AWS::CloudWatch::",),
    "config.amazonaws.com": ("AWS::Config::",),
    "delivery.logs.amazonaws.com": (
        "AWS::Bedrock::",
        "AWS::Cognito::LogDeliveryConfiguration",
        "AWS::EC2::FlowLog",
        "AWS::Logs::Deliver",
        "AWS::NetworkFirewall::LoggingConfiguration",
        "AWS::Route53Resolver::ResolverQueryLoggingConfig",
        "AWS::WAFv2::LoggingConfiguration",
    ),
    "events.amazonaws.com": ("AWS::Events::",),
    _LOGS: ("AWS::Logs::AccountPolicy", "AWS::Logs::Destination", "AWS::Logs::SubscriptionFilter"),
    "malware-protection-plan.guardduty.amazonaws.com": ("AWS::GuardDuty::MalwareProtectionPlan",),
    "scheduler.amazonaws.com": ("AWS::Scheduler::Schedule",),
    "secretsmanager.amazonaws.com": ("AWS::SecretsManager::",),
    "sns.amazonaws.com": ("AWS::SNS::",),
    "vpc-flow-logs.amazonaws.com": ("AWS::EC2::FlowLog",),
}
_STORES = {
    "AWS::S3::BucketPolicy": "Bucket",
    "AWS::SNS::TopicPolicy": "Topics",
    "AWS::SQS::QueuePolicy": "Queues",
}
_POLICIES = ("AWS::IAM::", "AWS::KMS::", *RESOURCE_POLICIES)
_PERMISSION, _ROLE = "AWS::Lambda::Permission", "AWS::IAM::Role"
_NAMES = ("aws:sourceaccount", "aws:sourcearn")
_WHOLE = ("AWS::CloudFormation::", "AWS::Serverless::", "Custom::")


@rule(
    id="OwaspLlm-InvitedServiceComes",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="A policy lets a service of this account in, and nothing in the templates sends that service.",
    explanation="The trail, the rule, the schedule or the subscription that the policy was written for is"
    " gone: what should be recorded or done is not.",
    remedy="Add what sends the service, or take the permission away.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-service-confused-deputy-prevention.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=(*_STORES, _PERMISSION, _ROLE),
)
def invited_service_comes(resource: Resource, graph: TemplateGraph) -> Answer:
    """Only invitations that name this account, and roles that one service alone assumes, are judged."""
    answers: list[Answer] = []
    for service, target, source in _invited(resource):
        senders = _SENDERS.get(service)
        if senders is None or target is None:
            continue
        users = [each for each in graph.referrers(target) if each.type.startswith((*senders, *_WHOLE))]
        if service == _LOGS and source is not None:
            users = [each for each in users if each in graph.referrers(source)]
        if users or _serves_otherwise(target, graph) or is_handed_out(target, graph):
            answers.append(Compliant(f"{service} is sent"))
        else:
            answers.append(NonCompliant("", f"{service} may use {target.logical_id}, and nothing sends it"))
    return worst(answers) if answers else NotApplicable()


def _serves_otherwise(target: Resource, graph: TemplateGraph) -> bool:
    """Whether it has another use: a role that code hands on, a queue into which functions put failures."""
    others = {user.type for user in graph.referrers(target)}
    if target.type == "AWS::SQS::Queue":
        return "AWS::Lambda::Function" in others
    return target.type == _ROLE and any(not other.startswith(_POLICIES) for other in others)


def _invited(resource: Resource) -> Iterator[tuple[str, Resource | None, Resource | None]]:
    """Each service that is let in, with what it is let into and from what it comes."""
    if resource.type == _ROLE:
        yield from ((each, resource, None) for each in _assumed_by(resource))
    elif resource.type == _PERMISSION:
        source = resource.get("SourceArn")
        if isinstance(source, Reference) or _is_of_this_account(resource.get("SourceAccount")):
            service = literally(resource.get("Principal"))
            yield service, _only(resource.get("FunctionName")), _only(source)
    else:
        for statement in resource_statements(resource):
            if statement.may_allow and _names_this_account(statement):
                for service in _services(statement):
                    yield service, _only(resource.get(_STORES[resource.type])), None


def _assumed_by(role: Resource) -> list[str]:
    """The one service that a role trusts; a role with a name of its own may be used from elsewhere."""
    if role.get("RoleName") is not None:
        return []
    trusted = [_services(each) for each in statements(role.get("AssumeRolePolicyDocument"), "")]
    return trusted[0] if len(trusted) == 1 and len(trusted[0]) == 1 else []


def _services(statement: Statement) -> list[str]:
    named = (
        items(dig(dig(statement.body, "Principal"), "Service")) if isinstance(statement.body, dict) else []
    )
    return [literally(each) for each in named]


def _only(value: Value) -> Resource | None:
    found = {each.resource for each in references(value)}
    return next(iter(found)) if len(found) == 1 else None


def _names_this_account(statement: Statement) -> bool:
    """Whether a test of its conditions says that this account, or something of it, sends the service."""
    return any(
        _is_of_this_account(value)
        for _, key, values in statement.tests()
        if key in _NAMES
        for value in values
    )


def _is_of_this_account(value: Value) -> bool:
    if isinstance(value, Pseudo):
        return value.name == "AWS::AccountId"
    if isinstance(value, Reference):
        return True
    parts = getattr(value, "parts", ())
    return any(_is_of_this_account(part) for part in parts if not isinstance(part, str))
