"""No Bedrock API keys: they are long-lived, leave the VPC, and carry no guardrail."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.bypasses import API_KEY_SERVICE, API_KEY_SERVICE_KEY
from genai_defense.checks.policy import IDENTITY_TYPES, Statement, identity_statements, matches
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import first_unresolved

_CREATE, _USE = "iam:CreateServiceSpecificCredential", "bedrock:CallWithBearerToken"


@rule(
    id="OwaspLlm-NobodyCreatesBedrockApiKeys",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The policy allows to create or to use a Bedrock API key.",
    explanation="A key is a password that calls models from anywhere, without signature, endpoint or"
    " session; whoever finds one spends the account's money with its rights.",
    remedy="Remove iam:CreateServiceSpecificCredential (or demand another service by its condition key) and"
    " bedrock:CallWithBearerToken.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-permissions.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10", "LLM02"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0012", "AML.T0055"),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=IDENTITY_TYPES,
)
def nobody_creates_bedrock_api_keys(resource: Resource, _graph: TemplateGraph) -> Answer:
    """The worst statement counts."""
    return worst(_judge(statement) for statement in identity_statements(resource))


def _judge(statement: Statement) -> Answer:
    if not statement.may_allow:
        return NotApplicable()
    found: Answer = NotApplicable()
    for action in (_CREATE, _USE):
        if not statement.may_cover(action):
            continue
        if unresolved := first_unresolved(statement.body):
            return Unknown(statement.path, unresolved.why)
        services = statement.demanded(API_KEY_SERVICE_KEY) if action == _CREATE else []
        if not services or any(matches(service, API_KEY_SERVICE) for service in services):
            return NonCompliant(f"{statement.path}.Action", f"it allows {action}")
        found = Compliant(f"{statement.path} makes credentials of other services only")
    return found
