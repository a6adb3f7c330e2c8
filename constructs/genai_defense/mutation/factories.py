"""The frequent kinds of operators: a value that becomes a weaker one, a value that goes."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from genai_defense.mutation.edit import REMOVED
from genai_defense.mutation.operator import MutantClass, Operator, Site, Weakening
from genai_defense.mutation.places import is_plain, is_set, places, removal

GENAI = MutantClass.GENAI
CONVENTIONAL = MutantClass.CONVENTIONAL
Types: TypeAlias = str | tuple[str, ...]
Change: TypeAlias = Callable[[Any], Any]
"""From the value that stands there to the weaker one; `None` where there is none."""
Weaker: TypeAlias = Change | str | float | list[Any] | dict[str, Any]
"""The weaker value, or how it is made."""


def changed(  # noqa: PLR0917 - an operator reads like a row of a table
    id: str,  # noqa: A002 - as in `operator`
    mutant_class: MutantClass,
    types: Types,
    path: str,
    value: Weaker,
    sentence: str,
    *,
    unset: bool = False,
) -> Operator:
    """An operator that puts a weaker value wherever a path leads.

    Args:
        id: What it does.
        mutant_class: What its mutants are about.
        types: Types of resources.
        path: Dotted path below `Properties`; `*` is each entry of a list.
        value: The weaker value, or a function from the present value to it (`None`: leave it).
        sentence: What is weaker then; `{}` becomes the name of the entry.
        unset: Whether a missing value is strong, and is replaced as well.
    """

    def weaken(site: Site) -> Iterator[Weakening]:
        found = False
        for place in places(site.properties, path):
            found = True
            weaker = value(place.value) if callable(value) else value
            if weaker is not None and weaker != place.value:
                yield site.weakening(sentence.format(place.label), site.edit(place.path, weaker))
        if unset and not found:
            yield from _missing(site, path, value, sentence)

    return Operator(id=id, mutant_class=mutant_class, resource_types=_types(types), weaken=weaken)


def dropped(
    id: str,  # noqa: A002 - as in `operator`
    mutant_class: MutantClass,
    types: Types,
    path: str,
    sentence: str,
    *,
    when: Callable[[Any], bool] = is_set,
) -> Operator:
    """An operator that takes out what stands wherever a path leads.

    Args:
        id: What it does.
        mutant_class: What its mutants are about.
        types: Types of resources.
        path: Dotted path below `Properties`; `*` is each entry of a list.
        sentence: What is weaker then; `{}` becomes the name of the entry.
        when: Which values protect at all. Default: every one.
    """

    def weaken(site: Site) -> Iterator[Weakening]:
        for place in places(site.properties, path):
            if when(place.value):
                yield site.weakening(sentence.format(place.label), removal(site, place.path))

    return Operator(id=id, mutant_class=mutant_class, resource_types=_types(types), weaken=weaken)


def number(raw: object) -> float | None:
    """A number, written as one or as a text of digits."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        return raw
    try:
        return float(raw) if isinstance(raw, str) else None
    except ValueError:
        return None


def times(factor: float, *, most: float = 10**12) -> Change:
    """Multiply a number, up to the most that the service takes; a text stays a text."""

    def change(raw: Any) -> Any:
        known = number(raw)
        if known is None or known <= 0:
            return None
        weaker: float | int = min(known * factor, most)
        if weaker <= known:
            return None
        weaker = int(weaker) if weaker == int(weaker) else weaker
        return str(weaker) if isinstance(raw, str) else weaker

    return change


def at_most(low: float) -> Change:
    """Lower a number to this, where it is higher; a text stays a text, and an unknown value becomes it."""

    def change(raw: Any) -> Any:
        known = number(raw)
        if known is not None and known <= low:
            return None
        return str(low) if isinstance(raw, str) else low

    return change


def at_least(high: float) -> Change:
    """Raise a number to this, where it is lower; a text stays a text, and an unknown value becomes it."""

    def change(raw: Any) -> Any:
        known = number(raw)
        if known is not None and known >= high:
            return None
        return str(high) if isinstance(raw, str) else high

    return change


def _missing(site: Site, path: str, value: Weaker, sentence: str) -> Iterator[Weakening]:
    parent, _, key = path.rpartition(".")
    weaker = value(None) if callable(value) else value
    if weaker is None or weaker is REMOVED:
        return
    if "*" not in path:
        keys = path.split(".")
        if not all(
            site.get(*keys[:end]) is None or is_plain(site.get(*keys[:end])) for end in range(len(keys))
        ):
            return
        yield site.weakening(sentence.format(""), site.edit(tuple(path.split(".")), weaker))
        return
    for place in places(site.properties, parent):
        if is_plain(place.value):
            yield site.weakening(sentence.format(place.label), site.edit((*place.path, key), weaker))


def _types(types: Types) -> tuple[str, ...]:
    return (types,) if isinstance(types, str) else types
