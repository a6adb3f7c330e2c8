"""What guards nearly all endpoints of a deployment guards each of them."""

from genai_defense.checks.answer import Answer, worst
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


def _has_groups(endpoint: Resource, _graph: TemplateGraph) -> Held:
    if endpoint.get("VpcEndpointType") != "Interface":
        return None
    groups = endpoint.get("SecurityGroupIds")
    return groups if isinstance(groups, Opaque) else bool(groups)


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


_PRACTICES = (
    Practice(
        property="SecurityGroupIds",
        types=_ENDPOINT,
        held=_has_groups,
        otherwise="the network's default group guards it, in which everything stands that names no group",
        least=2,
    ),
    Practice(
        property="PolicyDocument",
        types=_ENDPOINT,
        held=_names_resources,
        otherwise="a statement of its policy reaches every resource of the service",
    ),
)


@rule(
    id="OwaspLlm-EndpointIsGuardedLikeItsSiblings",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The endpoint differs in a protection from all other endpoints of the deployment.",
    explanation="Whoever got into the network looks for the one way out that was forgotten.",
    remedy="Give the endpoint security groups, and a policy that names resources, as the others have.",
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
    """Only what nearly all have is asked for: a deployment without a practice is left alone."""
    return worst(as_siblings_do(endpoint, graph, practice) for practice in _PRACTICES)
