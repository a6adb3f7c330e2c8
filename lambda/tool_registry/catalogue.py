"""The two sample tools: one that reads, and one with effect. Yours go here."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tool_registry.arguments import Choice, Text, Whole
from tool_registry.errors import UnknownToolError
from tool_registry.tool import Effect, Tool

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_REFUND_CENTS: Final = 1_000_000
"""No refund is larger, whatever the policies say; their own limit is lower and a setting."""
_ORDER_ID: Final = Text(
    description="Id of the order: a letter, a dash and four to ten digits, for example A-1001.",
    pattern=r"[A-Z]-[0-9]{4,10}",
    longest=12,
)

ORDER_LOOKUP: Final = Tool(
    name="order_lookup",
    description="Look up one order: its status, date and total. Changes nothing.",
    effect=Effect.READ,
    arguments=MappingProxyType({"order_id": _ORDER_ID}),
    resource="order_id",
    limited=(),
    function="order_lookup",
)
REFUND: Final = Tool(
    name="refund",
    description="Ask for a refund of part or all of an order. A human decides on it later: "
    "tell the user that it waits, never that it was done.",
    effect=Effect.EFFECT,
    arguments=MappingProxyType(
        {
            "order_id": _ORDER_ID,
            "amount_cents": Whole(
                description="Amount in cents: 50 EUR is 5000.", least=1, most=MOST_REFUND_CENTS
            ),
            "currency": Choice(description="Currency of the order.", options=("EUR", "USD")),
        },
    ),
    resource="order_id",
    limited=("amount_cents", "currency"),
    function="refund",
)
TOOLS: Final[Mapping[str, Tool]] = MappingProxyType({tool.name: tool for tool in (ORDER_LOOKUP, REFUND)})
"""Every tool by its name."""


def tool_named(name: object) -> Tool:
    """The tool of this name.

    Args:
        name: What the model wrote.

    Raises:
        UnknownToolError: There is none; the text does not repeat the name.
    """
    tool = TOOLS.get(name) if isinstance(name, str) else None
    if tool is None:
        raise UnknownToolError(f"There is no such tool. Allowed: {', '.join(TOOLS)}.")
    return tool
