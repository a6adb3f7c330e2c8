"""Reads first, overwrites nothing that it does not own, and restores only what it set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custom_resource import Outcome, RefusedError
from invocation_logging.memory import EXISTING, adopted, previous

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custom_resource import Request

MODES: Final = ("create", "adopt", "existing")


class InvocationLogging:
    """The setting of one account and Region.

    It is ours when it names the role of this stack: no other setting can.

    Args:
        bedrock: Client of the service `bedrock`.
    """

    def __init__(self, bedrock: Any) -> None:
        self._bedrock = bedrock

    def create(self, request: Request) -> Outcome:
        """Set it where nothing stands; take it over or leave it, as `Mode` says.

        Raises:
            RefusedError: Something stands there that the mode does not take, or nothing that it needs.
        """
        current = self._read()
        mode = _mode(request)
        if mode == "existing":
            _check_exists(current)
            return Outcome(physical_id=EXISTING)
        if current is None or _owns(request.properties, current):
            self._write(configuration(request))
            return Outcome()
        if mode == "create":
            raise RefusedError(
                "Model invocations of this account and Region are logged already, to "
                f"{_destination(current)}. Nothing was changed. Set model.invocation_logging to `adopt` to "
                "take the setting over (it is restored on delete), or to `existing` to leave it."
            )
        remembered = adopted(current)
        self._write(configuration(request))
        return Outcome(physical_id=remembered)

    def update(self, request: Request) -> Outcome:
        """Follow the template, as long as the setting is still ours.

        Raises:
            RefusedError: Somebody else has set it since.
        """
        if request.physical_id == EXISTING:
            return self.create(request)
        current = self._read()
        ours = current is None or any(
            _owns(properties, current) for properties in (request.old_properties, request.properties)
        )
        if _mode(request) == "existing":
            if ours:
                self._restore(request.physical_id)
            _check_exists(self._read())
            return Outcome(physical_id=EXISTING)
        if not ours and current is not None:
            raise RefusedError(
                f"Somebody else has set the log of model invocations since, to {_destination(current)}. "
                "Nothing was changed. Delete that setting by hand, or set model.invocation_logging to "
                "`existing`."
            )
        self._write(configuration(request))
        return Outcome(physical_id=request.physical_id)

    def delete(self, request: Request) -> Outcome:
        """Restore what stood there before, unless the setting is not ours any more."""
        current = self._read()
        if request.physical_id != EXISTING and current is not None and _owns(request.properties, current):
            self._restore(request.physical_id)
        return Outcome()

    def _restore(self, physical_id: str) -> None:
        before = previous(physical_id)
        if before is None:
            self._bedrock.delete_model_invocation_logging_configuration()
        else:
            self._write(before)

    def _read(self) -> dict[str, Any] | None:
        answer = self._bedrock.get_model_invocation_logging_configuration()
        return answer.get("loggingConfig") or None

    def _write(self, wanted: Mapping[str, Any]) -> None:
        self._bedrock.put_model_invocation_logging_configuration(loggingConfig=dict(wanted))


def configuration(request: Request) -> dict[str, Any]:
    """The setting that the template asks for.

    Raises:
        RefusedError: A property is missing.
    """
    return {
        "cloudWatchConfig": {
            "logGroupName": request.text("LogGroupName"),
            "roleArn": request.text("RoleArn"),
            # What is larger than a log event may be goes to the bucket.
            "largeDataDeliveryS3Config": {
                "bucketName": request.text("BucketName"),
                "keyPrefix": request.text("KeyPrefix"),
            },
        },
        "textDataDeliveryEnabled": True,
        "imageDataDeliveryEnabled": True,
        "embeddingDataDeliveryEnabled": True,
        "videoDataDeliveryEnabled": True,
    }


def _mode(request: Request) -> str:
    mode = request.text("Mode")
    if mode not in MODES:
        raise RefusedError(f"Mode is {mode!r}. Allowed: {', '.join(MODES)}.")
    return mode


def _owns(properties: Mapping[str, Any], current: Mapping[str, Any]) -> bool:
    role = current.get("cloudWatchConfig", {}).get("roleArn")
    return role is not None and role == properties.get("RoleArn")


def _destination(current: Mapping[str, Any]) -> str:
    group = current.get("cloudWatchConfig", {}).get("logGroupName")
    bucket = current.get("s3Config", {}).get("bucketName")
    named = [f"log group {group}"] if group else []
    named += [f"bucket {bucket}"] if bucket else []
    return " and ".join(named) or "nowhere"


def _check_exists(current: Mapping[str, Any] | None) -> None:
    if current is None:
        raise RefusedError(
            "model.invocation_logging is `existing`, but model invocations of this account and Region are "
            "logged nowhere. Set it to `create`."
        )
