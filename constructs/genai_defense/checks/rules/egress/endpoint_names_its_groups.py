"""Who may open a connection to an endpoint is said by a group that is made for it."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved

_GROUPS = "SecurityGroupIds"


@rule(
    id="OwaspLlm-EndpointNamesItsGroups",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The interface endpoint stands in the default security group of its network.",
    explanation="In that group is everything that names no group, and its rules are what somebody once needed"
    " for something else: they decide who reaches the service past the firewall.",
    remedy="Set SecurityGroupIds to a group whose ingress rules name the groups of the endpoint's callers.",
    source=Source(
        "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::EC2::VPCEndpoint",),
)
def endpoint_names_its_groups(endpoint: Resource, _graph: TemplateGraph) -> Answer:
    """Gateways have no groups."""
    kind, groups = endpoint.get("VpcEndpointType"), endpoint.get(_GROUPS)
    if isinstance(kind, Unresolved):
        return Unknown("VpcEndpointType", kind.why)
    if kind != "Interface":
        return NotApplicable()
    if isinstance(groups, Opaque):
        return Unknown(_GROUPS, groups.why) if isinstance(groups, Unresolved) else Compliant("it has groups")
    return Compliant("it names its groups") if groups else NonCompliant(_GROUPS, "no group is named")
