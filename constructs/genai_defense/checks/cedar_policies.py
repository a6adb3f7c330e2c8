"""Finds the Cedar policies of a deployment, and the stores that they belong to."""

from collections.abc import Iterator
from dataclasses import dataclass

from genai_defense.checks.cedar import CedarError, CedarPolicy, read_policy
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Unresolved, Value

STORE_TYPE = "AWS::VerifiedPermissions::PolicyStore"
STATEMENTS = {
    "AWS::VerifiedPermissions::Policy": "Definition.Static.Statement",
    "AWS::VerifiedPermissions::PolicyTemplate": "Statement",
    "AWS::BedrockAgentCore::Policy": "Definition.Cedar.Statement",
}
"""Type to the property that holds a policy."""
_STORES = ("PolicyStoreId", "PolicyEngineId")


@dataclass(frozen=True)
class Written:
    """A policy of the templates.

    Attributes:
        resource: Where it stands.
        text: As it is written.
        policy: As it is read.
    """

    resource: Resource
    text: str
    policy: CedarPolicy


def written_in(resource: Resource) -> Written | Opaque | None:
    """The policy of a resource; None where it has none of its own, as one that a template makes."""
    statement = resource.get(STATEMENTS[resource.type])
    if statement is None:
        return None
    if not isinstance(statement, str):
        return statement if isinstance(statement, Opaque) else Unresolved("the statement is no text")
    try:
        return Written(resource, statement, read_policy(statement))
    except CedarError as error:
        return Unresolved(f"the statement cannot be read: {error}")


def store_of(resource: Resource) -> Value:
    """What names the store of a policy, the same for all policies of one store."""
    named = next((value for name in _STORES if (value := resource.get(name)) is not None), None)
    return Reference(named.resource, "Ref") if isinstance(named, Reference) else named


def policies_beside(resource: Resource, graph: TemplateGraph) -> Iterator[Written]:
    """The other policies of the same store that can be read."""
    for each in graph.of_type(*STATEMENTS):
        if each is not resource and store_of(each) == store_of(resource):
            written = written_in(each)
            if isinstance(written, Written):
                yield written


def policies_of(store: Resource, graph: TemplateGraph) -> list[Written | Opaque]:
    """All policies of a store that are in the templates."""
    mine = (each for each in graph.of_type(*STATEMENTS) if store_of(each) == Reference(store, "Ref"))
    return [written for each in mine if (written := written_in(each)) is not None]
