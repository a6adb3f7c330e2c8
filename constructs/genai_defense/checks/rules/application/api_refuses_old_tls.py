"""Nobody talks to the API over TLS 1.0 or 1.1."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, flag, items, shown

_SOUND = ("TLS_1_2", "SecurityPolicy_TLS12_", "SecurityPolicy_TLS13_")


@rule(
    id="OwaspLlm-ApiRefusesOldTls",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The API takes connections below TLS 1.2.",
    explanation="A REST API's own address takes TLS 1.0 unless told otherwise: prompts, answers and"
    " access tokens travel under ciphers that are broken.",
    remedy="Set SecurityPolicy to TLS_1_2 or to a policy of the SecurityPolicy_TLS13 family, the latter"
    " with EndpointAccessMode.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0049",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::ApiGateway::RestApi", "AWS::ApiGateway::DomainName"),
)
def api_refuses_old_tls(api: Resource, _graph: TemplateGraph) -> Answer:
    """Only Regional and edge APIs fall back to TLS 1.0; private ones and domain names to TLS 1.2."""
    closed = flag(api.get("DisableExecuteApiEndpoint"), default=False)
    if closed is True:
        return NotApplicable()
    policy = api.get("SecurityPolicy")
    if isinstance(policy, Opaque):
        return Unknown("SecurityPolicy", policy.why)
    if policy is None and (
        api.type == "AWS::ApiGateway::DomainName" or _private(api.get("EndpointConfiguration"))
    ):
        return Compliant("the default here is TLS 1.2")
    if isinstance(policy, str) and policy.startswith(_SOUND):
        return Compliant(f"SecurityPolicy is {policy}")
    return NonCompliant("SecurityPolicy", f"SecurityPolicy is {shown(policy)}: TLS 1.0 is taken")


def _private(configuration: Value) -> bool:
    return "PRIVATE" in items(dig(configuration, "Types"))
