"""A body is not let through because the firewall does not see its end."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, items, whole
from genai_defense.checks.web_acls import managed_groups, stopping_statements

_COMMON, _ITS_RULE = "AWSManagedRulesCommonRuleSet", "SizeRestrictions_BODY"


@rule(
    id="OwaspLlm-WebAclLimitsBodySize",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The web ACL lets through bodies that are too large for it to look at.",
    explanation="WAF sees only the first 8 to 64 KB of a body. Behind enough harmless text, an attack"
    " passes every rule unseen, and a huge prompt costs its tokens.",
    remedy="Block with a SizeConstraintStatement (GT) on Body with OversizeHandling MATCH, or leave"
    " SizeRestrictions_BODY of AWSManagedRulesCommonRuleSet as it is.",
    source=Source(
        "https://docs.aws.amazon.com/waf/latest/developerguide/waf-oversize-request-components.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM10"),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034"),
        nist_csf=("PR.IR", "PR.DS"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::WAFv2::WebACL",),
)
def web_acl_limits_body_size(web_acl: Resource, graph: TemplateGraph) -> Answer:
    """A rule of one's own, or the Common group's while nothing overrides it."""
    answer: Answer = NonCompliant("Rules", "no rule stops a body that WAF does not see whole")
    for path, statement in stopping_statements(web_acl):
        if isinstance(statement, Opaque):
            answer = Unknown(path, statement.why)
        elif _limits(dig(statement, "SizeConstraintStatement"), graph.bounds.body_bytes):
            return Compliant(f"{path} stops bodies that are too large or not seen whole")
    for path, name, group in managed_groups(web_acl):
        if name == _COMMON and not _overridden(group):
            return Compliant(f"{_ITS_RULE} of {path} stops bodies of more than 8 KB")
    return answer


def _limits(constraint: Value, most: int) -> bool:
    handling = (dig(constraint, f"FieldToMatch.{field}.OversizeHandling") for field in ("Body", "JsonBody"))
    return (
        dig(constraint, "ComparisonOperator") in ("GT", "GE")
        and "MATCH" in handling
        and _small(constraint, most)
    )


def _small(constraint: Value, most: int) -> bool:
    size = whole(dig(constraint, "Size"), default=0)
    return isinstance(size, int) and size <= most


def _overridden(group: Value) -> bool:
    inner = "Statement.ManagedRuleGroupStatement"
    changed = [
        *items(dig(group, f"{inner}.RuleActionOverrides")),
        *items(dig(group, f"{inner}.ExcludedRules")),
    ]
    named = [dig(each, "Name") for each in changed]
    part = dig(group, f"{inner}.ScopeDownStatement") is not None
    action = dig(group, "OverrideAction")
    whole = not (isinstance(action, dict) and "None" in action)
    return part or whole or any(isinstance(name, Opaque) or name == _ITS_RULE for name in named)
