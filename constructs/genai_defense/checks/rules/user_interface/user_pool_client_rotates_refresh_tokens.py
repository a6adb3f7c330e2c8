"""A refresh token that was used is used up."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, items

_FLOWS, _ROTATION = "ExplicitAuthFlows", "RefreshTokenRotation.Feature"
# The names without ALLOW_ are older, and refresh tokens with them.
_REFRESHING = {"ALLOW_REFRESH_TOKEN_AUTH", "ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH"}


@rule(
    id="OwaspLlm-UserPoolClientRotatesRefreshTokens",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="The app client gave up the flow that refreshes tokens, and does not rotate them instead.",
    explanation="A refresh token that was stolen is good until it ends, beside the one of the user, and"
    " nobody sees it.",
    remedy="Set RefreshTokenRotation with Feature ENABLED.",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM10"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0012",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::Cognito::UserPoolClient",),
)
def user_pool_client_rotates_refresh_tokens(client: Resource, _graph: TemplateGraph) -> Answer:
    """A client that refreshes by the older flow cannot rotate; one that signs nobody in has no such token."""
    rotation = client.get(_ROTATION)
    if isinstance(rotation, Opaque):
        return Unknown(_ROTATION, rotation.why)
    if rotation == "ENABLED":
        return Compliant("refresh tokens are rotated")
    flows = items(client.get(_FLOWS))
    known = all(isinstance(flow, str) for flow in flows)
    if rotation is None and (not flows or not known or _REFRESHING & {str(flow) for flow in flows}):
        return NotApplicable()
    if "code" not in items(client.get("AllowedOAuthFlows")):
        return NotApplicable()
    return NonCompliant(_ROTATION, "refresh tokens are not rotated")
