"""What the adaptor's resource handlers share."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from genai_defense.local.clients import emulator_module

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Props = dict[str, Any]
Result = tuple[str, dict[str, Any]]
Handlers = dict[str, dict[str, Any]]


class Fidelity(StrEnum):
    """How much of a resource type the local run is.

    `REAL`: the emulator's service holds it and acts on it. `RECORDED`: its properties are kept and answered,
    nothing acts on them. `NOT_MODELLED`: it is accepted and forgotten.
    """

    REAL = "real"
    RECORDED = "recorded only"
    NOT_MODELLED = "not modelled"


@dataclass(frozen=True, kw_only=True)
class Provisioner:
    """Creates and deletes resources of one CloudFormation type in the emulator.

    Attributes:
        create: From logical id, resolved properties and stack name to physical id (`Ref`) and attributes
            (`GetAtt`).
        delete: From physical id and properties.
    """

    create: Callable[[str, Props, str], Result]
    delete: Callable[[str, Props], None]

    def handlers(self) -> dict[str, Any]:
        """The entry for the emulator's table. An update replaces: the old one first, for names are unique."""
        gone: set[str] = set()

        def update(physical_id: str, old: Props, new: Props, stack_name: str, logical_id: str) -> Result:
            self.delete(physical_id, old)
            created, attributes = self.create(logical_id, new, stack_name)
            if created != physical_id:
                gone.add(physical_id)
            return created, attributes

        def delete(physical_id: str, props: Props) -> None:
            # After a replacement the emulator asks for the predecessor's end once more.
            if physical_id in gone:
                gone.remove(physical_id)
            else:
                self.delete(physical_id, props)

        return {"create": self.create, "update": update, "update_with_logical_id": True, "delete": delete}


def account_and_region() -> tuple[str, str]:
    """Of the stack that is being deployed."""
    responses = emulator_module("core.responses")
    return responses.get_account_id(), responses.get_region()


def stable_hex(*parts: str, length: int) -> str:
    """An id that is the same for the same resource of the same stack."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:length]


def physical_name(stack_name: str, logical_id: str) -> str:
    """The name that CloudFormation would make up."""
    return f"{stack_name}-{logical_id}-{stable_hex(stack_name, logical_id, length=12)}"


def picked(props: Props, *names: str) -> Props:
    """The named properties that are set: CloudFormation and the API spell these the same."""
    return {name: props[name] for name in names if props.get(name) is not None}


def renamed(value: Json, name: Callable[[str], str]) -> Json:
    """JSON with other keys, and with booleans that a template carries as strings turned into booleans."""
    if isinstance(value, dict):
        return {name(key): renamed(item, name) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item, name) for item in value]
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def typed(value: Any) -> Any:
    """Template values as API values, under the same names."""
    return renamed(value, lambda key: key)
