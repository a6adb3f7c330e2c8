"""Actions of statements: services and everything instead of what is needed."""

from collections.abc import Iterator

from genai_defense.mutation.boundaries import is_redundant
from genai_defense.mutation.edit import REMOVED
from genai_defense.mutation.operator import Weakening
from genai_defense.mutation.policies import Kind, Statement, entries, for_statements

_SERVICES = 2
_GRANTING = (Kind.IDENTITY, Kind.RESOURCE, Kind.ENDPOINT)


def _service(statement: Statement) -> Iterator[Weakening]:
    """The first two services of a statement: further ones are their equals."""
    written = entries(statement.body.get("Action"))
    if not statement.allows or "*" in statement.actions:
        return
    services = dict.fromkeys(a.partition(":")[0] for a in statement.actions if ":" in a)
    for service in list(services)[:_SERVICES]:
        if f"{service}:*" not in statement.actions:
            yield statement.becomes(
                f"every action of {service} is allowed.", (("Action",), [*written, f"{service}:*"])
            )


def _everything(statement: Statement) -> Iterator[Weakening]:
    """On a resource, or on the endpoint of a service, every action of the service is everything already."""
    one_service = statement.kind in {Kind.RESOURCE, Kind.ENDPOINT}
    whole = one_service and any(action.endswith(":*") for action in statement.actions)
    if statement.allows and statement.actions and "*" not in statement.actions and not whole:
        yield statement.becomes("every action of every service is allowed.", (("Action",), "*"))


def _all_but(statement: Statement) -> Iterator[Weakening]:
    if statement.allows and statement.actions and "*" not in statement.actions:
        yield statement.becomes(
            "every action but one is allowed.",
            (("Action",), REMOVED),
            (("NotAction",), "organizations:LeaveOrganization"),
        )


def _denied_action_out(statement: Statement) -> Iterator[Weakening]:
    """Every action of an organization's policy; elsewhere the first of each service, for its equals."""
    written = entries(statement.body.get("Action"))
    if not statement.denies or len(written) < 2:  # noqa: PLR2004 - the only one goes with its statement
        return
    seen: list[str] = []
    for index, action in enumerate(written):
        service = action.partition(":")[0] if isinstance(action, str) else ""
        seen.append(service)
        if statement.kind is not Kind.ORGANIZATION and seen.count(service) > 1:
            continue
        if is_redundant(statement, [action]):
            continue
        left = [*written[:index], *written[index + 1 :]]
        yield statement.becomes(f"{action} is not denied any more.", (("Action",), left))


MODEL_SERVICE, SERVICE = for_statements("policy-action-service", _GRANTING, _service)
MODEL_EVERYTHING, EVERYTHING = for_statements("policy-action-everything", _GRANTING, _everything, once=True)
MODEL_ALL_BUT, ALL_BUT = for_statements("policy-not-action", (Kind.IDENTITY,), _all_but, once=True)
MODEL_DENIED_ACTION, DENIED_ACTION = for_statements(
    "policy-denied-action-out", (*_GRANTING, Kind.ORGANIZATION), _denied_action_out
)
