"""What a guardrail does with the entries of a list: stop them, or only detect them."""

from collections.abc import Collection, Iterator
from typing import Final

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Opaque, Value, dig, flag, items, shown

SIDES: Final = ("Input", "Output")
"""What users ask, and what the model answers."""
_BLOCKS: Final = ("BLOCK",)


def entries(guardrail: Resource, path: str) -> Iterator[tuple[str, Value]]:
    """Path and content of each entry of a list of a guardrail; the list itself where it is opaque."""
    listed = guardrail.get(path)
    if isinstance(listed, Opaque):
        yield path, listed
        return
    for index, entry in enumerate(items(listed)):
        yield f"{path}.{index}", entry


def blocks_each(guardrail: Resource, path: str) -> Iterator[Answer]:
    """An answer for each side of each entry of a list: it is switched on, and blocked.

    Args:
        guardrail: The guardrail.
        path: The list, such as `TopicPolicyConfig.TopicsConfig`. What it leaves out is blocked.
    """
    for place, entry in entries(guardrail, path):
        for side in SIDES:
            yield from stops(entry, place, side)


def stops(
    entry: Value, path: str, side: str, *, actions: Collection[str] = _BLOCKS, default: str | None = "BLOCK"
) -> Iterator[Answer]:
    """Answers on one side of an entry: what it does there, and whether it is evaluated at all.

    Args:
        entry: The entry; the action of a side wins over the common one.
        path: Where it stands.
        side: `Input` or `Output`.
        actions: Those that stop.
        default: The action where none is named.
    """
    if isinstance(entry, Opaque):
        yield Unknown(path, entry.why)
        return
    name = action_name(entry, side)
    action = default if dig(entry, name) is None else dig(entry, name)
    if isinstance(action, Opaque):
        yield Unknown(f"{path}.{name}", action.why)
    elif action not in actions:
        yield NonCompliant(f"{path}.{name}", f"{shown(action)} only detects it on {side.lower()}")
    yield switched_on(entry, path, f"{side}Enabled")


def action_name(entry: Value, side: str) -> str:
    """Which property of an entry says what is done on one side."""
    own = f"{side}Action"
    return "Action" if dig(entry, own) is None and dig(entry, "Action") is not None else own


def switched_on(entry: Value, path: str, name: str) -> Answer:
    """Whether an entry is evaluated, which it is by default."""
    enabled = flag(dig(entry, name), default=True)
    if isinstance(enabled, Opaque):
        return Unknown(f"{path}.{name}", enabled.why)
    if not enabled:
        return NonCompliant(f"{path}.{name}", "it is switched off")
    return Compliant("every entry is evaluated, and stopped")
