"""A rule for one path is for a path that there is."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.known_paths import known_paths
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Value, dig
from genai_defense.checks.web_acls import rules_of

_SCOPE = "ScopeDownStatement"
_KINDS = ("RateBasedStatement", "ManagedRuleGroupStatement")
_WHOLE, _START = "EXACTLY", "STARTS_WITH"


@rule(
    id="OwaspLlm-WebAclScopesNameAPath",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="A rate or a group of the web ACL looks only at a path that no API or behavior of the"
    " deployment has.",
    explanation="It stops nothing: the path that it was meant for is under another name, or was never there.",
    remedy="Write a path of the application into SearchString, or leave ScopeDownStatement out.",
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
def web_acl_scopes_name_a_path(web_acl: Resource, graph: TemplateGraph) -> Answer:
    """Nothing is said where other entries have paths of their own, such as load balancers."""
    scopes = list(_paths(web_acl))
    known = known_paths(graph) if scopes else None
    if not known:
        return NotApplicable()
    for where, constraint, text in scopes:
        if not any(_matches(text, constraint, path) for path in known):
            return NonCompliant(where, f"no path of the deployment is {text}")
    return Compliant("each path that a rule names is there")


def _paths(web_acl: Resource) -> Iterator[tuple[str, str, str]]:
    """Where a scope stands, and how it compares a path with what."""
    for path, entry in rules_of(web_acl):
        for kind in _KINDS:
            scope: Value = dig(entry, f"Statement.{kind}.{_SCOPE}") if isinstance(entry, dict) else None
            match = dig(scope, "ByteMatchStatement") if isinstance(scope, dict) else None
            text, constraint = dig(match, "SearchString"), dig(match, "PositionalConstraint")
            field = dig(match, "FieldToMatch") if isinstance(match, dict) else None
            if isinstance(field, dict) and "UriPath" in field and isinstance(text, str):
                yield f"{path}.Statement.{kind}.{_SCOPE}", str(constraint), text.lower()


def _matches(text: str, constraint: str, path: str) -> bool:
    """Whether a path of the deployment, of which a stage or the rest may be missing, can be meant."""
    fixed = path.lower().partition("{")[0].partition("*")[0].rstrip("/")
    open_ended = fixed != path.lower().rstrip("/")
    if open_ended and fixed in text:
        return True
    if constraint in (_WHOLE, _START):
        return (
            text.rstrip("/*").endswith(fixed)
            if constraint == _WHOLE
            else fixed.startswith(text) or (fixed in text)
        )
    return text in f"{fixed}/" or fixed in text
