"""Reads as much of a Cedar policy as a rule needs: its effect, its scope, and whether it has a condition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r'//[^\n]*|"(?:\\.|[^"\\])*"|\s+|[A-Za-z_]\w*|.', re.DOTALL)
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_VARIABLES = ("principal", "action", "resource")


class CedarError(ValueError):
    """The text is not one Cedar policy."""


@dataclass(frozen=True)
class CedarPolicy:
    """One policy.

    Attributes:
        effect: `permit` or `forbid`.
        unbound: The variables of the scope that admit everything.
        conditions: Text of each `when` and `unless`, without blanks.
    """

    effect: str
    unbound: tuple[str, ...]
    conditions: tuple[str, ...]

    @property
    def admits_everything(self) -> bool:
        """Whether nothing of the policy narrows it."""
        narrowing = [text for text in self.conditions if text not in {"when{true}", "unless{false}"}]
        return len(self.unbound) == len(_VARIABLES) and not narrowing


def read_policy(statement: str) -> CedarPolicy:
    """Read one policy.

    Raises:
        CedarError: The text is none.
    """
    tokens = [token for token in _TOKEN.findall(statement) if not token.isspace() and token[:2] != "//"]
    while tokens[:1] == ["@"]:
        # An annotation: @name or @name("text").
        tokens = tokens[5:] if tokens[2:3] == ["("] else tokens[2:]
    if len(tokens) < len(_VARIABLES) or tokens[0] not in {"permit", "forbid"} or tokens[1] != "(":
        raise CedarError("the text does not begin with permit ( or forbid (")
    end = _end_of_group(tokens, 1)
    scope = list(_parts(tokens[2:end]))
    if [part[:1] for part in scope] != [[name] for name in _VARIABLES]:
        raise CedarError("the scope does not name principal, action and resource")
    unbound = tuple(part[0] for part in scope if len(part) == 1)
    return CedarPolicy(tokens[0], unbound, tuple(_conditions(tokens[end + 1 :])))


def _end_of_group(tokens: list[str], start: int) -> int:
    depth = 0
    for index in range(start, len(tokens)):
        depth += (tokens[index] in _OPEN) - (tokens[index] in _CLOSE)
        if depth == 0:
            return index
    raise CedarError("a bracket does not end")


def _parts(tokens: list[str]) -> Iterator[list[str]]:
    depth, start = 0, 0
    for index, each in enumerate(tokens):
        depth += (each in _OPEN) - (each in _CLOSE)
        if each == "," and depth == 0:
            yield tokens[start:index]
            start = index + 1
    if start < len(tokens):
        yield tokens[start:]


def _conditions(tokens: list[str]) -> Iterator[str]:
    while tokens and tokens != [";"]:
        if tokens[0] not in {"when", "unless"} or tokens[1:2] != ["{"]:
            raise CedarError("something else than when { or unless { follows the scope")
        end = _end_of_group(tokens, 1)
        yield "".join(tokens[: end + 1])
        tokens = tokens[end + 1 :]
