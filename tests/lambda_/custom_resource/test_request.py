"""Only CloudFormation is served, and the answer goes nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from custom_resource import RefusedError, Request, RequestError

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_create_gets_an_id_that_a_repeated_create_gets_again(event: Callable[..., dict[str, Any]]) -> None:
    first, again = Request.parse(event()), Request.parse(event(RequestId="request-2"))
    other = Request.parse(event(StackId="arn:aws:cloudformation:eu-central-1:123456789012:stack/Other/1"))
    assert first.physical_id == again.physical_id
    assert first.physical_id.startswith("Thing-")
    assert other.physical_id != first.physical_id


def test_an_update_brings_the_old_properties(event: Callable[..., dict[str, Any]]) -> None:
    request = Request.parse(event("Update", OldResourceProperties={"Colour": "blue"}))
    assert (request.physical_id, request.text("Colour"), request.old_properties) == (
        "thing-1",
        "red",
        {"Colour": "blue"},
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"RequestType": "Read"}, "RequestType is 'Read'. Allowed: Create, Update, Delete"),
        ({"RequestType": None}, "RequestType is None"),
        ({"ResponseURL": None}, "ResponseURL is missing"),
        ({"StackId": ""}, "StackId is missing"),
        ({"RequestId": 1}, "RequestId is missing"),
        ({"LogicalResourceId": None}, "LogicalResourceId is missing"),
        ({"ResourceProperties": "text"}, "ResourceProperties is no object"),
        ({"OldResourceProperties": []}, "OldResourceProperties is no object"),
    ],
)
def test_what_is_no_request_of_cloudformation_is_refused(
    event: Callable[..., dict[str, Any]], changes: dict[str, Any], says: str
) -> None:
    with pytest.raises(RequestError, match=says):
        Request.parse(event(**changes))


@pytest.mark.parametrize("kind", ["Update", "Delete"])
def test_a_resource_that_exists_must_be_named(event: Callable[..., dict[str, Any]], kind: str) -> None:
    with pytest.raises(RequestError, match="PhysicalResourceId is missing"):
        Request.parse(event(kind, PhysicalResourceId=None))


@pytest.mark.parametrize(
    "url",
    [
        "https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/x?sig=1",
        "https://cloudformation-custom-resource-response-cnnorth1.s3.cn-north-1.amazonaws.com.cn/x?sig=1",
    ],
)
def test_the_answer_goes_to_aws(event: Callable[..., dict[str, Any]], url: str) -> None:
    assert Request.parse(event(ResponseURL=url)).response_url == url


@pytest.mark.parametrize(
    "url",
    [
        "https://attacker.example/x?sig=5ecre7",
        "https://amazonaws.com.attacker.example/x?sig=5ecre7",
        "https://evilamazonaws.com/x?sig=5ecre7",
        "http://cloudformation.s3.amazonaws.com/x?sig=5ecre7",
        "http://169.254.169.254/latest?sig=5ecre7",
        # Lambda's own runtime interface is on the loopback, at another port than the embedded AWS.
        "http://127.0.0.1:9001/2018-06-01/runtime?sig=5ecre7",
        "file:///etc/passwd?sig=5ecre7",
        "not an address",
    ],
)
def test_the_answer_goes_nowhere_else_and_the_secret_is_not_told(
    event: Callable[..., dict[str, Any]], url: str
) -> None:
    with pytest.raises(RequestError, match="Allowed: https to a host of AWS") as caught:
        Request.parse(event(ResponseURL=url))
    assert "5ecre7" not in str(caught.value)


def test_without_an_embedded_aws_no_loopback_address_is_served(
    event: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    request = event()
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    with pytest.raises(RequestError, match="ResponseURL leads to"):
        Request.parse(request)


@pytest.mark.parametrize("value", [None, "", ["red"]])
def test_a_property_that_is_no_text_is_refused_by_name(
    event: Callable[..., dict[str, Any]], value: object
) -> None:
    request = Request.parse(event(ResourceProperties={"Colour": value}))
    with pytest.raises(RefusedError, match="The property Colour must be a text"):
        request.text("Colour")
