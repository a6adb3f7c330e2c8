"""Rows that say when they end do end."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, flag

_NAME, _ON = "TimeToLiveSpecification.AttributeName", "TimeToLiveSpecification.Enabled"


@rule(
    id="OwaspLlm-TableExpiryIsOn",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The table names the attribute by which rows expire, and the expiry is off.",
    explanation="What was promised to be forgotten, conversations and quotas of users, stays for ever.",
    remedy="Set TimeToLiveSpecification.Enabled to true.",
    source=Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM04"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"),
)
def table_expiry_is_on(table: Resource, _graph: TemplateGraph) -> Answer:
    """A table without such an attribute keeps its rows by choice."""
    if table.get("TimeToLiveSpecification") is None or table.get(_NAME) in (None, ""):
        return NotApplicable()
    on = flag(table.get(_ON), default=True)
    if isinstance(on, Opaque):
        return Unknown(_ON, on.why)
    return Compliant("rows expire") if on else NonCompliant(_ON, "no row expires, whatever it says")
