"""Which part of a request a statement looks at, and what it does when WAF does not see all of it."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import parse_qsl

from genai_defense.proofs.waf.errors import NotEvaluableError
from genai_defense.proofs.waf.request import Request

_HEADER_BYTES = 8 * 1024
_HEADERS = 200


@dataclass(frozen=True)
class Seen:
    """What WAF sees of a part of the request.

    Attributes:
        texts: What the statement compares; it matches when one of them does.
        decided: Set when the oversize handling or a fallback has decided already.
    """

    texts: tuple[bytes, ...] = ()
    decided: bool | None = None


def seen(field_to_match: Mapping[str, Any], request: Request, body_bytes: int) -> Seen:
    """What a `FieldToMatch` takes from a request.

    Args:
        field_to_match: The property of a statement.
        request: The request.
        body_bytes: How much of a body WAF sees.

    Raises:
        NotEvaluableError: The field is not known, or is not exactly one.
    """
    if len(field_to_match) != 1:
        raise NotEvaluableError(f"FieldToMatch must name one field, this names {sorted(field_to_match)}.")
    ((kind, options),) = field_to_match.items()
    if kind in ("Body", "JsonBody"):
        return _body(kind, options, request, body_bytes)
    reader = _READERS.get(kind)
    if reader is None:
        raise NotEvaluableError(f"FieldToMatch {kind} is not known; known are {', '.join(_READERS)}.")
    return reader(options, request)


def _over(options: Mapping[str, Any], texts: tuple[bytes, ...]) -> Seen:
    """A part that WAF does not see whole, by the statement's `OversizeHandling`."""
    handling = options.get("OversizeHandling", "CONTINUE")
    if handling not in ("CONTINUE", "MATCH", "NO_MATCH"):
        raise NotEvaluableError(f"OversizeHandling {handling!r} is none that WAF has.")
    return Seen(texts, None if handling == "CONTINUE" else handling == "MATCH")


def _body(kind: str, options: Mapping[str, Any], request: Request, body_bytes: int) -> Seen:
    visible = request.body[:body_bytes]
    texts = (visible,) if kind == "Body" else _json_texts(options, visible)
    if len(request.body) > body_bytes:
        return _over(options, texts if isinstance(texts, tuple) else (visible,))
    return Seen(decided=texts) if isinstance(texts, bool) else Seen(texts)


def _json_texts(options: Mapping[str, Any], body: bytes) -> tuple[bytes, ...] | bool:
    if options.get("MatchPattern", {}).keys() != {"All"}:
        raise NotEvaluableError("JsonBody with included paths is not known; All is.")
    scope = options.get("MatchScope", "ALL")
    try:
        document: Any = json.loads(body)
    except ValueError:
        # WAF inspects the body up to the first fault; without a fallback nothing more is promised.
        fallback = options.get("InvalidFallbackBehavior", "EVALUATE_AS_STRING")
        return (body,) if fallback == "EVALUATE_AS_STRING" else fallback == "MATCH"
    return tuple(text.encode() for kind, text in _leaves(document) if scope in ("ALL", kind))


def _leaves(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in cast("dict[str, Any]", value).items():
            yield "KEY", key
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:  # pyright: ignore[reportUnknownVariableType] - JSON
            yield from _leaves(inner)
    else:
        yield "VALUE", value if isinstance(value, str) else json.dumps(value)


def _chosen(
    options: Mapping[str, Any], pairs: list[tuple[str, str]], included: str, excluded: str
) -> tuple[bytes, ...]:
    """Keys and values of headers or cookies, by `MatchPattern` and `MatchScope`."""
    pattern: Mapping[str, Any] = options["MatchPattern"]
    scope = options["MatchScope"]
    if included in pattern:
        names = {str(name).lower() for name in pattern[included]}
        pairs = [pair for pair in pairs if pair[0].lower() in names]
    elif excluded in pattern:
        names = {str(name).lower() for name in pattern[excluded]}
        pairs = [pair for pair in pairs if pair[0].lower() not in names]
    elif "All" not in pattern:
        raise NotEvaluableError(f"MatchPattern {sorted(pattern)} is not known.")
    keys = [key.encode() for key, _ in pairs] if scope in ("ALL", "KEY") else []
    values = [value.encode() for _, value in pairs] if scope in ("ALL", "VALUE") else []
    return (*keys, *values)


def _within(pairs: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], bool]:
    """The first 200 pairs and 8 KB, and whether that is all."""
    kept: list[tuple[str, str]] = []
    size = 0
    for name, value in pairs[:_HEADERS]:
        size += len(name) + len(value)
        if size > _HEADER_BYTES:
            break
        kept.append((name, value))
    return kept, len(kept) == len(pairs)


def _headers(options: Mapping[str, Any], request: Request) -> Seen:
    kept, whole = _within(list(request.headers))
    texts = _chosen(options, kept, "IncludedHeaders", "ExcludedHeaders")
    return Seen(texts) if whole else _over(options, texts)


def _cookies(options: Mapping[str, Any], request: Request) -> Seen:
    text = request.header("cookie") or ""
    split = (part.strip().partition("=") for part in re.split(r"[;,]", text) if part.strip())
    kept, whole = _within([(name, value) for name, _, value in split])
    texts = _chosen(options, kept, "IncludedCookies", "ExcludedCookies")
    return Seen(texts) if whole else _over(options, texts)


def _header_order(options: Mapping[str, Any], request: Request) -> Seen:
    kept, whole = _within(list(request.headers))
    texts = (":".join(name.lower() for name, _ in kept).encode(),)
    return Seen(texts) if whole else _over(options, texts)


def _single_header(options: Mapping[str, Any], request: Request) -> Seen:
    value = request.header(str(options["Name"]))
    return Seen() if value is None else Seen((value.encode(errors="surrogateescape"),))


def arguments(request: Request) -> list[tuple[str, str]]:
    """Names and decoded values of the query."""
    return parse_qsl(request.query, keep_blank_values=True)


def _single_argument(options: Mapping[str, Any], request: Request) -> Seen:
    name = str(options["Name"]).lower()
    return Seen(tuple(value.encode() for key, value in arguments(request) if key.lower() == name))


_READERS: Mapping[str, Callable[[Mapping[str, Any], Request], Seen]] = {
    "AllQueryArguments": lambda _, request: Seen(
        tuple(text.encode() for pair in arguments(request) for text in pair)
    ),
    "Cookies": _cookies,
    "HeaderOrder": _header_order,
    "Headers": _headers,
    "Method": lambda _, request: Seen((request.method.encode(),)),
    "QueryString": lambda _, request: Seen((request.query.encode(),)),
    "SingleHeader": _single_header,
    "SingleQueryArgument": _single_argument,
    "UriPath": lambda _, request: Seen((request.path.encode(errors="surrogateescape"),)),
}
