"""A path that is tighter at one entry is as tight at the next."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Value, dig, items, references
from genai_defense.checks.web_acls import before_origin, stopping_statements

_PATH = "DistributionConfig.WebACLId"
_ACL = "AWS::WAFv2::WebACL"


@rule(
    id="OwaspLlm-EntriesInLineLimitTheSamePaths",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="Of two web ACLs in line, before the distribution and before its API, one limits the rate of"
    " a path and the other does not.",
    explanation="The path that costs most has one limit instead of two: one by address and one by caller stop"
    " different floods.",
    remedy="Add a RateBasedStatement for the path to the other web ACL.",
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
    resource_types=("AWS::CloudFront::Distribution",),
)
def entries_in_line_limit_the_same_paths(distribution: Resource, graph: TemplateGraph) -> Answer:
    """Where neither limits a path, or one of the two is elsewhere, nothing is compared."""
    first = next((f.resource for f in references(distribution.get(_PATH)) if f.resource.type == _ACL), None)
    if first is None:
        return NotApplicable()
    answer: Answer = NotApplicable()
    for origin in items(distribution.get("DistributionConfig.Origins")):
        for second in before_origin(origin, graph):
            paths = {web_acl: _limited(web_acl) for web_acl in (first, second)}
            for web_acl, other in ((first, second), (second, first)):
                if missing := paths[other] - paths[web_acl]:
                    where = f"{web_acl.logical_id} has no rate of its own for {min(missing)}"
                    return NonCompliant(_PATH, f"{where}, as {other.logical_id} has")
            answer = Compliant("both web ACLs limit the same paths") if paths[first] else answer
    return answer


def _limited(web_acl: Resource) -> set[str]:
    """The paths for which the web ACL has a rate that stops."""
    found: set[str] = set()
    for _, statement in stopping_statements(web_acl):
        scope: Value = (
            dig(statement, "RateBasedStatement.ScopeDownStatement") if isinstance(statement, dict) else None
        )
        match = dig(scope, "ByteMatchStatement") if isinstance(scope, dict) else None
        text = dig(match, "SearchString") if isinstance(match, dict) else None
        field = dig(match, "FieldToMatch") if isinstance(match, dict) else None
        if isinstance(text, str) and isinstance(field, dict) and "UriPath" in field:
            found.add(text.lower())
    return found
