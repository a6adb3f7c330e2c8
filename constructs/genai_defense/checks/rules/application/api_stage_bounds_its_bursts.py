"""An API lets no burst through that is out of proportion to its rate."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items, whole

_SETTINGS, _BURST = "MethodSettings", "ThrottlingBurstLimit"
_SECONDS = 2


@rule(
    id="OwaspLlm-ApiStageBoundsItsBursts",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="A burst of the API stage is larger than what two seconds at the highest sound rate bring.",
    explanation="All requests of the burst reach the model at once: the account's quota is gone, and "
    "so is the money, before the rate counts.",
    remedy="Set ThrottlingBurstLimit to twice the bound `api_rate` or below.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM10"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0049",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::ApiGateway::Stage",),
)
def api_stage_bounds_its_bursts(stage: Resource, graph: TemplateGraph) -> Answer:
    """A stage without a limit has a rule of its own."""
    most = graph.bounds.api_rate * _SECONDS
    answers: list[Answer] = []
    for index, entry in enumerate(items(stage.get(_SETTINGS))):
        path = f"{_SETTINGS}.{index}.{_BURST}"
        given = entry if isinstance(entry, Opaque) else dig(entry, _BURST)
        burst = whole(given, default=0)
        if isinstance(burst, Opaque):
            if str(given) != "-1":
                answers.append(Unknown(path, burst.why))
        elif burst > most:
            answers.append(NonCompliant(path, f"{burst} requests pass at once; at most {most}"))
        elif given is not None:
            answers.append(Compliant(f"at most {burst} requests pass at once"))
    return worst(answers) if answers else NotApplicable()
