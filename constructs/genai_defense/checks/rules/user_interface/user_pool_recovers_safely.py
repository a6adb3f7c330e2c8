"""Whoever takes a phone number or changes an address does not take the account."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_RECOVERY = "AccountRecoverySetting.RecoveryMechanisms"
_UPDATES = "UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate"


@rule(
    id="OwaspLlm-UserPoolRecoversSafely",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="An account of the user pool is recovered by a text message only, or a new address signs in"
    " before it is verified.",
    explanation="A stranger takes over the number, or writes the address of somebody else into an account,"
    " and signs in as the other.",
    remedy="Recover by verified_email, and list the addresses that sign in under"
    " AttributesRequireVerificationBeforeUpdate.",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html",
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
    resource_types=("AWS::Cognito::UserPool",),
)
def user_pool_recovers_safely(user_pool: Resource, _graph: TemplateGraph) -> Answer:
    """An address counts here when it is an alias to sign in with and Cognito verifies it."""
    mechanisms = items(user_pool.get(_RECOVERY))
    names = [each if isinstance(each, Opaque) else dig(each, "Name") for each in mechanisms]
    opaque = next((name for name in names if isinstance(name, Opaque)), None)
    if opaque is not None:
        return Unknown(_RECOVERY, opaque.why)
    if names and set(map(str, names)) == {"verified_phone_number"}:
        return NonCompliant(_RECOVERY, "a text message is the only way to recover an account")
    aliases, verified, held = (
        items(user_pool.get(path)) for path in ("AliasAttributes", "AutoVerifiedAttributes", _UPDATES)
    )
    if any(isinstance(each, Opaque) for each in (*aliases, *verified, *held)):
        return Unknown(_UPDATES, "the attributes are known at deployment only")
    for name in aliases:
        if name in verified and name not in held:
            return NonCompliant(_UPDATES, f"a new {name} signs in before it is verified")
    return Compliant("an account is recovered safely") if names or aliases else NotApplicable()
