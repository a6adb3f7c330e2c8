"""An address that is blocked is blocked at every entry."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.outputs import is_handed_out
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, references
from genai_defense.checks.web_acls import rules_of, stopping_statements

_ACL, _REFERENCE = "AWS::WAFv2::WebACL", "IPSetReferenceStatement"


@rule(
    id="OwaspLlm-BlockedAddressesAreBlocked",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="A web ACL lets in the addresses of a list that others block, or no web ACL blocks by the list.",
    explanation="A responder, or a person at night, puts an attacker on the list, and nothing happens.",
    remedy="Add a rule with an IPSetReferenceStatement for the list, and the action Block, to each web"
    " ACL of its scope.",
    source=Source(
        "https://docs.aws.amazon.com/waf/latest/developerguide/waf-ip-set-managing.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034"),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::WAFv2::IPSet",),
)
def blocked_addresses_are_blocked(addresses: Resource, graph: TemplateGraph) -> Answer:
    """A list of who is let in, and one that rule groups or others use, is another matter."""
    users = [each for each in graph.referrers(addresses) if each.type.startswith("AWS::WAFv2::")]
    elsewhere = is_handed_out(addresses, graph) or any(each.type != _ACL for each in users)
    if elsewhere or any(_named_otherwise(addresses, each) for each in users):
        return NotApplicable()
    blocking = [each for each in users if _blocks(addresses, each)]
    if not blocking:
        return NonCompliant("", "no web ACL blocks the addresses of the list")
    scope, template = addresses.get("Scope"), addresses.template
    for web_acl in graph.of_type(_ACL):
        here = web_acl.template is template and web_acl.get("Scope") in (scope, None)
        if here and web_acl not in blocking and not isinstance(web_acl.get("Rules"), Opaque):
            return NonCompliant("", f"{web_acl.logical_id} lets the addresses of the list in")
    return Compliant(f"{len(blocking)} web ACLs block the addresses of the list")


def _blocks(addresses: Resource, web_acl: Resource) -> bool:
    return any(
        _is_of(addresses, dig(statement, _REFERENCE))
        for _, statement in stopping_statements(web_acl)
        if isinstance(statement, dict)
    )


def _named_otherwise(addresses: Resource, web_acl: Resource) -> bool:
    """Whether a rule lets the addresses in, or exempts them from something."""
    return any(
        _is_of(addresses, entry) and (_acts(entry, "Allow") or _below(addresses, dig(entry, "Statement")))
        for _, entry in rules_of(web_acl)
        if isinstance(entry, dict)
    )


def _acts(entry: Value, action: str) -> bool:
    given = dig(entry, "Action")
    return isinstance(given, dict) and action in given


def _below(addresses: Resource, statement: Value) -> bool:
    """Whether they stand in a statement that narrows another one."""
    if not isinstance(statement, dict):
        return False
    either = dig(statement, "OrStatement.Statements") if "OrStatement" in statement else [statement]
    found = either if isinstance(either, list) else []
    return any(
        _is_of(addresses, each) and isinstance(each, dict) and _REFERENCE not in each for each in found
    )


def _is_of(addresses: Resource, value: Value) -> bool:
    return any(found.resource is addresses for found in references(value))
