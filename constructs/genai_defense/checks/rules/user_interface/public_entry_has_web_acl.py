"""No load balancer, GraphQL API or service on the internet without a web ACL."""

from genai_defense.checks.answer import Answer, NotApplicable
from genai_defense.checks.load_balancers import is_public
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Value, references
from genai_defense.checks.web_acls import before

_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
# Property that says whether an entry is private, and the values that say so.
_PRIVATE: dict[str, tuple[str, tuple[Value, ...]]] = {
    _BALANCER: ("Scheme", ("internal",)),
    "AWS::AppRunner::Service": (
        "NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible",
        (False, "false"),
    ),
    "AWS::AppSync::GraphQLApi": ("Visibility", ("PRIVATE",)),
}


@rule(
    id="OwaspLlm-PublicEntryHasWebAcl",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The public entry is reachable without passing a web ACL.",
    explanation="Floods, oversized bodies and known exploits reach the application directly; every"
    " request that gets through costs tokens.",
    remedy="Associate a regional web ACL with it (AWS::WAFv2::WebACLAssociation), or let only"
    " CloudFront's prefix list in.",
    source=Source(
        "https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034", "AML.T0049"),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=(
        "AWS::AppRunner::Service",
        "AWS::AppSync::GraphQLApi",
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
    ),
)
def public_entry_has_web_acl(entry: Resource, graph: TemplateGraph) -> Answer:
    """Network and gateway balancers know no HTTP; what is private has no public entry."""
    if entry.get(_PRIVATE[entry.type][0]) in _PRIVATE[entry.type][1]:
        return NotApplicable()
    if entry.type == _BALANCER and (entry.get("Type") in {"network", "gateway"} or not is_public(entry)):
        return NotApplicable()

    def names(arn: Value) -> bool:
        return any(reference.resource is entry for reference in references(arn))

    return before(graph, property_="", names=names)
