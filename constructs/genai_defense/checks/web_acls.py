"""What rules ask about web ACLs: which rules stop a request, and what stands before an entry."""

from collections.abc import Callable, Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, Value, dig, items, references

BASELINE_GROUPS = (
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesAnonymousIpList",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
)
"""The groups of AWS that every web ACL should have."""
_APIS = ("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api")
_STAGES = ("AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Stage")
_STOPPING = ("Block", "Captcha", "Challenge")


def before(graph: TemplateGraph, *, property_: str, names: Callable[[Value], bool]) -> Answer:
    """Whether an association, in any stack of the graph, puts a web ACL before an entry.

    Args:
        graph: The deployment.
        property_: Property of the entry to point at.
        names: Whether the `ResourceArn` of an association means the entry.
    """
    answer: Answer = NonCompliant(property_, "no web ACL is associated with it")
    for association in graph.of_type("AWS::WAFv2::WebACLAssociation"):
        target = association.get("ResourceArn")
        if names(target):
            return Compliant(f"{association.logical_id} puts a web ACL in front of it")
        if isinstance(target, Unresolved):
            answer = Unknown(property_, f"{association.logical_id} may name it, but {target.why}")
    return answer


def rules_of(web_acl: Resource) -> Iterator[tuple[str, Value]]:
    """The rules with their paths. An opaque list is one opaque rule."""
    rules = web_acl.get("Rules")
    if isinstance(rules, Opaque):
        yield "Rules", rules
    else:
        yield from ((f"Rules.{index}", rule) for index, rule in enumerate(items(rules)))


def stopping_statements(web_acl: Resource) -> Iterator[tuple[str, Value]]:
    """The statements whose match stops a request, with their paths; the branches of an Or one by one."""
    for path, rule in rules_of(web_acl):
        action = dig(rule, "Action")
        if isinstance(action, Opaque):
            yield path, action
        elif isinstance(action, dict) and any(name in action for name in _STOPPING):
            yield from _branches(f"{path}.Statement", dig(rule, "Statement"))


def _branches(path: str, statement: Value) -> Iterator[tuple[str, Value]]:
    either = dig(statement, "OrStatement.Statements") if isinstance(statement, dict) else None
    if isinstance(either, list):
        for index, branch in enumerate(either):
            yield from _branches(f"{path}.OrStatement.Statements.{index}", branch)
    else:
        yield path, statement


def managed_groups(web_acl: Resource) -> Iterator[tuple[str, str, Value]]:
    """The managed groups of AWS: path, name and rule."""
    for path, rule in rules_of(web_acl):
        group = dig(rule, "Statement.ManagedRuleGroupStatement") if isinstance(rule, dict) else None
        name = dig(group, "Name")
        if isinstance(name, str) and dig(group, "VendorName") == "AWS":
            yield path, name, rule


def before_origin(origin: Value, graph: TemplateGraph) -> Iterator[Resource]:
    """The web ACLs of the stages of the APIs to which an origin leads."""
    apis = [found.resource for found in references(origin) if found.resource.type in _APIS]
    for association in graph.of_type("AWS::WAFv2::WebACLAssociation"):
        meant = [found.resource for found in references(association.get("ResourceArn"))]
        owners = [
            found.resource
            for stage in meant
            if stage.type in _STAGES
            for found in references(stage.get("RestApiId") or stage.get("ApiId"))
        ]
        if any(each in apis for each in (*meant, *owners)):
            for found in references(association.get("WebACLArn")):
                if found.resource.type == "AWS::WAFv2::WebACL":
                    yield found.resource
