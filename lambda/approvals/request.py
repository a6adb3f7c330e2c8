"""Reading the API Gateway event: a list, or one decision."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

_APPROVAL_ID: Final = re.compile(r"[0-9a-f-]{36}", re.ASCII)


class Decision(StrEnum):
    """What a human may say."""

    APPROVE = "approve"
    REFUSE = "refuse"


class InvalidRequestError(ValueError):
    """The request is malformed; its text is for the user and quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class DecisionRequest:
    """A decision on one approval.

    Args:
        approval_id: Which.
        decision: What.
    """

    approval_id: str
    decision: Decision


def decision_of(event: Mapping[str, Any]) -> DecisionRequest | None:
    """The decision that the event brings; None when it asks for the list.

    Raises:
        InvalidRequestError: It is neither, or its body breaks the schema.
    """
    method, given = event.get("httpMethod"), event.get("pathParameters")
    parameters = cast("dict[str, object]", given) if isinstance(given, dict) else {}
    if method == "GET" and not parameters:
        return None
    approval_id = parameters.get("approval_id")
    if method != "POST" or not isinstance(approval_id, str) or not _APPROVAL_ID.fullmatch(approval_id):
        raise InvalidRequestError("There is no such approval.")
    return DecisionRequest(approval_id, _decision(event.get("body")))


def _decision(body: object) -> Decision:
    try:
        parsed: object = json.loads(body) if isinstance(body, str) else None
    except (ValueError, RecursionError):
        parsed = None
    fields = cast("dict[str, object]", parsed) if isinstance(parsed, dict) else {}
    word = fields.get("decision")
    if fields.keys() != {"decision"} or word not in tuple(Decision):
        raise InvalidRequestError('The body must be JSON: "decision" is "approve" or "refuse", and no more.')
    return Decision(cast("str", word))
