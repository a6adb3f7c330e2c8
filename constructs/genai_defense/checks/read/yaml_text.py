"""YAML as CloudFormation reads it: with short intrinsics, and with dates as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from genai_defense.checks.read.limits import MAX_DEPTH

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

# The C loader where PyYAML was built with it: ten times as fast.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OPENING = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_CLOSING = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


class _Loader(_Base):  # type: ignore[misc] # one of two, of which mypy knows neither
    """A safe loader that turns `!Ref` and its like into long-form intrinsics."""


def load_yaml(text: str) -> object:
    """Parse one YAML document.

    Args:
        text: The document.

    Returns:
        The value; aliases share their object, so walk it with a bound.

    Raises:
        ValueError: It is not YAML, holds several documents, or is nested too deeply.
    """
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Base):
            depth += isinstance(event, _OPENING) - isinstance(event, _CLOSING)
            if depth > MAX_DEPTH:
                raise ValueError(f"nested deeper than {MAX_DEPTH} levels")
            if isinstance(event, yaml.ScalarEvent) and event.value == "<<" and event.implicit[0]:
                raise ValueError(f"{_line(event)}: CloudFormation takes no merge keys (<<)")
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - derived from the safe loader
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(_in_one_line(error)) from error


def _line(event: yaml.Event) -> str:
    return f"line {event.start_mark.line + 1}" if event.start_mark else "somewhere"


def _in_one_line(error: Exception) -> str:
    mark: Any = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    where = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
    return " ".join(f"{problem}{where}".split())


def _intrinsic(loader: Any, suffix: str, node: yaml.Node) -> object:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = _mapping(loader, node)
    if suffix in {"Ref", "Condition"}:
        return {suffix: value}
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {f"Fn::{suffix}": value}


def _mapping(loader: Any, node: yaml.Node) -> dict[str, Any]:
    pairs: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return {_key(key): value for key, value in pairs.items()}


def _key(key: object) -> str:
    return {True: "true", False: "false"}[key] if isinstance(key, bool) else str(key)


def _plain_dates() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """The loader's guesses at a scalar's type, without the one that makes 2012-10-17 a date."""
    resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = _Base.yaml_implicit_resolvers
    return {
        first: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:timestamp"]
        for first, known in resolvers.items()
    }


_Loader.yaml_implicit_resolvers = _plain_dates()
_construct_intrinsic: Callable[..., object] = _intrinsic
_Loader.add_multi_constructor("!", _construct_intrinsic)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
