"""The state machine: each step may be taken again, and a failed action hides no other."""

from typing import Any

import pytest

from genai_defense.organization.response_workflow import response_workflow


@pytest.fixture
def states() -> dict[str, Any]:
    states: dict[str, Any] = response_workflow(
        decision_function_arn="arn:decision", responder_function_arn="arn:responder"
    )["States"]
    return states


def _tasks(states: dict[str, Any]) -> dict[str, Any]:
    inner: dict[str, Any] = states["Act"]["ItemProcessor"]["States"]
    return {name: state for name, state in {**states, **inner}.items() if state["Type"] == "Task"}


def test_every_task_is_tried_again(states: dict[str, Any]) -> None:
    for name, task in _tasks(states).items():
        throttled, retry = task["Retry"]
        assert throttled["ErrorEquals"] == ["Lambda.TooManyRequestsException"], name
        assert retry["MaxAttempts"] >= 3


def test_a_burst_waits_for_its_turn_and_is_not_lost() -> None:
    """Reserved concurrency bounds how much is decided at once; so waiting must fit into the execution."""
    definition = response_workflow(decision_function_arn="arn:decision", responder_function_arn="arn:act")
    throttled, _ = definition["States"]["Decide"]["Retry"]
    waits = [
        min(throttled["MaxDelaySeconds"], throttled["IntervalSeconds"] * throttled["BackoffRate"] ** attempt)
        for attempt in range(throttled["MaxAttempts"])
    ]
    assert throttled["JitterStrategy"] == "FULL", "or a burst comes back as a burst"
    assert 300 < sum(waits) < definition["TimeoutSeconds"] / 2


def test_the_function_that_decides_is_not_the_one_that_acts(states: dict[str, Any]) -> None:
    functions = {name: task["Parameters"]["FunctionName"] for name, task in _tasks(states).items()}
    assert functions == {"Decide": "arn:decision", "Do": "arn:responder", "Tell": "arn:responder"}


def test_an_action_that_fails_is_told_and_the_others_are_done(states: dict[str, Any]) -> None:
    (catch,) = states["Act"]["ItemProcessor"]["States"]["Do"]["Catch"]
    assert (catch["ErrorEquals"], catch["Next"], catch["ResultPath"]) == (["States.ALL"], "Failed", "$.error")
    assert states["Act"]["Next"] == "Tell"


def test_an_event_without_consequence_ends_at_once(states: dict[str, Any]) -> None:
    assert states["AnythingToDo"]["Default"] == "Nothing"
    assert states["Nothing"]["Type"] == "Succeed"


def test_no_state_gives_a_null_that_cloudformation_would_drop(states: dict[str, Any]) -> None:
    assert "None" not in str(states)
