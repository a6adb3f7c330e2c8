"""What AWS knows about attackers is used to stop them."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, shown
from genai_defense.checks.web_acls import BASELINE_GROUPS, managed_groups, rules_of


@rule(
    id="OwaspLlm-WebAclKeepsBaselineGroups",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The web ACL does not stop what AWS's baseline groups recognize.",
    explanation="Known exploits, scanners and anonymizing networks reach the chatbot; a group that only"
    " counts tells of an attack and lets it pass.",
    remedy="Add the AWS groups Common, KnownBadInputs, AmazonIpReputation and AnonymousIp with"
    " OverrideAction None; override single rules where they must not block.",
    source=Source(
        "https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0049",),
        nist_csf=("PR.IR", "DE.CM"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::WAFv2::WebACL",),
)
def web_acl_keeps_baseline_groups(web_acl: Resource, _graph: TemplateGraph) -> Answer:
    """Each group is there and acts; single rules may be overridden."""
    found = {name: (path, rule) for path, name, rule in managed_groups(web_acl)}
    opaque = [(path, rule) for path, rule in rules_of(web_acl) if isinstance(rule, Opaque)]
    for name in BASELINE_GROUPS:
        if name not in found:
            if opaque:
                return Unknown(opaque[0][0], f"{name} may be there, but {shown(opaque[0][1])}")
            return NonCompliant("Rules", f"{name} is not there")
        path, rule = found[name]
        action = dig(rule, "OverrideAction")
        if isinstance(action, Opaque):
            return Unknown(f"{path}.OverrideAction", action.why)
        if not isinstance(action, dict) or "None" not in action:
            return NonCompliant(f"{path}.OverrideAction", f"{name} only counts")
    return Compliant(f"{len(BASELINE_GROUPS)} groups of AWS stop what they recognize")
