"""A password policy has no hole: in its characters, or in how long and how often one is good."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, flag, whole

_POLICY = "Policies.PasswordPolicy"
_KINDS = ("RequireLowercase", "RequireNumbers", "RequireSymbols", "RequireUppercase")
_DAYS, _DEFAULT_DAYS = "TemporaryPasswordValidityDays", 7
_HISTORY = "PasswordHistorySize"


@rule(
    id="OwaspLlm-UserPoolKeepsItsPasswordRules",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="The password policy asks for all kinds of characters but one, or lets old or first passwords"
    " be good for long.",
    explanation="Guessing tools try the kind that is left out first; a first password that waits in a"
    " mailbox, or an old one that leaked, opens the account.",
    remedy="Ask for all kinds of characters or, with long passwords, for none; set"
    " TemporaryPasswordValidityDays to 7 or less and leave PasswordHistorySize above 0.",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html",
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
def user_pool_keeps_its_password_rules(user_pool: Resource, _graph: TemplateGraph) -> Answer:
    """Length has a rule of its own; whoever relies on length alone asks for no kind."""
    policy = user_pool.get(_POLICY)
    if policy is None:
        return NotApplicable()
    if isinstance(policy, Opaque):
        return Unknown(_POLICY, policy.why)
    asked = {name: flag(user_pool.get(f"{_POLICY}.{name}"), default=False) for name in _KINDS}
    bare = [name for name, value in asked.items() if value is False]
    if len(bare) == 1:
        return NonCompliant(f"{_POLICY}.{bare[0]}", f"{bare[0]} alone is not asked for")
    return _good_for_long(user_pool)


def _good_for_long(user_pool: Resource) -> Answer:
    days = whole(user_pool.get(f"{_POLICY}.{_DAYS}"), default=_DEFAULT_DAYS)
    if isinstance(days, Opaque):
        return Unknown(f"{_POLICY}.{_DAYS}", days.why)
    if days > _DEFAULT_DAYS:
        return NonCompliant(f"{_POLICY}.{_DAYS}", f"a first password is good for {days} days; at most 7")
    if whole(user_pool.get(f"{_POLICY}.{_HISTORY}"), default=1) == 0:
        return NonCompliant(f"{_POLICY}.{_HISTORY}", "PasswordHistorySize is 0: old passwords come again")
    return Compliant("the password policy has no hole")
