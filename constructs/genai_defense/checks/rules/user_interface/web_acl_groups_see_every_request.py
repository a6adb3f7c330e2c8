"""A managed group looks at every request, and not at one path."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig
from genai_defense.checks.web_acls import managed_groups

# These are paid for by the request, and meant for the paths that need them.
_PAID = (
    "AWSManagedRulesACFPRuleSet",
    "AWSManagedRulesATPRuleSet",
    "AWSManagedRulesAntiDDoSRuleSet",
    "AWSManagedRulesBotControlRuleSet",
)
_SCOPE = "Statement.ManagedRuleGroupStatement.ScopeDownStatement"


@rule(
    id="OwaspLlm-WebAclGroupsSeeEveryRequest",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="A managed group of the web ACL looks only at requests that match a statement.",
    explanation="Attacks that the group knows come in by every other path; each new route of the "
    "application is one.",
    remedy="Leave ScopeDownStatement out, or exempt what is known to be harmless with a NotStatement.",
    source=Source(
        "https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-scope-down-statements.html",
        "2026-11-24",
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
def web_acl_groups_see_every_request(web_acl: Resource, _graph: TemplateGraph) -> Answer:
    """What a NotStatement exempts was chosen by name."""
    groups = [(path, name, rule) for path, name, rule in managed_groups(web_acl) if name not in _PAID]
    for path, name, rule_ in groups:
        scope = dig(rule_, _SCOPE)
        if isinstance(scope, Opaque):
            return Unknown(f"{path}.{_SCOPE}", scope.why)
        if scope is not None and dig(scope, "NotStatement") is None:
            return NonCompliant(f"{path}.{_SCOPE}", f"{name} looks at some requests only")
    return Compliant(f"{len(groups)} groups look at every request") if groups else NotApplicable()
