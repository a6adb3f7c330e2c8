"""Selectors of CSS, matched against the tree: yes, no, or maybe where only a browser can tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import tinycss2
from justhtml import Element
from tinycss2 import nth

from document_text.css_attributes import MAYBE, NO, YES, equal, has_attribute
from document_text.refusals import Refusal, RefusedError

_MOST_STEPS: Final = 5_000_000
# Nobody points at, types into or leads to anything in a page that lies still.
_STILL: Final = frozenset(
    [
        *(
            "hover",
            "focus",
            "focus-within",
            "focus-visible",
            "active",
            "target",
            "target-within",
            "fullscreen",
        ),
        *("modal", "popover-open", "-webkit-full-screen", "-moz-focusring", "user-invalid", "user-valid"),
    ]
)
_ANY: Final = frozenset(["is", "where", "matches", "-webkit-any", "-moz-any"])
_COUNTED: Final = {
    "nth-child": (False, False),
    "nth-last-child": (True, False),
    "nth-of-type": (False, True),
    "nth-last-of-type": (True, True),
}
_ENDS: Final = {
    "first-child": ("nth-child",),
    "last-child": ("nth-last-child",),
    "only-child": ("nth-child", "nth-last-child"),
    "first-of-type": ("nth-of-type",),
    "last-of-type": ("nth-last-of-type",),
    "only-of-type": ("nth-of-type", "nth-last-of-type"),
}
_BESIDE: Final = frozenset(["before", "after", "marker", "placeholder", "selection", "backdrop", "cue"])

Simple = tuple[str, Any]
Complex = list[tuple[str, list[Simple]]]


def parsed(prelude: list[Any]) -> list[Complex]:
    """The selectors of a list, each from left to right: how a part follows the one before, and the part."""
    found: list[Complex] = []
    for tokens in _split(prelude):
        parts: Complex = [("", [])]
        for token in tokens:
            how = " " if token.type == "whitespace" else token.value if token.type == "literal" else ""
            if how in (" ", ">", "+", "~"):
                _combine(parts, how)
            else:
                parts[-1][1].append(token)
        if not parts[-1][1]:
            parts.pop()
        if parts:
            found.append([(how, _simples(part)) for how, part in parts])
    return found


def _combine(parts: Complex, how: str) -> None:
    if parts[-1][1]:
        parts.append((how, []))
    elif how != " ":
        parts[-1] = (how, [])


def _split(tokens: list[Any]) -> list[list[Any]]:
    found: list[list[Any]] = [[]]
    for part in tokens:
        if part == ",":
            found.append([])
        elif part.type != "comment":
            found[-1].append(part)
    return found


def _simples(tokens: list[Any]) -> list[Simple]:
    found: list[Simple] = []
    waiting: list[Any] = list(tokens)
    while waiting:
        part: Any = waiting.pop(0)
        sign = part.value if part.type == "literal" else ""
        if _starts(waiting, "|"):
            waiting.pop(0)
            found.append(("odd", None))
        elif part.type == "ident":
            found.append(("tag", part.lower_value))
        elif sign == "*":
            continue
        elif part.type == "hash":
            found.append(("id", part.value))
        elif sign == "." and waiting and waiting[0].type == "ident":
            found.append(("class", waiting.pop(0).value))
        elif part.type == "[] block":
            found.append(("attribute", [part for part in part.content if part.type != "whitespace"]))
        elif sign == ":" and waiting:
            twice = _starts(waiting, ":") and bool(waiting.pop(0))
            found.append(("element" if twice else "pseudo", waiting.pop(0)) if waiting else ("odd", None))
        else:
            found.append(("odd", None))
    return found


def _starts(tokens: list[Any], sign: str) -> bool:
    return bool(tokens) and tokens[0].type == "literal" and tokens[0].value == sign


def weight(selector: Complex) -> tuple[int, int, int]:
    """How much a selector counts against others."""
    kinds = [simple[0] for _, part in selector for simple in part]
    return kinds.count("id"), len([kind for kind in kinds if kind not in ("id", "tag")]), kinds.count("tag")


@dataclass(slots=True)
class Matcher:
    """Matches selectors against the elements of one page. What cannot be told is ``MAYBE``."""

    _steps: int = 0
    _places: dict[int, dict[int, tuple[int, int, int, int]]] = field(
        default_factory=dict[int, dict[int, tuple[int, int, int, int]]]
    )

    def matches(self, selector: Complex, element: Any) -> int:
        """How sure it is that a selector means an element.

        Raises:
            RefusedError: The page asks too much.
        """
        return self._from(selector, len(selector) - 1, element)

    def _from(self, selector: Complex, at: int, element: Any) -> int:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise RefusedError(Refusal.TOO_COMPLEX)
        how, part = selector[at]
        here = self._part(part, element)
        if here == NO or at == 0:
            return here if not how else min(here, MAYBE)
        best = NO
        for other in self._related(how, element):
            best = max(best, self._from(selector, at - 1, other))
            if best == YES:
                break
        return min(here, best)

    def _related(self, how: str, element: Any) -> list[Any]:
        parent = element.parent
        if how in (" ", ">"):
            found: list[Any] = []
            while isinstance(parent, Element):
                found.append(parent)
                if how == ">":
                    break
                parent = parent.parent
            return found
        if parent is None:
            return []
        siblings = [child for child in parent.children if isinstance(child, Element)]
        before = siblings[: next(at for at, child in enumerate(siblings) if child is element)]
        return before[-1:] if how == "+" else before

    def _part(self, part: list[Simple], element: Any) -> int:
        best = YES
        for kind, value in part:
            best = min(best, self._simple(kind, value, element))
            if best == NO:
                break
        return best

    def _simple(self, kind: str, value: Any, element: Any) -> int:  # noqa: PLR0911 - a case for each kind
        match kind:
            case "tag":
                return YES if element.name.lower() == value else NO
            case "id":
                return equal(element.attrs.get("id") or "", value)
            case "class":
                names = (element.attrs.get("class") or "").split()
                return max((equal(name, value) for name in names), default=NO)
            case "attribute":
                return has_attribute(value, element)
            case "pseudo":
                return self._pseudo(value, element)
            case "element":
                name = getattr(value, "lower_value", getattr(value, "lower_name", ""))
                return NO if name in _BESIDE or name.startswith("-") else MAYBE
            case _:
                return MAYBE

    def _pseudo(self, token: Any, element: Any) -> int:  # noqa: PLR0911 - a case for each name
        if token.type == "function":
            return self._function(token, element)
        name = token.lower_value if token.type == "ident" else ""
        if name in _STILL or name in _BESIDE:
            return NO
        if name in _ENDS:
            return min(self._counted(counted, (0, 1), element) for counted in _ENDS[name])
        if name in ("link", "any-link"):
            return YES if "href" in element.attrs else NO
        if name == "root":
            return YES if element.name == "html" else NO
        if name == "empty":
            return NO if any(child.name != "#comment" for child in element.children) else YES
        return MAYBE

    def _function(self, token: Any, element: Any) -> int:
        name = token.lower_name
        if name in _ANY or name == "not":
            best = max((self.matches(inner, element) for inner in parsed(token.arguments)), default=NO)
            return YES - best if name == "not" else best
        if name in _COUNTED:
            counted = nth.parse_nth(token.arguments)
            return MAYBE if counted is None else self._counted(name, counted, element)
        return MAYBE

    def _counted(self, name: str, counted: tuple[int, int], element: Any) -> int:
        last, typed = _COUNTED[name]
        parent = element.parent
        if parent is None:
            return MAYBE
        if id(parent) not in self._places:
            self._places[id(parent)] = _places(parent)
        place = self._places[id(parent)][id(element)][2 * typed + last]
        step, first = counted
        away = place - first
        return YES if (away == 0 if step == 0 else away % step == 0 and away // step >= 0) else NO


def _places(parent: Any) -> dict[int, tuple[int, int, int, int]]:
    """Of each child: its number from the front and from the back, then the same among those of its name."""
    children = [child for child in parent.children if isinstance(child, Element)]
    front: dict[str, int] = {}
    back: dict[str, int] = {}
    from_back: dict[int, int] = {}
    for child in reversed(children):
        back[child.name] = from_back[id(child)] = back.get(child.name, 0) + 1
    found: dict[int, tuple[int, int, int, int]] = {}
    for at, child in enumerate(children, start=1):
        front[child.name] = front.get(child.name, 0) + 1
        found[id(child)] = (at, len(children) - at + 1, front[child.name], from_back[id(child)])
    return found


def within(parent: list[Any], nested: list[Any]) -> list[Any]:
    """The selector of a nested rule, written out."""
    outer = f":is({tinycss2.serialize(parent)})"
    text = tinycss2.serialize(nested)
    text = text.replace("&", outer) if "&" in text else f"{outer} {text}"
    found: list[Any] = tinycss2.parse_component_value_list(text, skip_comments=True)
    return found
