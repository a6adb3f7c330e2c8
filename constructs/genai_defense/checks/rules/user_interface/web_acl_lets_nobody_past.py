"""No request gets past the web ACL's rules by what it says of itself."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig
from genai_defense.checks.web_acls import rules_of

_MATCHES = ("ByteMatchStatement", "RegexMatchStatement", "RegexPatternSetReferenceStatement")
_WRITTEN = (
    "SingleHeader",
    "Headers",
    "Cookies",
    "QueryString",
    "SingleQueryArgument",
    "AllQueryArguments",
    "Body",
    "JsonBody",
)


@rule(
    id="OwaspLlm-WebAclLetsNobodyPast",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="A rule of the web ACL lets a request in for a header, cookie, query or body that its "
    "sender writes.",
    explanation="Whoever learns the word sends it with each attack: no later rule, rate or managed "
    "group looks at the request.",
    remedy="Take the rule away, or let it label or count; let in by address "
    "(IPSetReferenceStatement) where somebody must pass.",
    source=Source(
        "https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-processing-order.html", "2026-11-24"
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
def web_acl_lets_nobody_past(web_acl: Resource, _graph: TemplateGraph) -> Answer:
    """A word that only a deployment knows may be a secret; where the default blocks, an Allow is the door."""
    if dig(web_acl.get("DefaultAction"), "Block") is not None:
        return NotApplicable()
    for path, entry in rules_of(web_acl):
        action = entry if isinstance(entry, Opaque) else dig(entry, "Action")
        if isinstance(action, Opaque):
            return Unknown(path, action.why)
        if isinstance(action, dict) and "Allow" in action:
            for field in _only_by(dig(entry, "Statement")):
                return NonCompliant(f"{path}.Action", f"whoever writes the right {field} passes every rule")
    return Compliant("nobody passes by what a request says")


def _only_by(statement: Value) -> Iterator[str]:
    """What a sender writes to make a statement hold; nothing where it depends on something else as well."""
    for branch in _branches(statement):
        for name in _MATCHES:
            match = dig(branch, name) if isinstance(branch, dict) else None
            field = dig(match, "FieldToMatch")
            if isinstance(field, dict) and not isinstance(dig(match, "SearchString"), Opaque):
                yield from (part for part in _WRITTEN if part in field)


def _branches(statement: Value) -> Iterator[Value]:
    either = dig(statement, "OrStatement.Statements") if isinstance(statement, dict) else None
    if isinstance(either, list):
        for branch in either:
            yield from _branches(branch)
    else:
        yield statement
