"""No token in an address bar, no password in somebody's own form."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, first_unresolved, items

_FORBIDDEN = {
    "AllowedOAuthFlows": {"implicit"},
    "ExplicitAuthFlows": {
        "ADMIN_NO_SRP_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_USER_PASSWORD_AUTH",
        "USER_PASSWORD_AUTH",
    },
}


@rule(
    id="OwaspLlm-UserPoolClientUsesCodeFlowOnly",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The app client hands out tokens in a redirect, or takes passwords from the app.",
    explanation="Tokens in an address stay in histories and logs, and an app that handles passwords can be"
    " imitated; both end with a stranger in the user's conversations.",
    remedy="Allow the authorization code flow only: no implicit in AllowedOAuthFlows, no password flow in"
    " ExplicitAuthFlows.",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints-oauth-grants.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0012", "AML.T0055"),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::Cognito::UserPoolClient",),
)
def user_pool_client_uses_code_flow_only(client: Resource, _graph: TemplateGraph) -> Answer:
    """Left out, ExplicitAuthFlows allows no plain password, and AllowedOAuthFlows nothing."""
    for name, forbidden in _FORBIDDEN.items():
        flows: Value = client.get(name)
        if isinstance(flows, Opaque):
            return Unknown(name, flows.why)
        if found := sorted(str(flow) for flow in items(flows) if isinstance(flow, str) and flow in forbidden):
            return NonCompliant(name, f"{name} allows {', '.join(found)}")
        if unresolved := first_unresolved(flows):
            return Unknown(name, unresolved.why)
    return Compliant("neither the implicit flow nor a password flow is allowed")
