"""Who was let in is asked again soon."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, whole

_TTL = "AuthorizerResultTtlInSeconds"
_DEFAULT = 300


@rule(
    id="OwaspLlm-AuthorizerForgetsSoon",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The authorizer of the API remembers its answer for more than five minutes.",
    explanation="A user who was blocked, or whose token was revoked, goes on chatting.",
    remedy="Set AuthorizerResultTtlInSeconds to 300 or below.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html",
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
    resource_types=(
        "AWS::ApiGateway::Authorizer",
        "AWS::ApiGatewayV2::Authorizer",
    ),
)
def authorizer_forgets_soon(authorizer: Resource, _graph: TemplateGraph) -> Answer:
    """Five minutes are the service's default."""
    seconds = whole(authorizer.get(_TTL), default=_DEFAULT)
    if isinstance(seconds, Opaque):
        return Unknown(_TTL, seconds.why)
    if seconds > _DEFAULT:
        return NonCompliant(_TTL, f"answers hold for {seconds} s")
    return Compliant(f"answers hold for {seconds} s at most")
