"""Each rule of a web ACL says how often it acts."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, flag
from genai_defense.checks.web_acls import rules_of

_SWITCH = "VisibilityConfig.CloudWatchMetricsEnabled"


@rule(
    id="OwaspLlm-WebAclRulesAreMeasured",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="A rule of the web ACL, or the web ACL itself, has no metric.",
    explanation="An attack, or a rule that refuses honest users, is seen by no alarm.",
    remedy="Set VisibilityConfig.CloudWatchMetricsEnabled to true.",
    source=Source("https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM10"),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::WAFv2::WebACL",),
)
def web_acl_rules_are_measured(web_acl: Resource, _graph: TemplateGraph) -> Answer:
    """The property has no default: a template must say it."""
    parts = [("", web_acl.properties), *((f"{path}.", entry) for path, entry in rules_of(web_acl))]
    for path, part in parts:
        measured = flag(part if isinstance(part, Opaque) else dig(part, _SWITCH), default=True)
        if isinstance(measured, Opaque):
            return Unknown(f"{path}{_SWITCH}", measured.why)
        if not measured:
            return NonCompliant(f"{path}{_SWITCH}", "nothing counts what it does")
    return Compliant("the web ACL and each of its rules are measured")
