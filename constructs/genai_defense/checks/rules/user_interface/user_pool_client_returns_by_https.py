"""A sign-in comes back to the application encrypted."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Text, items

_PATHS = ("CallbackURLs", "LogoutURLs", "DefaultRedirectURI")
_CLEAR = re.compile(r"http://(?!(localhost|127\.0\.0\.1|\[::1\])([:/]|$))", re.IGNORECASE)


@rule(
    id="OwaspLlm-UserPoolClientReturnsByHttps",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The app client sends codes or tokens to an address in the clear.",
    explanation="Whoever listens on the way, or answers in the name of the host, takes the code and signs in"
    " as the user.",
    remedy="Use https addresses in CallbackURLs, LogoutURLs and DefaultRedirectURI; http is for"
    " localhost only.",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-app-integration.html",
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
def user_pool_client_returns_by_https(client: Resource, _graph: TemplateGraph) -> Answer:
    """An address of an application's own scheme stays on the device."""
    found = [(path, url) for path in _PATHS for url in items(client.get(path))]
    for path, url in found:
        start = url.parts[0] if isinstance(url, Text) else url
        if isinstance(start, str) and _CLEAR.match(start):
            return NonCompliant(path, f"{path} has the address {start} in the clear")
    return Compliant("a sign-in returns encrypted") if found else NotApplicable()
