"""Attacks on models, functions and documents look like ordinary calls, but for a detector."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, flag, items

_FEATURES = ("AI_PROTECTION", "LAMBDA_NETWORK_LOGS", "S3_DATA_EVENTS")


@rule(
    id="OwaspLlm-DetectorWatchesAiWorkloads",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="GuardDuty is off, or does not look at models, functions or objects.",
    explanation="Prompt injection through stolen credentials, cost harvesting, functions that call"
    " strangers, and copied documents are not detected.",
    remedy="Enable the detector with the features AI_PROTECTION, LAMBDA_NETWORK_LOGS and S3_DATA_EVENTS.",
    source=Source("https://docs.aws.amazon.com/guardduty/latest/ug/ai-protection.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM02", "LLM10"),
        owasp_agentic=("ASI01", "ASI10"),
        mitre_atlas=("AML.T0051", "AML.T0034"),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::GuardDuty::Detector",),
)
def detector_watches_ai_workloads(detector: Resource, _graph: TemplateGraph) -> Answer:
    """A feature that is not named has the state that AWS chose when the detector was made."""
    enabled = flag(detector.get("Enable"), default=False)
    if isinstance(enabled, Opaque):
        return Unknown("Enable", enabled.why)
    if not enabled:
        return NonCompliant("Enable", "the detector is off")
    features = items(detector.get("Features"))
    states = [
        entry if isinstance(entry, Opaque) else (dig(entry, "Name"), dig(entry, "Status"))
        for entry in features
    ]
    missing = [name for name in _FEATURES if (name, "ENABLED") not in states]
    hidden = [entry for entry in features if _hidden(entry)]
    if missing and hidden:
        return Unknown("Features", f"a feature that cannot be resolved may be {', '.join(missing)}")
    if missing:
        return NonCompliant("Features", f"{', '.join(missing)} is not enabled")
    return Compliant("the detector looks at models, functions and objects")


def _hidden(entry: Value) -> Opaque | None:
    """The entry, or its name or status, when a deployment alone knows it."""
    parts = [entry] if isinstance(entry, Opaque) else [dig(entry, "Name"), dig(entry, "Status")]
    return next((part for part in parts if isinstance(part, Opaque)), None)
