"""A way into AWS opens to the workloads that use it, not to every address with a route."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.doors import doors, standing_rules
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, references

_GROUPS = "SecurityGroupIds"


@rule(
    id="OwaspLlm-EndpointAdmitsNamedGroups",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="A security group of the interface endpoint lets every address in.",
    explanation="From any peered network, VPN or forgotten instance, what was stolen goes through the "
    "endpoint, past the firewall.",
    remedy="Give the endpoint a security group whose ingress rules name the groups of its callers.",
    source=Source(
        "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html", "2026-11-24"
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
def endpoint_admits_named_groups(resource: Resource, graph: TemplateGraph) -> Answer:
    """The default group of a network admits itself alone; groups from elsewhere are not judged."""
    kind, groups = resource.get("VpcEndpointType"), resource.get(_GROUPS)
    if isinstance(kind, Opaque):
        return Unknown("VpcEndpointType", kind.why)
    if kind != "Interface":
        return NotApplicable()
    if isinstance(groups, Unresolved):
        return Unknown(_GROUPS, groups.why)
    answers: list[Answer] = []
    for group in {each.resource for each in references(groups)}:
        for part in (group, *standing_rules(group, graph, "Ingress")):
            for door in doors(part, "Ingress"):
                if isinstance(door, Unresolved):
                    answers.append(Unknown(_GROUPS, f"{group.logical_id}: {door.why}"))
                else:
                    answers.append(NonCompliant(_GROUPS, f"{part.logical_id} lets every address in"))
    return worst(answers) if answers else Compliant("its groups name who comes in")
