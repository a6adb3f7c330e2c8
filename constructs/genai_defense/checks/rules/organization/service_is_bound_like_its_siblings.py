"""Where services of AWS act for this account only, each of them does."""

from collections.abc import Iterator

from genai_defense.checks.allowing import trusting
from genai_defense.checks.answer import Answer
from genai_defense.checks.policy import Statement
from genai_defense.checks.reach import literally
from genai_defense.checks.resource_policies import RESOURCE_POLICIES, resource_statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Held, Practice, as_siblings_do
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_BINDING = ("aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths", "sts:ExternalId")
# Services that say for whose resource they take a role; others send neither key.
_SAYING = (
    "bedrock",
    "bedrock-agentcore",
    "codebuild",
    "comprehend",
    "config",
    "datasync",
    "ecs-tasks",
    "events",
    "firehose",
    "glue",
    "kendra",
    "malware-protection-plan.guardduty",
    "pipes",
    "sagemaker",
    "scheduler",
    "states",
    "transcribe",
    "vpc-flow-logs",
)


def _services(statement: Statement) -> Iterator[str]:
    principal = None if isinstance(statement.body, Opaque) else dig(statement.body, "Principal")
    for each in items(principal.get("Service")) if isinstance(principal, dict) else ():
        yield literally(each).partition(".amazonaws.")[0]


def _all_bound(listed: list[Statement]) -> Held:
    if not listed:
        return None
    hidden = (dig(each.body, "Condition") for each in listed)
    unknown = next((each for each in hidden if isinstance(each, Opaque)), None)
    return unknown or all(any(map(each.demanded, _BINDING)) for each in listed)


def _takes_for_us(role: Resource, _graph: TemplateGraph) -> Held:
    return _all_bound([each for each in trusting(role) if set(_services(each)) & set(_SAYING)])


def _comes_for_us(policy: Resource, _graph: TemplateGraph) -> Held:
    return _all_bound(
        [each for each in resource_statements(policy) if each.may_allow and any(_services(each))]
    )


_ROLES = Practice(
    property="AssumeRolePolicyDocument",
    types=("AWS::IAM::Role",),
    held=_takes_for_us,
    otherwise="a service takes the role on behalf of any account's resource",
)
_STORES = Practice(
    property="PolicyDocument",
    types=tuple(kind for kind, path in RESOURCE_POLICIES.items() if path == "PolicyDocument"),
    held=_comes_for_us,
    otherwise="a service comes on behalf of any account's resource",
)


@rule(
    id="OwaspLlm-ServiceIsBoundLikeItsSiblings",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="A service of AWS acts for anybody here, though it is bound to this account everywhere else.",
    explanation="A stranger names the role or store in a resource of his own, and the service acts for him.",
    remedy="Demand aws:SourceAccount or aws:SourceArn, as the other policies do.",
    source=Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=(*_ROLES.types, *_STORES.types),
)
def service_is_bound_like_its_siblings(resource: Resource, graph: TemplateGraph) -> Answer:
    """A deployment without the practice is left alone."""
    practice = _ROLES if resource.type in _ROLES.types else _STORES
    return as_siblings_do(resource, graph, practice)
