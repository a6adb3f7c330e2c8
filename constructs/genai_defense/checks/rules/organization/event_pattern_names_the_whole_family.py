"""Who waits for nearly all events of one meaning waits for all of them."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Value, dig, items
from genai_defense.checks.watched_families import FAMILIES, SEVERITIES

_SIGN_IN = "aws.cognito-idp"
_FORMS = ("AWS API Call via CloudTrail", "AWS Service Event via CloudTrail")


@rule(
    id="OwaspLlm-EventPatternNamesTheWholeFamily",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The rule waits for all events of one meaning but one, or for bad findings and not for worse ones.",
    explanation="An attacker takes the way that nobody waits for: the key is lost, the trail is off,"
    " passwords are tried, and nothing follows.",
    remedy="Add the missing name to the pattern.",
    source=Source(
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::Events::Rule",),
)
def event_pattern_names_the_whole_family(resource: Resource, _graph: TemplateGraph) -> Answer:
    """A pattern that names few of a family is about those few, and is not judged."""
    pattern = resource.get("EventPattern")
    sources = items(dig(pattern, "source")) if isinstance(pattern, dict) else []
    answer: Answer = NotApplicable()
    for meaning, family in FAMILIES.items():
        named = _texts(pattern, family.path) if family.source in sources else set[str]()
        missing = sorted(set(family.names) - named)
        if len(missing) == 1:
            return NonCompliant(f"EventPattern.{family.path}", f"{meaning} is also {missing[0]}")
        if not missing:
            answer = Compliant(f"it names all that is {meaning}")
    for source, (path, degrees) in SEVERITIES.items():
        named = {each.upper() for each in _texts(pattern, path)} if source in sources else set[str]()
        known = [degree in named for degree in degrees]
        if True in known and False in known[known.index(True) :]:
            return NonCompliant(f"EventPattern.{path}", "it leaves out what is worse than what it names")
    return _of_sign_ins(pattern, answer) if _SIGN_IN in sources else answer


def _of_sign_ins(pattern: Value, otherwise: Answer) -> Answer:
    """Sign-ins by the API and on Cognito's own pages come in two forms of event."""
    forms = _texts(pattern, "detail-type").intersection(_FORMS)
    if _texts(pattern, "detail.errorCode") and len(forms) == 1:
        return NonCompliant(
            "EventPattern.detail-type", f"sign-ins come in both forms: {' and '.join(_FORMS)}"
        )
    return otherwise


def _texts(pattern: Value, path: str) -> set[str]:
    return {each for each in items(dig(pattern, path)) if isinstance(each, str)}
