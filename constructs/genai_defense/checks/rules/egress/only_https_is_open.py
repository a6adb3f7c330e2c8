"""What the internet reaches speaks TLS."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.doors import doors
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved

_WEB = ((443, 443), (80, 80))


@rule(
    id="OwaspLlm-OnlyHttpsIsOpen",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The security group opens a port other than 443 to every address.",
    explanation="A service that nobody meant to publish takes prompts past the web ACL, the authorizer and"
    " TLS.",
    remedy="Open 443, and 80 for a redirect, and let everything else name its callers.",
    source=Source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-best-practices.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress"),
)
def only_https_is_open(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Ports for administrators and data stores are found by another rule, too."""
    for door in doors(resource, "Ingress"):
        if isinstance(door, Unresolved):
            return Unknown("SecurityGroupIngress", door.why)
        if door.protocol.startswith("icmp") or (door.first, door.last) in _WEB:
            continue
        return NonCompliant(
            door.path, f"every address reaches ports {door.first} to {door.last} ({door.protocol})"
        )
    return Compliant("every address reaches 443 at most")
