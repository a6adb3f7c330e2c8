"""A leaked password or a strange sign-in is stopped, and not just noted."""

from genai_defense.checks.answer import Answer, Compliant, NotApplicable
from genai_defense.checks.expectations import one_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph

_ACTIONS = {
    "CompromisedCredentialsRiskConfiguration.Actions": ("BLOCK",),
    "AccountTakeoverRiskConfiguration.Actions.HighAction": ("BLOCK", "MFA_REQUIRED", "MFA_IF_CONFIGURED"),
}


@rule(
    id="OwaspLlm-UserPoolActsOnRisks",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The user pool lets in who signs in with a leaked password or at high risk.",
    explanation="Threat protection recognizes the stranger, writes him down, and opens the door.",
    remedy="Set EventAction of CompromisedCredentialsRiskConfiguration to BLOCK, and of HighAction to"
    " BLOCK or MFA_REQUIRED.",
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
def user_pool_acts_on_risks(risks: Resource, _graph: TemplateGraph) -> Answer:
    """What is left out of the configuration keeps the pool's own."""
    answer: Answer = NotApplicable()
    for path, stopping in _ACTIONS.items():
        if risks.get(path.partition(".")[0]) is None:
            continue
        answer = one_of(risks, f"{path}.EventAction", stopping, "the sign-in goes on")
        if not isinstance(answer, Compliant):
            return answer
    return answer
