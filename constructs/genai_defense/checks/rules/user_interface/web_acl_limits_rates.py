"""One client cannot ask without end."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, shown, whole
from genai_defense.checks.web_acls import stopping_statements

_FIVE_MINUTES = 300  # the window where a rule names none


@rule(
    id="OwaspLlm-WebAclLimitsRates",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The web ACL lets one client send as many requests as it likes, or very many.",
    explanation="Every request to a chatbot costs tokens: a single client can empty the budget, crowd out"
    " all others, and try attacks until one gets through.",
    remedy="Add a rule with a RateBasedStatement whose action is Block, and a Limit at the bound"
    " `client_rate` or below.",
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
def web_acl_limits_rates(web_acl: Resource, graph: TemplateGraph) -> Answer:
    """A rate that only counts stops nobody."""
    answer: Answer = NonCompliant("Rules", "no rule stops a client by its rate")
    for path, statement in stopping_statements(web_acl):
        if isinstance(statement, Opaque):
            answer = Unknown(path, statement.why)
        elif (rate := dig(statement, "RateBasedStatement")) is not None:
            judged = _judge(rate, f"{path}.RateBasedStatement", graph.bounds.client_rate)
            if isinstance(judged, NonCompliant):
                return judged
            answer = judged if isinstance(answer, NonCompliant) else answer
    return answer


def _judge(rate: Value, path: str, most: int) -> Answer:
    limit = whole(dig(rate, "Limit"), default=0)
    seconds = whole(dig(rate, "EvaluationWindowSec"), default=_FIVE_MINUTES)
    for value in (limit, seconds):
        if isinstance(value, Opaque):
            return Unknown(path, value.why)
    if isinstance(limit, int) and isinstance(seconds, int) and limit * _FIVE_MINUTES > most * seconds:
        return NonCompliant(f"{path}.Limit", f"{limit} in {seconds} s pass; at most {most} in five minutes")
    return Compliant(f"{path} stops a client after {shown(limit)} requests")
