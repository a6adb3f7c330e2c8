"""Where endpoints reach named resources, each of them does."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.endpoint_policies import allows, service_of
from genai_defense.checks.policy import Statement
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Held, Practice, as_siblings_do
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_ENDPOINT = ("AWS::EC2::VPCEndpoint",)
# Services whose usual calls name no resource, or none that a template knows.
_NAMELESS = ("api", "dkr", "ec2", "ec2messages", "logs", "monitoring", "ssmmessages", "xray")
_OURS = ("aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceOrgPaths")


def _names_resources(endpoint: Resource, _graph: TemplateGraph) -> Held:
    listed = list(allows(endpoint))
    if not listed or service_of(endpoint) in _NAMELESS:
        return None
    hidden = next((each.body for each in listed if isinstance(each.body, Opaque)), None)
    return hidden or all(map(_is_narrow, listed))


def _is_narrow(statement: Statement) -> bool:
    if any(statement.demanded(key) for key in _OURS):
        return True
    named = items(dig(statement.body, "Resource"))
    return bool(named) and not any(literally(each) == "*" for each in named)


_NAMED = Practice(
    property="PolicyDocument",
    types=_ENDPOINT,
    held=_names_resources,
    otherwise="a statement of its policy reaches every resource of the service",
)


@rule(
    id="OwaspLlm-EndpointIsGuardedLikeItsSiblings",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The endpoint reaches every resource of its service, though all others reach named ones.",
    explanation="Whoever got into the network looks for the one way out that was forgotten.",
    remedy="Name resources in the policy, as those of the other endpoints do.",
    source=Source(
        "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=_ENDPOINT,
)
def endpoint_is_guarded_like_its_siblings(endpoint: Resource, graph: TemplateGraph) -> Answer:
    """A deployment without the practice is left alone."""
    return as_siblings_do(endpoint, graph, _NAMED)
