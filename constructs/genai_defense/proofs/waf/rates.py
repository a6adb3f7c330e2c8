"""Rate-based statements: how many requests of one kind came in the window that ends now."""

from collections import defaultdict, deque
from collections.abc import Mapping
from typing import Any

from genai_defense.proofs.waf.addresses import forwarded
from genai_defense.proofs.waf.errors import NotEvaluableError
from genai_defense.proofs.waf.fields import arguments
from genai_defense.proofs.waf.request import Request
from genai_defense.proofs.waf.transformations import transformed

_WINDOWS = (60, 120, 300, 600)
_DEFAULT_WINDOW = 300
_TAKES_TEXT = ("Header", "Cookie", "QueryArgument", "QueryString", "UriPath")


class RateCounter:
    """Counts exactly and at once. AWS counts the same windows, but some seconds late and approximately."""

    def __init__(self) -> None:
        self._times: dict[tuple[str, tuple[bytes, ...]], deque[float]] = defaultdict(deque)

    def exceeds(self, rule: str, statement: Mapping[str, Any], key: tuple[bytes, ...], now: float) -> bool:
        """Count a request; whether it is one too many.

        Args:
            rule: Name of the rule: each counts for itself.
            statement: The `RateBasedStatement`.
            key: What the requests are told apart by.
            now: When it came.

        Raises:
            NotEvaluableError: The window is none that WAF has.
        """
        window = int(statement.get("EvaluationWindowSec", _DEFAULT_WINDOW))
        if window not in _WINDOWS:
            raise NotEvaluableError(f"A window of {window} s is none that WAF has; it has {_WINDOWS}.")
        times = self._times[rule, key]
        while times and times[0] <= now - window:
            times.popleft()
        times.append(now)
        return len(times) > int(statement["Limit"])


def aggregation_key(
    statement: Mapping[str, Any], request: Request, labels: Mapping[str, None]
) -> tuple[bytes, ...] | bool:
    """What a rate-based statement tells a request apart by.

    Returns:
        The key; False when the request is not counted; True when a fallback says that it matches.

    Raises:
        NotEvaluableError: The kind of key is not known.
    """
    kind = statement["AggregateKeyType"]
    if kind == "CONSTANT":
        return ()
    if kind == "IP":
        return (request.client_address.encode(),)
    if kind == "FORWARDED_IP":
        return _forwarded_key(statement["ForwardedIPConfig"], request)
    if kind != "CUSTOM_KEYS":
        raise NotEvaluableError(f"AggregateKeyType {kind!r} is none that WAF has.")
    parts: list[bytes] = []
    for custom in statement["CustomKeys"]:
        if len(custom) != 1:
            raise NotEvaluableError(f"A custom key must name one component, this names {sorted(custom)}.")
        ((component, options),) = custom.items()
        if component == "ForwardedIP":
            part = _forwarded_key(statement["ForwardedIPConfig"], request)
        else:
            part = _component(component, options, request, labels)
        if isinstance(part, bool):
            return part
        parts.extend(part)
    return tuple(parts)


def _forwarded_key(config: Mapping[str, Any], request: Request) -> tuple[bytes, ...] | bool:
    origin = forwarded(config, request)
    if origin.decided is not None:
        return origin.decided
    return (origin.addresses[0].encode(),) if origin.addresses else False


def _component(
    component: str, options: Mapping[str, Any], request: Request, labels: Mapping[str, None]
) -> tuple[bytes, ...] | bool:
    """A custom key's value; False when the request has none, for then it is not counted."""
    if component == "IP":
        return (request.client_address.encode(),)
    if component == "HTTPMethod":
        return (request.method.encode(),)
    if component == "LabelNamespace":
        found = [label for label in labels if label.startswith(str(options["Namespace"]))]
        return tuple(label.encode() for label in found) or False
    if component not in _TAKES_TEXT:
        raise NotEvaluableError(f"The custom key {component} is not known.")
    text = _text(component, str(options.get("Name", "")).lower(), request)
    return False if text is None else (transformed(text.encode(), options["TextTransformations"]),)


def _text(component: str, name: str, request: Request) -> str | None:
    if component == "Header":
        return request.header(name)
    if component == "UriPath":
        return request.path
    if component == "QueryString":
        return request.query or None
    if component == "QueryArgument":
        return next((value for key, value in arguments(request) if key.lower() == name), None)
    cookies = (part.strip().partition("=") for part in (request.header("cookie") or "").split(";"))
    return next((value for key, _, value in cookies if key.lower() == name), None)
