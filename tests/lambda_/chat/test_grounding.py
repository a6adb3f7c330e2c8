"""An answer that says what no passage does is told, and a check that fails holds nothing up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from chat.grounding import Grounding
from chat.spotlight import Spotlight


@dataclass
class Guard:
    """Stands for Bedrock."""

    answer: Any = None
    error: Exception | None = None
    asked: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def apply_guardrail(self, **arguments: Any) -> Any:
        self.asked.append(arguments)
        if self.error is not None:
            raise self.error
        return self.answer


@dataclass
class Named:
    """Names the guardrail."""

    guardrail_id: str = "g"
    guardrail_version: str = "3"


def _grounding(guard: Guard) -> Grounding:
    fake: Any = guard
    named: Any = Named()
    return Grounding(fake, named)


def _verdict(kind: str = "GROUNDING", action: str = "BLOCKED") -> dict[str, Any]:
    check = {"type": kind, "threshold": 0.7, "score": 0.1, "action": action}
    return {"action": "NONE", "assessments": [{"contextualGroundingPolicy": {"filters": [check]}}]}


def test_the_answer_is_compared_with_its_passages_and_its_question() -> None:
    guard = Guard(answer=_verdict())
    assert _grounding(guard).failed("When?", "At nine.", ["We open at ten.", "Not on Sunday."])
    (asked,) = guard.asked
    assert (asked["source"], asked["guardrailVersion"]) == ("OUTPUT", "3")
    assert [(one["text"]["qualifiers"], one["text"]["text"]) for one in asked["content"]] == [
        (["grounding_source"], "We open at ten.\n\nNot on Sunday."),
        (["query"], "When?"),
        (["guard_content"], "At nine."),
    ]


@pytest.mark.parametrize(
    "answer", [_verdict(action="NONE"), _verdict(kind="RELEVANCE"), {"action": "NONE", "assessments": []}]
)
def test_a_grounded_answer_is_not_told(answer: dict[str, Any]) -> None:
    assert not _grounding(Guard(answer=answer)).failed("When?", "At ten.", ["We open at ten."])


@pytest.mark.parametrize(
    "guard",
    [
        Guard(error=ClientError({"Error": {"Code": "ThrottlingException"}}, "ApplyGuardrail")),
        Guard(error=ReadTimeoutError(endpoint_url="https://bedrock")),
        Guard(answer={}),
        Guard(answer={"assessments": [{"contextualGroundingPolicy": None}]}),
    ],
)
def test_a_check_that_does_not_answer_holds_nothing_up(guard: Guard) -> None:
    assert not _grounding(guard).failed("When?", "At ten.", ["We open at ten."])


@pytest.mark.parametrize(("answer", "passages"), [("At ten.", []), (" ", ["We open at ten."])])
def test_without_passages_or_answer_nobody_is_asked(answer: str, passages: list[str]) -> None:
    guard = Guard(answer=_verdict())
    assert not _grounding(guard).failed("When?", answer, passages)
    assert guard.asked == []


def test_long_texts_are_cut_to_what_the_check_takes() -> None:
    guard = Guard(answer=_verdict())
    _grounding(guard).failed("q" * 5_000, "a" * 9_000, ["p" * 200_000])
    lengths = [len(one["text"]["text"]) for one in guard.asked[0]["content"]]
    assert lengths == [100_000, 1_000, 5_000]


def test_marks_and_fence_are_gone_before_the_comparison() -> None:
    spotlight = Spotlight("data-abcdefghijkl", "\ue123")
    assert spotlight.plain(spotlight.put("We open at ten.")) == "We open at ten."
