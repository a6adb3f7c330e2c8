"""Whatever happens, CloudFormation gets exactly one answer, and no secret leaves."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from custom_resource import NotDeliveredError, Outcome, RefusedError, RequestError, answer, response

if TYPE_CHECKING:
    import io
    from collections.abc import Callable

    from aws_lambda_powertools.utilities.typing import LambdaContext

    from custom_resource import Request
    from tests.lambda_.custom_resource.conftest import Receiver

LONG = 60_000


class Things:
    """A provider that remembers what it was asked, and does what a test says."""

    def __init__(self, does: Callable[[Request], Outcome] | None = None) -> None:
        self.asked: list[tuple[str, str]] = []
        self._does = does

    def _act(self, call: str, request: Request) -> Outcome:
        self.asked.append((call, request.physical_id))
        return self._does(request) if self._does else Outcome(data={"Arn": "arn:thing"})

    def create(self, request: Request) -> Outcome:
        return self._act("create", request)

    def update(self, request: Request) -> Outcome:
        return self._act("update", request)

    def delete(self, request: Request) -> Outcome:
        return self._act("delete", request)


def _raising(error: Exception) -> Callable[[Request], Outcome]:
    def fail(_request: Request) -> Outcome:
        raise error

    return fail


@pytest.fixture
def ask(event: Callable[..., dict[str, Any]], timed: Callable[[int], LambdaContext]) -> Callable[..., None]:
    """Send a request to a provider."""

    def send(things: Things, kind: str = "Create", *, left: int = LONG, **changes: Any) -> None:
        answer(event(kind, **changes), timed(left), provider=lambda: things)

    return send


@pytest.mark.parametrize(("kind", "call"), [("Create", "create"), ("Update", "update"), ("Delete", "delete")])
def test_each_request_reaches_its_method_and_is_answered(
    ask: Callable[..., None], receiver: Receiver, kind: str, call: str
) -> None:
    things = Things()
    ask(things, kind)
    ((called, physical_id),) = things.asked
    assert called == call
    assert receiver.body["Status"] == "SUCCESS"
    assert receiver.body["PhysicalResourceId"] == physical_id
    assert receiver.body["Data"] == {"Arn": "arn:thing"}
    assert receiver.body["StackId"].endswith("stack/Chat/1")
    assert (receiver.body["RequestId"], receiver.body["LogicalResourceId"]) == ("request-1", "Thing")


def test_the_answer_keeps_the_query_and_sends_no_content_type(
    ask: Callable[..., None], receiver: Receiver
) -> None:
    """The pre-signed address holds for exactly that."""
    ask(Things())
    assert receiver.answers[0]["path"] == "/answer?X-Amz-Signature=5ecre7"
    assert receiver.answers[0]["type"] == ""


def test_a_provider_may_name_the_resource_and_hide_its_data(
    ask: Callable[..., None], receiver: Receiver
) -> None:
    ask(Things(lambda _request: Outcome(physical_id="named", no_echo=True)))
    assert (receiver.body["PhysicalResourceId"], receiver.body["NoEcho"]) == ("named", True)


def test_a_refusal_is_told_in_its_own_words(ask: Callable[..., None], receiver: Receiver) -> None:
    ask(Things(_raising(RefusedError("The setting is somebody else's. Set adopt."))))
    assert receiver.body["Status"] == "FAILED"
    assert receiver.body["Reason"] == "The setting is somebody else's. Set adopt."


def test_what_was_never_created_is_deleted_without_asking(
    ask: Callable[..., None], receiver: Receiver
) -> None:
    """CloudFormation cleans up after a refused create; the provider must not remove what others made."""
    ask(Things(_raising(RefusedError("No."))))
    refused = receiver.answers.pop()["body"]["PhysicalResourceId"]
    things = Things()
    ask(things, "Delete", PhysicalResourceId=refused)
    assert receiver.body["Status"] == "SUCCESS"
    assert things.asked == []


def test_a_failed_create_is_cleaned_up_by_the_provider(ask: Callable[..., None], receiver: Receiver) -> None:
    ask(Things(_raising(ValueError("half done"))))
    failed = receiver.answers.pop()["body"]["PhysicalResourceId"]
    things = Things()
    ask(things, "Delete", PhysicalResourceId=failed)
    assert things.asked == [("delete", failed)]


def test_a_refused_update_keeps_the_resource(ask: Callable[..., None], receiver: Receiver) -> None:
    ask(Things(_raising(RefusedError("No."))), "Update")
    assert receiver.body["PhysicalResourceId"] == "thing-1"


def test_an_error_is_named_and_its_text_is_not_told(
    ask: Callable[..., None], receiver: Receiver, written: io.StringIO
) -> None:
    ask(Things(_raising(ValueError("password is hunter2"))))
    assert receiver.body["Reason"].startswith("ValueError. Details: log stream 2026/11/24")
    assert '"message":"failed"' in written.getvalue()
    assert "hunter2" not in str(receiver.body) + written.getvalue()


def test_an_error_of_aws_is_told_by_operation_and_code(
    ask: Callable[..., None], receiver: Receiver, written: io.StringIO
) -> None:
    fault = {"Error": {"Code": "AccessDeniedException", "Message": "not authorized to perform x"}}
    ask(Things(_raising(ClientError(fault, "PutThing"))))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - botocore's own shape
    assert receiver.body["Reason"].startswith("PutThing answered AccessDeniedException. Details:")
    assert "not authorized" in written.getvalue()


def test_a_provider_that_cannot_be_made_is_answered(
    event: Callable[..., dict[str, Any]], timed: Callable[[int], LambdaContext], receiver: Receiver
) -> None:
    def broken() -> Things:
        raise KeyError("BUCKET")

    answer(event(), timed(LONG), provider=broken)
    assert receiver.body["Reason"].startswith("KeyError.")


def test_out_of_time_is_told_before_lambda_ends_the_function(
    ask: Callable[..., None], receiver: Receiver
) -> None:
    told = threading.Event()

    def slow(_request: Request) -> Outcome:
        while not receiver.answers:
            told.wait(0.01)
        return Outcome()

    ask(Things(slow), left=50)
    assert receiver.body["Status"] == "FAILED", "one answer only: the late success is dropped"
    assert receiver.body["Reason"].startswith("It did not end in time.")


def test_no_time_at_all_is_told_at_once(ask: Callable[..., None], receiver: Receiver) -> None:
    def slow(_request: Request) -> Outcome:
        threading.Event().wait(0.3)
        return Outcome()

    ask(Things(slow), left=-18_000)
    assert receiver.body["Status"] == "FAILED"


@pytest.mark.parametrize(
    ("outcome", "says", "names"),
    [
        (Outcome(data={"Text": "x" * 5000}, physical_id="made"), "CloudFormation takes 4096", "made"),
        (Outcome(physical_id="x" * 1025), "physical id has more than 1024 bytes", "Thing-"),
    ],
)
def test_an_outcome_that_cannot_be_told_fails_and_names_what_was_made(
    ask: Callable[..., None], receiver: Receiver, outcome: Outcome, says: str, names: str
) -> None:
    ask(Things(lambda _request: outcome))
    assert receiver.body["Status"] == "FAILED"
    assert says in receiver.body["Reason"]
    assert receiver.body["PhysicalResourceId"].startswith(names)


def test_a_long_reason_still_fits(ask: Callable[..., None], receiver: Receiver) -> None:
    ask(Things(_raising(RefusedError("why " * 5000))))
    assert len(receiver.body["Reason"]) == 1000


def test_a_receiver_that_stumbles_is_asked_again(ask: Callable[..., None], receiver: Receiver) -> None:
    receiver.statuses = [503, 500]
    ask(Things())
    assert receiver.body["Status"] == "SUCCESS"


def test_an_answer_that_nobody_takes_fails_the_function_without_the_address(
    ask: Callable[..., None], receiver: Receiver
) -> None:
    receiver.statuses = [403, 403, 403]
    with pytest.raises(NotDeliveredError, match=r"did not take the answer: HTTP 403\.") as caught:
        ask(Things())
    assert "5ecre7" not in str(caught.value)


def test_a_redirect_is_not_followed(ask: Callable[..., None], receiver: Receiver) -> None:
    receiver.statuses = [307, 307, 307]
    with pytest.raises(NotDeliveredError, match="HTTP 307"):
        ask(Things())


def test_a_slow_receiver_gets_no_try_that_would_end_too_late(
    ask: Callable[..., None], receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(response, "_LAST_START_SECONDS", 0.009)
    receiver.statuses = [503]
    with pytest.raises(NotDeliveredError, match="HTTP 503"):
        ask(Things())
    assert receiver.answers == []


def test_a_receiver_that_is_not_there_is_named_by_the_kind_of_error(
    ask: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(NotDeliveredError, match="ConnectionRefusedError"):
        ask(Things(), ResponseURL="http://127.0.0.1:9/x?secret=5ecre7")


def test_a_stranger_is_answered_nothing(
    ask: Callable[..., None], receiver: Receiver, written: io.StringIO
) -> None:
    things = Things()
    with pytest.raises(RequestError):
        ask(things, RequestType="Invoke")
    assert (things.asked, receiver.answers) == ([], [])
    assert "5ecre7" not in written.getvalue()


def test_the_address_and_the_properties_are_never_logged(
    ask: Callable[..., None], receiver: Receiver, written: io.StringIO
) -> None:
    for does in (None, _raising(RefusedError("No.")), _raising(ValueError("x"))):
        ask(Things(does), ResourceProperties={"Colour": "p4ssw0rd"})
    receiver.statuses = [403, 403, 403]
    with pytest.raises(NotDeliveredError):
        ask(Things(), ResourceProperties={"Colour": "p4ssw0rd"})
    assert written.getvalue().count("\n") == 4
    assert "5ecre7" not in written.getvalue()
    assert "p4ssw0rd" not in written.getvalue()
