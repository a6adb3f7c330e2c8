"""A managed group that is paid for does something."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig
from genai_defense.checks.web_acls import BASELINE_GROUPS, managed_groups, rules_of

_ACTION, _LABELS = "OverrideAction", "awswaf:managed:"


@rule(
    id="OwaspLlm-WebAclGroupsAct",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="A managed group of the web ACL only counts, and no rule does anything with what it found.",
    explanation="Floods and bots are recognized, written down and let in.",
    remedy="Set OverrideAction to None, or add a rule with a LabelMatchStatement that blocks by the"
    " labels of the group.",
    source=Source(
        "https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-rule-group-settings.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034"),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::WAFv2::WebACL",),
)
def web_acl_groups_act(web_acl: Resource, _graph: TemplateGraph) -> Answer:
    """The baseline groups have a rule of their own."""
    answer: Answer = NotApplicable()
    for path, name, entry in managed_groups(web_acl):
        action = dig(entry, _ACTION)
        if name in BASELINE_GROUPS:
            continue
        if isinstance(action, Opaque):
            return Unknown(f"{path}.{_ACTION}", action.why)
        if isinstance(action, dict) and "Count" in action and not _labels_are_used(web_acl):
            return NonCompliant(f"{path}.{_ACTION}", f"{name} only counts")
        answer = Compliant("groups act, or a rule acts on their labels")
    return answer


def _labels_are_used(web_acl: Resource) -> bool:
    return any(_names_a_label(dig(rule_, "Statement")) for _, rule_ in rules_of(web_acl))


def _names_a_label(statement: Value) -> bool:
    if isinstance(statement, list):
        return any(_names_a_label(each) for each in statement)
    if not isinstance(statement, dict):
        return False
    key = dig(statement.get("LabelMatchStatement"), "Key")
    if isinstance(key, str) and key.startswith(_LABELS):
        return True
    return any(_names_a_label(each) for each in statement.values())
