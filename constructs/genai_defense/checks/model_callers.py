"""Which functions may invoke a model, by what their roles are granted in the templates."""

from collections.abc import Iterator

from genai_defense.checks.model_access import may_invoke_models
from genai_defense.checks.policy import IDENTITY_TYPES, identity_statements
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, items


def may_call_models(function: Resource, graph: TemplateGraph) -> bool:
    """Whether a statement of the function's role, in the templates, may allow it to invoke a model.

    A role from elsewhere, and AWS's managed policies, are not read.
    """
    role = function.get("Role")
    if not isinstance(role, Reference):
        return False
    return any(
        may_invoke_models(statement)
        for holder in policy_holders(role.resource, graph)
        for statement in identity_statements(holder)
    )


def policy_holders(role: Resource, graph: TemplateGraph) -> Iterator[Resource]:
    """The role and the policies that are attached to it."""
    yield role
    for arn in items(role.get("ManagedPolicyArns")):
        if isinstance(arn, Reference):
            yield arn.resource
    for policy in graph.referrers(role):
        if policy.type in IDENTITY_TYPES and policy is not role:
            attached = [*items(policy.get("Roles")), *items(policy.get("RoleName"))]
            if any(isinstance(entry, Reference) and entry.resource is role for entry in attached):
                yield policy
