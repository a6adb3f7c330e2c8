"""How long a managed policy is once IAM has it, and where that ends."""

import json
from collections.abc import Mapping
from typing import Any, Final

MOST_CHARS: Final = 6_144
"""The longest managed policy, without white space.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (read 2026-11-24).
"""
# What only a deployment knows is counted as long as an ARN of this kit gets.
_ARN_CHARS: Final = 90
_VERSION_CHARS: Final = 3


def length_of(document: Mapping[str, Any]) -> int:
    """Characters that IAM counts of a resolved document, in which intrinsic functions may stand.

    Args:
        document: A policy document as a template has it.
    """
    return len(json.dumps(_deployed(document), separators=(",", ":")))


def check_length(document: Mapping[str, Any], *, path: str) -> None:
    """Refuse a permissions boundary that IAM would refuse at deployment.

    Args:
        document: The resolved document.
        path: The boundary, for the message.

    Raises:
        ValueError: It is too long.
    """
    if (length := length_of(document)) > MOST_CHARS:
        raise ValueError(
            f"RuntimeBoundary {path}: the document has about {length} characters, and IAM takes {MOST_CHARS}."
            " It repeats each statement on models, and names each action, of the roles of its stack. Approve"
            " fewer models, move a function to another stack, or give a construct of the stack a boundary of"
            ' its own: RuntimeBoundary(construct, "Boundary").apply_to(construct).'
        )


def _deployed(value: Any) -> Any:
    if isinstance(value, list):
        listed: list[Any] = value  # pyright: ignore[reportUnknownVariableType] - JSON
        return [_deployed(entry) for entry in listed]
    if not isinstance(value, dict):
        return value
    fields: dict[str, Any] = value  # pyright: ignore[reportUnknownVariableType] - JSON
    if "Fn::Join" in fields:
        return "".join(_deployed(part) for part in fields["Fn::Join"][1])
    if fields == {"Ref": "AWS::AccountId"}:
        return "1" * 12
    if any(key == "Ref" or key.startswith("Fn::") for key in fields):
        return "x" * (_VERSION_CHARS if "'Version'" in str(fields) else _ARN_CHARS)
    return {key: _deployed(entry) for key, entry in fields.items()}
