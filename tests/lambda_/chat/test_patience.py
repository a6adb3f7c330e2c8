"""Another attempt only where it may help, after a drawn wait, and never past the time."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)

from chat.completion import ModelBusyError
from chat.patience import PASSING, Patience, is_passing


def _error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "on purpose"}}, "Converse")


@dataclass
class _Time:
    """A clock that only sleeping moves."""

    now: float = 100.0
    waits: list[float] = field(default_factory=list[float])

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def _patience(time: _Time, draw: float = 1.0, attempts: int = 2) -> Patience:
    return Patience(attempts=attempts, clock=time.clock, sleep=time.sleep, draw=lambda: draw)


class _Model:
    """Fails with each error in turn, then answers."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.asked: list[str] = []

    def __call__(self, model_id: str) -> str:
        self.asked.append(model_id)
        if self.errors:
            raise self.errors.pop(0)
        return "answer"


@pytest.mark.parametrize("code", sorted(PASSING))
def test_what_may_pass_is_asked_again_whatever_its_capitals(code: str) -> None:
    assert is_passing(_error(code))
    assert is_passing(_error(code.replace("exception", "Exception").capitalize()))


@pytest.mark.parametrize(
    "error",
    [
        _error("AccessDeniedException"),
        _error("ValidationException"),
        ReadTimeoutError(endpoint_url="https://bedrock"),
        ZeroDivisionError(),
    ],
    ids=["denied", "invalid", "read timeout, which may have cost a whole answer", "a fault of ours"],
)
def test_what_cannot_pass_is_raised_at_once(error: Exception) -> None:
    time, model = _Time(), _Model(error)
    with pytest.raises(type(error)):
        _patience(time).ask(["first", "second"], model, 200)
    assert (model.asked, time.waits) == (["first"], [])


@pytest.mark.parametrize(
    "error",
    [ConnectTimeoutError(endpoint_url="https://b"), EndpointConnectionError(endpoint_url="https://b")],
)
def test_a_model_that_was_never_reached_is_asked_again(error: Exception) -> None:
    assert _patience(_Time()).ask(["first"], _Model(error), 200) == "answer"


def test_bounds_double_up_to_the_cap_and_waits_are_drawn_below_them() -> None:
    time = _Time()
    model = _Model(*[_error("ThrottlingException")] * 6)
    assert _patience(time, attempts=7).ask(["first"], model, 200) == "answer"
    assert time.waits == [0.25, 0.5, 1.0, 2.0, 2.0, 2.0]
    time = _Time()
    model = _Model(*[_error("ThrottlingException")] * 3)
    _patience(time, draw=0.1, attempts=4).ask(["first"], model, 200)
    assert time.waits == pytest.approx([0.025, 0.05, 0.1])


def test_the_fallback_is_asked_when_all_attempts_of_the_first_failed() -> None:
    model = _Model(*[_error("ThrottlingException")] * 3)
    assert _patience(_Time()).ask(["first", "second"], model, 200) == "answer"
    assert model.asked == ["first", "first", "second", "second"]


def test_no_attempt_begins_when_the_time_is_nearly_up() -> None:
    time, model = _Time(), _Model(*[_error("ThrottlingException")] * 9)
    with pytest.raises(ModelBusyError) as caught:
        _patience(time, attempts=9).ask(["first"], model, time.now + 2.0)
    assert isinstance(caught.value.__cause__, ClientError)
    assert time.now + 1.0 <= 102.0
    assert len(model.asked) == 3


def test_nothing_is_asked_when_there_is_no_time_at_all() -> None:
    time, model = _Time(), _Model()
    with pytest.raises(ModelBusyError):
        _patience(time).ask(["first"], model, time.now)
    assert model.asked == []
