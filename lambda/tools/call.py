"""The payload of the chat function: who asks, which tool, which arguments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, cast

from tool_calls import Person

_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,128}", re.ASCII)
_NAME: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}", re.ASCII)
_FIELDS: Final = frozenset({"request_id", "user_id", "roles", "tenant", "tool", "arguments"})


class CallError(ValueError):
    """The payload is not what the chat function sends; its text never repeats a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A payload whose frame is checked; tool and arguments are the model's and still are not.

    Args:
        request_id: Id of the guardrail function's invocation.
        caller: Who asks, by the verified token.
        tool: What the model named.
        arguments: What the model wrote.
    """

    request_id: str
    caller: Person
    tool: object
    arguments: object

    @classmethod
    def from_payload(cls, payload: object) -> Call:
        """Check the frame.

        Raises:
            CallError: A field is missing, unknown, or has another form.
        """
        if not isinstance(payload, dict):
            raise _malformed("payload")
        fields = cast("dict[str, object]", payload)
        if fields.keys() != _FIELDS:
            raise _malformed("payload")
        roles, tenant = fields["roles"], fields["tenant"]
        if not isinstance(roles, list):
            raise _malformed("roles")
        return cls(
            request_id=_text("request_id", fields["request_id"], _ID),
            caller=Person(
                user_id=_text("user_id", fields["user_id"], _ID),
                roles=tuple(_text("roles", role, _NAME) for role in cast("list[object]", roles)),
                tenant=None if tenant is None else _text("tenant", tenant, _NAME),
            ),
            tool=fields["tool"],
            arguments=fields["arguments"],
        )


def _text(name: str, value: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise _malformed(name)
    return value


def _malformed(name: str) -> CallError:
    return CallError(
        f"{name} is missing or malformed. Allowed: exactly {', '.join(sorted(_FIELDS))}. "
        "Only the chat function may call this one."
    )
