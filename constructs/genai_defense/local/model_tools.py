"""How the stand-in model uses tools: it calls whatever an order in its input asks for, wherever it stands."""

import json
import re
from collections.abc import Mapping
from typing import Any

_ORDER = r"(?P<order_id>[A-Z]-\d+)"
_REFUND = re.compile(
    rf"refund\s+order\s+{_ORDER}\D{{0,20}}(?P<amount>\d+)(?:\.(?P<cents>\d\d))?\s*(?P<currency>EUR|USD)",
    re.IGNORECASE,
)
_LOOKUP = re.compile(
    rf"(?:look\s*up|status\s+of|where\s+is|track)\s+(?:my\s+)?order\s+{_ORDER}", re.IGNORECASE
)
_FENCES = re.compile(r"</?data-[a-z]+>")
_MARKS = re.compile("[\ue000-\uf8ff]")


def wanted_call(text: str, offered: frozenset[str]) -> tuple[str, dict[str, Any]] | None:
    """The tool that a text asks for.

    Args:
        text: What a user, a document or a tool said: the stand-in makes no difference.
        offered: Names of the tools on offer.

    Returns:
        Name and arguments, or None.
    """
    if "refund" in offered and (match := _REFUND.search(text)):
        cents = int(match["amount"]) * 100 + int(match["cents"] or 0)
        arguments = {"amount_cents": cents, "currency": match["currency"].upper()}
        return "refund", {"order_id": match["order_id"].upper(), **arguments}
    if "order_lookup" in offered and (match := _LOOKUP.search(text)):
        return "order_lookup", {"order_id": match["order_id"].upper()}
    return None


def offered_tools(request: Mapping[str, Any]) -> frozenset[str]:
    """Names of the tools of a chat-completions request."""
    return frozenset(tool["function"]["name"] for tool in request.get("tools", []))


def retold(result: str) -> str:
    """A tool's result in the stand-in's words: an order as a sentence, anything else as it is."""
    plain = _MARKS.sub(" ", _FENCES.sub("", result)).strip()
    try:
        order: Any = json.loads(plain)
        total = f"{order['total_cents'] // 100}.{order['total_cents'] % 100:02d} {order['currency']}"
        return f"Order {order['order_id']} is {order['status']}, ordered on {order['ordered_on']}, {total}."
    except (ValueError, KeyError, TypeError):
        return plain


def as_message(name: str, arguments: Mapping[str, Any], number: int) -> dict[str, Any]:
    """An assistant message that calls a tool."""
    function = {"name": name, "arguments": json.dumps(dict(arguments))}
    call = {"id": f"call_{number}", "type": "function", "function": function}
    return {"role": "assistant", "content": "", "tool_calls": [call]}
