"""A stolen password is noticed when it is used."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown

_PATH = "UserPoolAddOns.AdvancedSecurityMode"


@rule(
    id="OwaspLlm-UserPoolEnforcesThreatProtection",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The user pool does not act on compromised passwords and risky sign-ins.",
    explanation="Credentials from other sites' leaks are tried until one opens, and a sign-in from a"
    " strange place and device passes like any other.",
    remedy="Set UserPoolAddOns.AdvancedSecurityMode to ENFORCED (full function, in the PLUS tier).",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM10"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0012",),
        nist_csf=("PR.AA", "DE.CM"),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::Cognito::UserPool",),
)
def user_pool_enforces_threat_protection(user_pool: Resource, _graph: TemplateGraph) -> Answer:
    """AUDIT only writes down what ENFORCED acts on."""
    mode = user_pool.get(_PATH)
    if isinstance(mode, Opaque):
        return Unknown(_PATH, mode.why)
    if mode == "ENFORCED":
        return Compliant("threat protection is ENFORCED")
    return NonCompliant(_PATH, f"AdvancedSecurityMode is {shown(mode)}; only ENFORCED acts")
