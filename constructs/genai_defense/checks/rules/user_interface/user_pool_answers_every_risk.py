"""A sign-in at risk meets an answer, however likely the risk is."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_TAKEOVER = "AccountTakeoverRiskConfiguration"
_PARTS = (_TAKEOVER, "CompromisedCredentialsRiskConfiguration")
_LOWER = ("MediumAction", "LowAction")


@rule(
    id="OwaspLlm-UserPoolAnswersEveryRisk",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="The user pool answers some risks of a sign-in, and lets in at others.",
    explanation="A stranger with a stolen password is rarely a high risk at first sight: he signs in at"
    " medium or low risk, without a second factor.",
    remedy="Configure both compromised credentials and account takeover, with MFA_IF_CONFIGURED or more"
    " for LowAction and MediumAction.",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-adaptive-authentication.html",
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
    resource_types=("AWS::Cognito::UserPoolRiskConfigurationAttachment",),
)
def user_pool_answers_every_risk(risks: Resource, _graph: TemplateGraph) -> Answer:
    """What is done at high risk, and with a known password, has a rule of its own."""
    for part in _PARTS:
        value = risks.get(part)
        if isinstance(value, Opaque):
            return Unknown(part, value.why)
        if value is None:
            return NonCompliant(part, f"{part} is not set: nothing is done about it")
    for level in _LOWER:
        path = f"{_TAKEOVER}.Actions.{level}.EventAction"
        action = risks.get(path)
        if isinstance(action, Opaque):
            return Unknown(path, action.why)
        if action in (None, "NO_ACTION"):
            return NonCompliant(path, f"{level} is none: the sign-in goes on")
    return Compliant("every risk is answered")
