"""A private API is for one's own networks, not for every network that has an endpoint."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.policy import Statement, statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_FROM = (
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:sourceaccount",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:vpcsourceip",
)


@rule(
    id="OwaspLlm-PrivateApiNamesItsEndpoints",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The private API takes calls from every network of every account.",
    explanation="A private API is reached through any endpoint for execute-api, also one in a stranger's"
    " network: only its policy says whose.",
    remedy="Demand aws:SourceVpce or aws:SourceVpc in the Allow, or deny all others.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-create.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0040", "AML.T0034"),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::ApiGateway::RestApi",),
)
def private_api_names_its_endpoints(api: Resource, _graph: TemplateGraph) -> Answer:
    """A statement for named principals says who calls; without a policy nobody may."""
    if "PRIVATE" not in items(api.get("EndpointConfiguration.Types")) or api.get("Policy") is None:
        return NotApplicable()
    listed = list(statements(api.get("Policy"), "Policy"))
    for each in listed:
        if isinstance(each.body, Opaque):
            return Unknown(each.path, each.body.why)
    if any(not each.may_allow and _says_whence(each) for each in listed):
        return Compliant("it refuses what comes by other endpoints")
    for each in listed:
        if each.may_allow and _is_for_everybody(each) and not _says_whence(each):
            return NonCompliant(
                f"{each.path}.Condition", "it says of no endpoint or network that it is meant"
            )
    return Compliant("it names its endpoints or callers")


def _says_whence(statement: Statement) -> bool:
    return any(key in _FROM for _, key, _ in statement.tests())


def _is_for_everybody(statement: Statement) -> bool:
    principal = dig(statement.body, "Principal")
    return "*" in (items(dig(principal, "AWS")) if isinstance(principal, dict) else items(principal))
