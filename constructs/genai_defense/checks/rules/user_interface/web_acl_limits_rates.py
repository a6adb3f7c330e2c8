"""One client cannot ask without end."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig
from genai_defense.checks.web_acls import stopping_statements


@rule(
    id="OwaspLlm-WebAclLimitsRates",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The web ACL lets one client send as many requests as it likes.",
    explanation="Every request to a chatbot costs tokens: a single client can empty the budget, crowd out"
    " all others, and try attacks until one gets through.",
    remedy="Add a rule with a RateBasedStatement whose action is Block.",
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
def web_acl_limits_rates(web_acl: Resource, _graph: TemplateGraph) -> Answer:
    """A rate that only counts stops nobody."""
    answer: Answer = NonCompliant("Rules", "no rule stops a client by its rate")
    for path, statement in stopping_statements(web_acl):
        if isinstance(statement, Opaque):
            answer = Unknown(path, statement.why)
        elif dig(statement, "RateBasedStatement") is not None:
            return Compliant(f"{path} stops a client that sends too much")
    return answer
