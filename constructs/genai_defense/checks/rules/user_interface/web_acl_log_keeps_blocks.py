"""What a web ACL refused stands in its log."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_FILTER = "LoggingFilter"


@rule(
    id="OwaspLlm-WebAclLogKeepsBlocks",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="The web ACL's log leaves out what was blocked.",
    explanation="An attack that goes on for days leaves no trace, and nobody can say who tried what.",
    remedy="Let LoggingFilter keep requests whose action is BLOCK.",
    source=Source(
        "https://docs.aws.amazon.com/waf/latest/developerguide/logging-management.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM10"),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::WAFv2::LoggingConfiguration",),
)
def web_acl_log_keeps_blocks(logging: Resource, _graph: TemplateGraph) -> Answer:
    """The first filter that names blocked requests decides; then the default does."""
    given = logging.get(_FILTER)
    if isinstance(given, Opaque):
        return Unknown(_FILTER, given.why)
    if given is None:
        return Compliant("everything is logged")
    behaviors = [dig(given, "DefaultBehavior")]
    for each in items(dig(given, "Filters")):
        if isinstance(each, Opaque):
            return Unknown(f"{_FILTER}.Filters", each.why)
        named = [dig(condition, "ActionCondition.Action") for condition in items(dig(each, "Conditions"))]
        if named == ["BLOCK"] or ("BLOCK" in named and dig(each, "Requirement") == "MEETS_ANY"):
            behaviors.insert(-1, dig(each, "Behavior"))
    if behaviors[0] == "DROP":
        return NonCompliant(_FILTER, "what was blocked is dropped from the log")
    return Compliant("what was blocked is logged")
