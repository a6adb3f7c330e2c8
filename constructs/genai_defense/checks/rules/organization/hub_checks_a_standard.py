"""Security Hub measures the account by something."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, flag

_DEFAULTS = "EnableDefaultStandards"


@rule(
    id="OwaspLlm-HubChecksAStandard",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="Security Hub is on, and checks no standard.",
    explanation="No open port, key or bucket of the chatbot is ever reported: the hub only passes on what"
    " others find.",
    remedy="Enable a standard by AWS::SecurityHub::Standard, or leave EnableDefaultStandards on.",
    source=Source(
        "https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM10"),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0034", "AML.T0040"),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::SecurityHub::Hub",),
)
def hub_checks_a_standard(hub: Resource, graph: TemplateGraph) -> Answer:
    """AWS enables its default standards unless it is told not to."""
    defaults = flag(hub.get(_DEFAULTS), default=True)
    if defaults is True:
        return Compliant("the default standards are enabled")
    if standard := next(graph.of_type("AWS::SecurityHub::Standard"), None):
        return Compliant(f"{standard.logical_id} is enabled")
    if isinstance(defaults, Opaque):
        return Unknown(_DEFAULTS, defaults.why)
    return NonCompliant(_DEFAULTS, "the default standards are off, and no other one is enabled")
