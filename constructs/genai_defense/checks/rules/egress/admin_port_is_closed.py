"""Nobody on the internet reaches a port for administrators or a data store."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.doors import doors
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved

# SSH, telnet, RDP, VNC, Docker, Kubernetes, file shares, databases, caches, search, Jupyter.
_ADMIN = (20, 21, 22, 23, 135, 139, 445, 2049, 2375, 2376, 3389, 5900, 6443, 8888, 10250)
_DATA = (1433, 1521, 3306, 5432, 5439, 5601, 6379, 8182, 9042, 9200, 9300, 11211, 27017)


@rule(
    id="OwaspLlm-AdminPortIsClosed",
    boundary=Boundary.EGRESS,
    level=Level.ERROR,
    info="The security group opens a port for administrators or a data store, or all ports, to every"
    " address.",
    explanation="Machines that guess passwords find the port within minutes; behind it are the vectors,"
    " caches and models.",
    remedy="Name the security group or network of the callers; use Session Manager in place of SSH.",
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
def admin_port_is_closed(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Other ports have a rule of their own."""
    answers: list[Answer] = []
    for door in doors(resource, "Ingress"):
        if isinstance(door, Unresolved):
            answers.append(Unknown("SecurityGroupIngress", door.why))
        elif door.is_every_port or any(map(door.has, (*_ADMIN, *_DATA))):
            ports = f"ports {door.first} to {door.last}"
            answers.append(NonCompliant(door.path, f"every address reaches {ports} ({door.protocol})"))
    return worst(answers) if answers else Compliant("no such port is open to every address")
