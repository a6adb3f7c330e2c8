"""Writes out `Fn::ForEach`, which the transform of the language extensions does at deployment."""

import re
from typing import Any

from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.checks.values import json_list, json_object

_TRANSFORM = "AWS::LanguageExtensions"
_LOOP = "Fn::ForEach::"
_PARTS = 3
_MOST_COPIES = 2_000
"""Four times as many copies of bodies as a template may have resources."""


def expand_loops(body: dict[str, Any], name: str) -> dict[str, Any]:
    """Write out every loop of a template whose collection the template itself says.

    A collection is a list, or a parameter with a list as its default. Another one stays as it is, so that
    what it would have made is unknown.

    Args:
        body: A parsed template; it is not changed.
        name: Its name, for the message.

    Raises:
        UnusableInputError: The loops make more copies than any template has resources.

    Source:
        https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
        (read 2026-11-24)
    """
    transforms = body.get("Transform")
    if _TRANSFORM not in (transforms if isinstance(transforms, list) else [transforms]):
        return body
    loops = _Loops(json_object(body.get("Parameters")) or {}, name)
    return {section: loops.written_out(inner, {}) for section, inner in body.items()}


class _Loops:
    def __init__(self, parameters: dict[str, Any], name: str) -> None:
        self._parameters = parameters
        self._name = name
        self._copies = 0

    def written_out(self, value: Any, given: dict[str, str]) -> Any:
        """A value with its loops written out, and the loops' variables in it replaced."""
        if isinstance(value, str):
            return _replaced(value, given)
        if (listed := json_list(value)) or value == []:
            return [self.written_out(each, given) for each in listed]
        body = json_object(value)
        if body is None:
            return value
        if len(body) == 1 and isinstance(named := body.get("Ref"), str) and named in given:
            return given[named]
        found: dict[str, Any] = {}
        for key, inner in body.items():
            loop = self._loop(str(key), inner, given)
            if loop is None:
                found[_replaced(str(key), given)] = self.written_out(inner, given)
            else:
                found |= loop
        return found

    def _loop(self, key: str, raw: Any, given: dict[str, str]) -> dict[str, Any] | None:
        """What a loop makes; None where the entry is none, or nobody knows over what it runs."""
        parts = json_list(raw)
        if not key.startswith(_LOOP) or len(parts) != _PARTS or not isinstance(parts[0], str):
            return None
        over = self._collection(parts[1], given)
        if over is None:
            return None
        made: dict[str, Any] = {}
        for each in over:
            self._copies += 1
            if self._copies > _MOST_COPIES:
                raise UnusableInputError(
                    f"{self._name}: loops make more than {_MOST_COPIES:,} copies; no template is so large."
                )
            made |= json_object(self.written_out(parts[2], given | {parts[0]: each})) or {}
        return made

    def _collection(self, raw: Any, given: dict[str, str]) -> list[str] | None:
        named = (json_object(raw) or {}).get("Ref")
        if isinstance(named, str):
            default = (json_object(self._parameters.get(named)) or {}).get("Default")
            return [part.strip() for part in default.split(",")] if isinstance(default, str) else None
        written = [self.written_out(each, given) for each in json_list(raw)]
        return written if written and all(isinstance(each, str) for each in written) else None


def _replaced(text: str, given: dict[str, str]) -> str:
    """`${Name}` is the value; `&{Name}` is what of it a logical id may hold."""
    for name, value in given.items():
        text = text.replace(f"${{{name}}}", value)
        text = text.replace(f"&{{{name}}}", re.sub(r"[^A-Za-z0-9]", "", value))
    return text
