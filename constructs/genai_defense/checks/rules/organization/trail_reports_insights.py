"""A stolen key shows itself by what it calls all at once."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items


@rule(
    id="OwaspLlm-TrailReportsInsights",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The trail does not report unusual rates of calls and of refused calls.",
    explanation="Somebody who tries out a stolen credential, or invokes models in bulk, drowns in the"
    " records.",
    remedy="Add insight selectors for ApiCallRateInsight and ApiErrorRateInsight.",
    source=Source(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-insights-events-with-cloudtrail.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034", "AML.T0040"),
        nist_csf=("DE.AE",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP04",),
    ),
    resource_types=("AWS::CloudTrail::Trail",),
)
def trail_reports_insights(trail: Resource, _graph: TemplateGraph) -> Answer:
    """A list that cannot be resolved may hold what is missing."""
    selectors = items(trail.get("InsightSelectors"))
    kinds = [entry if isinstance(entry, Opaque) else dig(entry, "InsightType") for entry in selectors]
    missing = [kind for kind in ("ApiCallRateInsight", "ApiErrorRateInsight") if kind not in kinds]
    if missing and (hidden := next((kind for kind in kinds if isinstance(kind, Opaque)), None)):
        return Unknown("InsightSelectors", hidden.why)
    if missing:
        return NonCompliant("InsightSelectors", f"{', '.join(missing)} is not selected")
    return Compliant("unusual rates of calls and of errors are reported")
