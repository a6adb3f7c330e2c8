"""A check that AWS adds must not wait until somebody hears of it."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, flag


@rule(
    id="OwaspLlm-HubEnablesNewControls",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="Security Hub does not enable controls that AWS adds to the standards.",
    explanation="The account is checked against the standards of the day on which somebody last looked.",
    remedy="Leave AutoEnableControls at true.",
    source=Source(
        "https://docs.aws.amazon.com/securityhub/latest/userguide/controls-auto-enable.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM03",),
        owasp_agentic=("ASI04",),
        mitre_atlas=("AML.T0049",),
        nist_csf=("ID.RA", "DE.CM"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::SecurityHub::Hub",),
)
def hub_enables_new_controls(hub: Resource, _graph: TemplateGraph) -> Answer:
    """True is what AWS takes when nothing is said."""
    enabled = flag(hub.get("AutoEnableControls"), default=True)
    if isinstance(enabled, Opaque):
        return Unknown("AutoEnableControls", enabled.why)
    if not enabled:
        return NonCompliant("AutoEnableControls", "new controls stay off")
    return Compliant("new controls are enabled by themselves")
