"""A stolen token is worth little for long."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.bounds import Bounds
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown, whole

_MINUTES = {"seconds": 1 / 60, "minutes": 1, "hours": 60, "days": 1440}
# Property to what Cognito takes when it is not set, and its unit.
_TOKENS = {
    "AccessToken": (1, "hours"),
    "IdToken": (1, "hours"),
    "RefreshToken": (30, "days"),
}


@rule(
    id="OwaspLlm-UserPoolClientBoundsTokenLifetimes",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="Tokens of the app client live long.",
    explanation="An access token cannot be called back, so a stolen one works until it ends; with a"
    " refresh token the stranger stays for as long as that lives.",
    remedy="Set AccessTokenValidity and IdTokenValidity to an hour at most, RefreshTokenValidity to a day"
    " at most (bounds `access_token_minutes`, `refresh_token_minutes`).",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html",
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
def user_pool_client_bounds_token_lifetimes(client: Resource, graph: TemplateGraph) -> Answer:
    """Refresh tokens live 30 days unless told otherwise; a client without users has none."""
    machine = client.get("AllowedOAuthFlows") == ["client_credentials"]
    for name, (number, unit) in _TOKENS.items():
        if machine and name == "RefreshToken":
            continue
        where = f"{name}Validity"
        validity = whole(client.get(where), default=number)
        units = client.get(f"TokenValidityUnits.{name}") or unit
        for path, value in ((where, validity), (f"TokenValidityUnits.{name}", units)):
            if isinstance(value, Opaque):
                return Unknown(path, value.why)
        if not isinstance(units, str) or units not in _MINUTES or isinstance(validity, Opaque):
            return Unknown(f"TokenValidityUnits.{name}", f"the unit is {shown(units)}")
        # Zero means Cognito's own value.
        longest = _longest(name, graph.bounds)
        minutes = (validity or number) * _MINUTES[units if validity else unit]
        if minutes > longest:
            return NonCompliant(where, f"a {name} lives {minutes:g} minutes; at most {longest}")
    return Compliant("no token lives longer than its bound")


def _longest(name: str, bounds: Bounds) -> int:
    return bounds.refresh_token_minutes if name == "RefreshToken" else bounds.access_token_minutes
