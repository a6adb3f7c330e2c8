"""Which policies grant something to workloads and people."""

from collections.abc import Callable, Iterator

from genai_defense.checks.answer import Answer, Unknown, worst
from genai_defense.checks.policy import Statement, identity_statements
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Value, dig, items, references

_IDENTITIES = {"AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group"}


def granting_statements(holder: Resource, graph: TemplateGraph) -> Iterator[Statement]:
    """The statements of an IAM resource that may allow something.

    A managed policy that stands only as a permissions boundary grants nothing, so it has none.
    """
    if holder.type == "AWS::IAM::ManagedPolicy" and _is_only_a_boundary(holder, graph):
        return
    yield from (statement for statement in identity_statements(holder) if statement.may_allow)


def judge_actions(holder: Resource, graph: TemplateGraph, judge: Callable[[str, Value], Answer]) -> Answer:
    """The worst that is said of the actions that an IAM resource allows.

    Args:
        holder: The resource.
        graph: The graph that it stands in.
        judge: Is asked about the path and the text of each action.
    """

    def answers(statement: Statement) -> Iterator[Answer]:
        if isinstance(statement.body, Opaque):
            yield Unknown(statement.path, statement.body.why)
            return
        for index, action in enumerate(items(dig(statement.body, "Action"))):
            yield judge(f"{statement.path}.Action.{index}", action)

    return worst(answer for each in granting_statements(holder, graph) for answer in answers(each))


def roles_with(holder: Resource, graph: TemplateGraph) -> Iterator[Resource]:
    """The roles of the templates that have a policy; a role has its own."""
    if holder.type == "AWS::IAM::Role":
        yield holder
        return
    named = [*items(holder.get("Roles")), *items(holder.get("RoleName"))]
    yield from (each.resource for each in named if isinstance(each, Reference))
    for user in graph.referrers(holder):
        attached = items(user.get("ManagedPolicyArns")) if user.type == "AWS::IAM::Role" else ()
        if any(isinstance(each, Reference) and each.resource is holder for each in attached):
            yield user


def _is_only_a_boundary(policy: Resource, graph: TemplateGraph) -> bool:
    """One whose roles stand in another deployment is known by its name or description."""
    users = [user for user in graph.referrers(policy) if user.type in _IDENTITIES]
    attached = (user.get("ManagedPolicyArns") for user in users)
    if any(policy.get(name) for name in ("Roles", "Users", "Groups")) or any(
        found.resource is policy for value in attached for found in references(value)
    ):
        return False
    says = f"{policy.logical_id} {policy.get('Description')} {policy.get('ManagedPolicyName')}"
    own = Reference(policy, "Ref")
    return any(user.get("PermissionsBoundary") == own for user in users) or "boundary" in says.lower()
