"""What nearly all statements of a deployment that allow an action say is its practice."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

from genai_defense.checks.grants import granting_statements, roles_with
from genai_defense.checks.policy import IDENTITY_TYPES, Statement, statements
from genai_defense.checks.reach import literally
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, flag, items, references

_RARE = 20
_LEAST, _LEAST_ON_ONE = 3, 2
ON_KEYS: Final = "kms:ViaService or kms:EncryptionContext"
"""Both say for what a key may be used; either is enough."""
_KEY_USES = ("kms:viaservice", "kms:encryptioncontext", "kms:grantisforawsresource")


@dataclass
class Practice:
    """How the statements that allow one action do so, or that allow it on one resource.

    Attributes:
        statements: How many there are.
        named: How many name what they reach.
        alike: How many are for what conditions can be alike for.
        demanded: Condition key, to how many of those demand it.
    """

    statements: int = 0
    named: int = 0
    alike: int = 0
    demanded: Counter[str] = field(default_factory=Counter[str])

    @property
    def names(self) -> bool:
        """Whether statements name what they reach: at least three do, and one, or one in twenty, does not."""
        return self.named >= _LEAST and self.statements - self.named <= max(1, self.statements // _RARE)

    def missing(self, demanded: Collection[str], *, on_one: bool) -> Iterator[str]:
        """The condition keys that nearly all others demand, and a statement does not.

        Args:
            demanded: What the statement demands.
            on_one: Whether all are about one resource, where two agree already.
        """
        for key, count in self.demanded.items():
            few = 1 if on_one else max(1, self.alike // _RARE)
            least = _LEAST_ON_ONE if on_one else _LEAST
            if key not in demanded and count >= least and self.alike - count <= few:
                yield key


def practices(graph: TemplateGraph) -> dict[str, Practice]:
    """The practice of each action that identity policies allow, and of each action on each resource."""
    return graph.remember("alike", lambda: _gathered(graph))


def on_one(action: str, resource: str) -> str:
    """What the practice of an action on one resource is listed under."""
    return f"{action} {resource}"


def carries_for_others(holder: Resource, graph: TemplateGraph) -> bool:
    """Whether it is for EventBridge, which brings on what somebody else sent, from whomever."""
    return any(
        "events.amazonaws.com" in items(dig(statement, "Principal.Service"))
        for role in roles_with(holder, graph)
        for statement in items(dig(role.get("AssumeRolePolicyDocument"), "Statement"))
    )


def reaches_everything(statement: Statement) -> bool:
    """Whether it is for every resource."""
    return any(not literally(each).strip("*") for each in items(dig(statement.body, "Resource")))


def actions(statement: Statement) -> list[str]:
    """Its actions, in lower case."""
    return [literally(each).lower() for each in items(dig(statement.body, "Action"))]


def resources(statement: Statement) -> list[str]:
    """What it names."""
    return [literally(each) for each in items(dig(statement.body, "Resource"))]


def demands(statement: Statement) -> set[str]:
    """The condition keys that it demands some value of."""
    found = {key for operator, key, values in statement.tests() if _demand(operator, values)}
    elsewhere = {key for key in found if not key.startswith("kms:")}
    return elsewhere | {ON_KEYS} if any(key.startswith(_KEY_USES) for key in found) else elsewhere


def uses_key_itself(statement: Statement, holder: Resource, graph: TemplateGraph) -> bool:
    """Whether the workload itself is meant to use a key, not a store on its behalf.

    A key of a function's environment or of a schedule is used so, and one whose own policy names the role.

    Args:
        statement: It allows something.
        holder: The policy that has it, or the role.
        graph: Where to look for keys, functions and roles.
    """
    keys = {each.resource for each in references(dig(statement.body, "Resource"))}
    if not any(key.type == "AWS::KMS::Key" for key in keys):
        return False
    if keys & graph.remember("keys used by roles", lambda: _keys_used_by_roles(graph)):
        return True
    roles = {*roles_with(holder, graph)}
    return any(
        not any(name.startswith(_KEY_USES) for _, name, _ in each.tests())
        and any(found.resource in roles for found in references(dig(each.body, "Principal")))
        for key in keys
        for each in statements(key.get("KeyPolicy"), "KeyPolicy")
        if not isinstance(each.body, Opaque)
    )


def _keys_used_by_roles(graph: TemplateGraph) -> set[Resource]:
    users = graph.of_type("AWS::Lambda::Function", "AWS::Scheduler::Schedule")
    return {each.resource for one in users for each in references(one.get("KmsKeyArn"))}


def _demand(operator: str, values: list[Value]) -> bool:
    if operator == "null" or operator.endswith("ifexists") or "not" in operator.rpartition(":")[2]:
        return False
    if operator == "bool":
        return flag(values[0] if values else None, default=False) is not False
    return bool(values) and not any(literally(value) == "*" for value in values)


def _gathered(graph: TemplateGraph) -> dict[str, Practice]:
    found: dict[str, Practice] = defaultdict(Practice)
    for holder in graph.of_type(*IDENTITY_TYPES):
        if carries_for_others(holder, graph):
            continue
        for statement in granting_statements(holder, graph):
            if isinstance(statement.body, dict):
                _gather(found, statement, itself=uses_key_itself(statement, holder, graph))
    return found


def _gather(found: dict[str, Practice], statement: Statement, *, itself: bool) -> None:
    named, demanded = not reaches_everything(statement), demands(statement)
    for action in actions(statement):
        for name in (action, *(on_one(action, each) for each in resources(statement))):
            practice = found[name]
            practice.statements += 1
            practice.named += named
            if not itself:
                practice.alike += 1
                practice.demanded.update(demanded)
