"""The load step fails when a request is lost, counted twice or spent beyond the quota."""

from collections import Counter
from dataclasses import replace

import pytest

from genai_defense.local.steps_load import CLIENTS, LEFT, REQUESTS, Account, Client, fault_of, verdict_of

EACH = REQUESTS // CLIENTS
SOUND = Account(requests=LEFT, tokens=100, spent=100)


def _client(answered: int = LEFT, **outcomes: int) -> Client:
    ids = [f"request-{number}" for number in range(answered)]
    rest = {"quota_exceeded": EACH - answered - sum(outcomes.values())}
    return Client("sub", "token", Counter(answered=answered, **outcomes, **rest), ids)


def test_every_request_decided_once_and_the_quota_kept_is_a_pass() -> None:
    said, passed = verdict_of([_client()] * CLIENTS, [SOUND] * CLIENTS)
    assert passed
    assert said.startswith(f"{CLIENTS * LEFT} answered, {REQUESTS - CLIENTS * LEFT} quota_exceeded")


def test_a_lost_request_is_a_fault() -> None:
    lost = _client()
    lost.outcomes["quota_exceeded"] -= 1
    said, passed = verdict_of([lost, *[_client()] * (CLIENTS - 1)], [SOUND] * CLIENTS)
    assert not passed
    assert f"{REQUESTS - 1} of {REQUESTS} decided" in said


def test_a_load_under_which_nobody_is_answered_shows_nothing() -> None:
    none = Client("sub", "token", Counter(quota_exceeded=EACH))
    assert not verdict_of([none] * CLIENTS, [replace(SOUND, requests=0, tokens=0, spent=0)] * CLIENTS)[1]


def test_an_outcome_that_nobody_knows_is_a_fault() -> None:
    odd = _client(surprising=1)
    assert not verdict_of([odd, *[_client()] * (CLIENTS - 1)], [SOUND] * CLIENTS)[1]


@pytest.mark.parametrize(
    ("client", "account"),
    [
        (_client(LEFT + 1), replace(SOUND, requests=LEFT + 1)),
        (_client(), replace(SOUND, requests=LEFT + 1)),
        (_client(), replace(SOUND, requests=LEFT - 1)),
        (_client(), replace(SOUND, tokens=99)),
        (_client(), replace(SOUND, tokens=101)),
        (_client(LEFT - 1, unavailable=1), replace(SOUND, tokens=99)),
        (_client(LEFT - 2, unavailable=1), SOUND),
    ],
)
def test_a_count_that_does_not_agree_is_a_fault(client: Client, account: Account) -> None:
    assert fault_of(client, account)


def test_an_answer_that_came_twice_is_a_fault() -> None:
    client = _client()
    client.answered[1] = client.answered[0]
    assert fault_of(client, SOUND)


def test_what_failed_after_it_was_counted_may_stay_counted() -> None:
    failed = _client(LEFT - 1, unavailable=1)
    assert fault_of(failed, replace(SOUND, tokens=150)) is None
    assert fault_of(failed, replace(SOUND, requests=LEFT - 1)) is None
