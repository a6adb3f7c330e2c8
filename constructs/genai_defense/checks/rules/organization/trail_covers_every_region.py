"""An attacker works in the Region where nobody looks."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, flag


@rule(
    id="OwaspLlm-TrailCoversEveryRegion",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The trail records one Region, or leaves out the global services.",
    explanation="Calls to models in another Region, and changes of roles and users, leave no record.",
    remedy="Set IsMultiRegionTrail and IncludeGlobalServiceEvents to true.",
    source=Source(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-multi-region-trails.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0040",),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP04",),
    ),
    resource_types=("AWS::CloudTrail::Trail",),
)
def trail_covers_every_region(trail: Resource, _graph: TemplateGraph) -> Answer:
    """A trail of all Regions has global events, unless they are left out."""
    for name, default in (("IsMultiRegionTrail", False), ("IncludeGlobalServiceEvents", True)):
        value = flag(trail.get(name), default=default)
        if isinstance(value, Opaque):
            return Unknown(name, value.why)
        if not value:
            return NonCompliant(name, f"{name} is not true")
    return Compliant("all Regions and the global services are recorded")
