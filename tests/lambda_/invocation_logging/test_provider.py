"""The account's setting is never taken from anybody, and comes back as it was."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from custom_resource import Outcome, RefusedError, Request
from invocation_logging.memory import EXISTING, adopted, previous
from invocation_logging.provider import InvocationLogging, configuration

OURS = "arn:aws:iam::123456789012:role/kit-logging"
FOREIGN: dict[str, Any] = {
    "cloudWatchConfig": {"logGroupName": "central", "roleArn": "arn:aws:iam::123456789012:role/central"},
    "s3Config": {"bucketName": "central-bucket", "keyPrefix": "bedrock"},
    "textDataDeliveryEnabled": True,
}


class FakeBedrock:
    """The three calls, on one setting."""

    def __init__(self, setting: dict[str, Any] | None = None) -> None:
        self.setting = setting
        self.calls: list[str] = []

    def get_model_invocation_logging_configuration(self) -> dict[str, Any]:
        return {"loggingConfig": self.setting} if self.setting else {}

    def put_model_invocation_logging_configuration(self, *, loggingConfig: dict[str, Any]) -> None:  # noqa: N803 - boto3's name
        self.calls.append("put")
        self.setting = loggingConfig

    def delete_model_invocation_logging_configuration(self) -> None:
        self.calls.append("delete")
        self.setting = None


def _request(mode: str = "create", *, physical_id: str = "own-1", **changes: Any) -> Request:
    properties = {
        "Mode": mode,
        "RoleArn": OURS,
        "LogGroupName": "invocations",
        "BucketName": "payloads",
        "KeyPrefix": "invocations",
        **changes,
    }
    return Request(
        kind="Create",
        response_url="https://x.amazonaws.com/",
        stack_id="stack",
        request_id="request",
        logical_id="Setting",
        physical_id=physical_id,
        properties=properties,
        old_properties={},
    )


def _created(bedrock: FakeBedrock, mode: str = "create") -> str:
    outcome = InvocationLogging(bedrock).create(_request(mode))
    return outcome.physical_id or "own-1"


def test_where_nothing_stands_it_is_set() -> None:
    bedrock = FakeBedrock()
    assert InvocationLogging(bedrock).create(_request()) == Outcome()
    assert bedrock.setting == {
        "cloudWatchConfig": {
            "logGroupName": "invocations",
            "roleArn": OURS,
            "largeDataDeliveryS3Config": {"bucketName": "payloads", "keyPrefix": "invocations"},
        },
        "textDataDeliveryEnabled": True,
        "imageDataDeliveryEnabled": True,
        "embeddingDataDeliveryEnabled": True,
        "videoDataDeliveryEnabled": True,
    }


def test_a_create_that_comes_twice_is_one() -> None:
    bedrock = FakeBedrock()
    _created(bedrock)
    assert InvocationLogging(bedrock).create(_request()) == Outcome()


def test_somebody_elses_setting_is_not_overwritten() -> None:
    bedrock = FakeBedrock(FOREIGN)
    with pytest.raises(RefusedError, match="log group central and bucket central-bucket") as caught:
        InvocationLogging(bedrock).create(_request())
    assert "adopt" in str(caught.value)
    assert "existing" in str(caught.value)
    assert (bedrock.setting, bedrock.calls) == (FOREIGN, [])


def test_what_is_adopted_comes_back_on_delete() -> None:
    bedrock = FakeBedrock(FOREIGN)
    physical_id = _created(bedrock, "adopt")
    assert bedrock.setting == configuration(_request())
    InvocationLogging(bedrock).delete(_request("adopt", physical_id=physical_id))
    assert bedrock.setting == FOREIGN


def test_what_was_created_goes_on_delete() -> None:
    bedrock = FakeBedrock()
    InvocationLogging(bedrock).delete(_request(physical_id=_created(bedrock)))
    assert bedrock.setting is None


@pytest.mark.parametrize("mode", ["create", "adopt"])
def test_what_somebody_else_has_set_since_stays(mode: str) -> None:
    bedrock = FakeBedrock()
    physical_id = _created(bedrock, mode)
    bedrock.setting = FOREIGN
    InvocationLogging(bedrock).delete(_request(mode, physical_id=physical_id))
    assert bedrock.setting == FOREIGN


def test_deleting_what_is_gone_is_no_error() -> None:
    bedrock = FakeBedrock()
    assert InvocationLogging(bedrock).delete(_request()) == Outcome()
    assert bedrock.calls == []


def test_a_change_follows_the_template_and_keeps_the_memory() -> None:
    bedrock = FakeBedrock(FOREIGN)
    physical_id = _created(bedrock, "adopt")
    changed = _request("adopt", physical_id=physical_id, RoleArn=f"{OURS}-2", LogGroupName="other")
    request = replace(changed, old_properties=_request("adopt").properties)
    assert InvocationLogging(bedrock).update(request).physical_id == physical_id
    assert bedrock.setting == configuration(changed)
    InvocationLogging(bedrock).delete(request)
    assert bedrock.setting == FOREIGN


@pytest.mark.parametrize("mode", ["create", "adopt"])
def test_a_change_refuses_what_somebody_else_has_set_since(mode: str) -> None:
    bedrock = FakeBedrock(FOREIGN)
    request = replace(_request(mode), old_properties=_request(mode).properties)
    with pytest.raises(RefusedError, match="Somebody else has set the log"):
        InvocationLogging(bedrock).update(request)
    assert bedrock.setting == FOREIGN


def test_an_existing_setting_is_only_read() -> None:
    bedrock = FakeBedrock(FOREIGN)
    assert _created(bedrock, "existing") == EXISTING
    InvocationLogging(bedrock).delete(_request("existing", physical_id=EXISTING))
    assert (bedrock.setting, bedrock.calls) == (FOREIGN, [])


def test_an_existing_setting_that_is_not_there_is_refused() -> None:
    with pytest.raises(RefusedError, match="logged nowhere"):
        InvocationLogging(FakeBedrock()).create(_request("existing"))


def test_from_ours_to_an_existing_one_gives_back_what_was_there() -> None:
    bedrock = FakeBedrock(FOREIGN)
    physical_id = _created(bedrock, "adopt")
    request = replace(
        _request("existing", physical_id=physical_id), old_properties=_request("adopt").properties
    )
    assert InvocationLogging(bedrock).update(request).physical_id == EXISTING
    assert bedrock.setting == FOREIGN
    # CloudFormation then deletes the old physical id.
    InvocationLogging(bedrock).delete(_request("adopt", physical_id=physical_id))
    assert bedrock.setting == FOREIGN


def test_from_an_existing_one_to_ours_remembers_it() -> None:
    bedrock = FakeBedrock(FOREIGN)
    outcome = InvocationLogging(bedrock).update(_request("adopt", physical_id=EXISTING))
    assert outcome.physical_id is not None
    assert previous(outcome.physical_id) == FOREIGN


def test_a_mode_that_does_not_exist_is_refused() -> None:
    with pytest.raises(RefusedError, match=r"Mode is 'seize'\. Allowed: create, adopt, existing"):
        InvocationLogging(FakeBedrock()).create(_request("seize"))


def test_a_setting_that_is_too_long_to_remember_is_not_taken() -> None:
    random = "".join(hashlib.sha256(bytes([number])).hexdigest() for number in range(40))
    bedrock = FakeBedrock({**FOREIGN, "s3Config": {"bucketName": random}})
    with pytest.raises(RefusedError, match="too long to be remembered"):
        InvocationLogging(bedrock).create(_request("adopt"))
    assert bedrock.calls == []


def test_a_damaged_memory_deletes_nothing() -> None:
    bedrock = FakeBedrock()
    _created(bedrock)
    with pytest.raises(RefusedError, match="Restore it by hand"):
        InvocationLogging(bedrock).delete(_request(physical_id="adopted-!!!"))
    assert bedrock.calls == ["put"]


def test_a_memory_fits_into_a_physical_id() -> None:
    assert len(adopted(FOREIGN)) < 512
    assert previous("own-1") is None
