"""What a guardrail does with the entries of a list: block them, or only detect them."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Opaque, Value, dig, flag, items


def blocks_each(guardrail: Resource, path: str) -> Iterator[Answer]:
    """An answer for each entry of a list: it is switched on, and blocked in both directions.

    Args:
        guardrail: The guardrail.
        path: The list, such as `TopicPolicyConfig.TopicsConfig`. What it leaves out is blocked.
    """
    listed = guardrail.get(path)
    if isinstance(listed, Opaque):
        yield Unknown(path, listed.why)
        return
    for index, entry in enumerate(items(listed)):
        yield _blocks(entry, f"{path}.{index}")


def _blocks(entry: Value, path: str) -> Answer:
    if isinstance(entry, Opaque):
        return Unknown(path, entry.why)
    for side in ("Input", "Output"):
        action = dig(entry, f"{side}Action") or "BLOCK"
        enabled = flag(dig(entry, f"{side}Enabled"), default=True)
        for value in (action, enabled):
            if isinstance(value, Opaque):
                return Unknown(f"{path}.{side}Action", value.why)
        if action != "BLOCK" or not enabled:
            return NonCompliant(f"{path}.{side}Action", "it is only detected, or switched off")
    return Compliant("every entry is blocked in both directions")
