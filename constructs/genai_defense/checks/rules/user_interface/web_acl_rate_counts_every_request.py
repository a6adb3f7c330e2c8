"""One rate of a client holds for all of its requests."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig
from genai_defense.checks.web_acls import stopping_statements

_SCOPE = "ScopeDownStatement"


@rule(
    id="OwaspLlm-WebAclRateCountsEveryRequest",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="Every rate of the web ACL counts only requests that match a statement.",
    explanation="A client that asks on other paths, or in another way, is never stopped.",
    remedy="Add a RateBasedStatement without ScopeDownStatement beside the ones that are tighter on a path.",
    source=Source(
        "https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html",
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
def web_acl_rate_counts_every_request(web_acl: Resource, _graph: TemplateGraph) -> Answer:
    """How high a rate is has a rule of its own, as has a web ACL without any."""
    answer: Answer = NotApplicable()
    for path, statement in stopping_statements(web_acl):
        rate = statement if isinstance(statement, Opaque) else dig(statement, "RateBasedStatement")
        scope = rate if isinstance(rate, Opaque) else dig(rate, _SCOPE)
        if rate is None:
            continue
        if scope is None or (isinstance(scope, dict) and "NotStatement" in scope):
            return Compliant("a rate counts every request")
        if isinstance(scope, Opaque):
            answer = Unknown(path, scope.why)
        elif isinstance(answer, NotApplicable):
            answer = NonCompliant(f"{path}.RateBasedStatement.{_SCOPE}", "no rate counts every request")
    return answer
