"""Which policies grant something to workloads and people."""

from collections.abc import Iterator

from genai_defense.checks.policy import Statement, identity_statements
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, items, references

_IDENTITIES = {"AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group"}


def granting_statements(holder: Resource, graph: TemplateGraph) -> Iterator[Statement]:
    """The statements of an IAM resource that may allow something.

    A managed policy that stands only as a permissions boundary grants nothing, so it has none.
    """
    if holder.type == "AWS::IAM::ManagedPolicy" and _is_only_a_boundary(holder, graph):
        return
    yield from (statement for statement in identity_statements(holder) if statement.may_allow)


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
