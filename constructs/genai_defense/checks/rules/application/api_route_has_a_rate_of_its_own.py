"""Where the routes of an API have rates of their own, no route is without."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rest_paths import path_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Value, dig, items

_SETTINGS, _RATE = "MethodSettings", "ThrottlingRateLimit"
_LEAST, _RARE = 3, 20
_METHOD = "AWS::ApiGateway::Method"


@rule(
    id="OwaspLlm-ApiRouteHasARateOfItsOwn",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="A method of the API has no rate of its own, though nearly all others have.",
    explanation="It takes what the stage takes for everything: the way to the model, or the one that deletes"
    " a conversation, is as wide as the widest.",
    remedy="Add the method to MethodSettings with its rate and burst, as the other methods have.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034"),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::ApiGateway::Stage",),
)
def api_route_has_a_rate_of_its_own(stage: Resource, graph: TemplateGraph) -> Answer:
    """One method in twenty, and always one, may be without before nobody speaks of a practice."""
    settings = stage.get(_SETTINGS)
    if isinstance(settings, Opaque):
        return Unknown(_SETTINGS, settings.why)
    rated = {_named(entry) for entry in items(settings) if _has_rate(entry)}
    methods = dict.fromkeys((*(_named(entry) for entry in items(settings)), *_methods(stage, graph)))
    bare = [name for name in methods if name and name not in rated]
    known = [name for name in methods if name]
    if len(known) - len(bare) < _LEAST or len(bare) > max(1, len(known) // _RARE):
        return NotApplicable()
    if bare:
        return NonCompliant(_SETTINGS, f"{' '.join(bare[0])} has no rate of its own")
    return Compliant(f"{len(known)} methods have a rate of their own")


def _named(entry: Value) -> tuple[str, str] | None:
    """Verb and path of an entry of the settings; None for what holds for all."""
    verb, path = dig(entry, "HttpMethod"), dig(entry, "ResourcePath")
    if not isinstance(verb, str) or not isinstance(path, str) or path == "/*":
        return None
    return verb, "/" + path.removeprefix("/").replace("~1", "/").strip("/")


def _has_rate(entry: Value) -> bool:
    return dig(entry, _RATE) is not None


def _methods(stage: Resource, graph: TemplateGraph) -> list[tuple[str, str] | None]:
    """Verb and path of each method of the stage's API that is no preflight."""
    api = stage.get("RestApiId")
    if not isinstance(api, Reference):
        return []
    found: list[tuple[str, str] | None] = []
    for method in graph.of_type(_METHOD):
        verb, path = method.get("HttpMethod"), path_of(method)
        if method.get("RestApiId") == api and isinstance(verb, str) and verb != "OPTIONS" and path:
            found.append((verb, path))
    return found
