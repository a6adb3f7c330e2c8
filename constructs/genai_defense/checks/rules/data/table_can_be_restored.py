"""A table can be had back as it was at any second."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.switches import switched
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, flag, items

_PATH = "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled"


@rule(
    id="OwaspLlm-TableCanBeRestored",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The table has no point-in-time recovery.",
    explanation="Poisoned or wiped conversations, quotas and memories stay as the attacker left them.",
    remedy="Set PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled to true.",
    source=Source(
        "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM04", "LLM10"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.DS", "RC.RP"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"),
)
def table_can_be_restored(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Each replica of a global table has a setting of its own; one is enough to restore from."""
    why = "nothing can be restored"
    if resource.type == "AWS::DynamoDB::Table":
        return switched(resource, _PATH, to=True, default=False, why=why)
    replicas = resource.get("Replicas")
    if isinstance(replicas, Opaque):
        return Unknown("Replicas", replicas.why)
    states = [flag(dig(each, _PATH), default=False) for each in items(replicas) if isinstance(each, dict)]
    if True in states:
        return Compliant("a replica can be restored")
    if opaque := next((state for state in states if isinstance(state, Opaque)), None):
        return Unknown("Replicas", opaque.why)
    return NonCompliant("Replicas", f"no replica has it on: {why}")
