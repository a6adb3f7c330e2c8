"""Values of a template made stricter: nothing that was in order is a finding then."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from genai_defense.checks.values import json_object

Body = dict[str, Any]

_RETENTIONS = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653)


def _longer(days: int) -> int:
    return next((each for each in _RETENTIONS if each > days), days)


def _half(value: int) -> int:
    return max(value // 2, 1)


_WORDS = {"InputStrength", "OutputStrength", "MinimumProtocolVersion"}
STRICTER: Mapping[str, Callable[[Any], Any]] = {
    "MinimumLength": lambda value: value + 4,
    "RetentionInDays": _longer,
    "ThrottlingBurstLimit": _half,
    "ThrottlingRateLimit": lambda value: value / 2,
    "ReservedConcurrentExecutions": _half,
    "PendingWindowInDays": lambda _: 30,
    "InputStrength": lambda value: value if value == "NONE" else "HIGH",
    "OutputStrength": lambda value: value if value == "NONE" else "HIGH",
    "AccessTokenValidity": _half,
    "IdTokenValidity": _half,
    "RefreshTokenValidity": _half,
    "maxLength": _half,
    "MinimumProtocolVersion": lambda value: "TLSv1.3_2025" if value == "TLSv1.2_2021" else value,
    "RecoveryPointRetention": _longer,
    "MinRetentionDays": _longer,
    "BackupRetentionPeriod": lambda value: min(35, value * 2),
    "MaxSessionDuration": lambda value: max(3600, value // 2),
    "IdleSessionTTLInSeconds": _half,
}
"""Property, to its value made stricter."""


def stricter(body: Body) -> Body:
    """A copy with every value that can be made stricter made so."""
    return {key: _made(key, value) for key, value in body.items()}


def _made(key: str, value: object) -> Any:
    if (inside := json_object(value)) is not None:
        if key == "RateBasedStatement" and isinstance(inside.get("Limit"), int):
            return {**inside, "Limit": max(10, inside["Limit"] // 2)}
        if isinstance(threshold := inside.get("Threshold"), float):
            return {**inside, "Threshold": min(0.99, threshold + 0.05)}
        return stricter(inside)
    if isinstance(value, list):
        return [_made("", each) for each in cast("list[object]", value)]
    if key in STRICTER and isinstance(value, str) == (key in _WORDS) and isinstance(value, int | float | str):
        return STRICTER[key](value)
    return value
