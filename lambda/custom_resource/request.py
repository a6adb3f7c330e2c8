"""What CloudFormation asks of a custom resource."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, cast
from urllib.parse import urlsplit

from custom_resource.outcome import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["Create", "Update", "Delete"]
_KINDS: Final = ("Create", "Update", "Delete")
_NEVER_CREATED: Final = "never-created-"
# Answers go to CloudFormation's own buckets.
_AWS: Final = (".amazonaws.com", ".amazonaws.com.cn")
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


class RequestError(ValueError):
    """This is no request of CloudFormation, so there is nobody to answer."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request of CloudFormation.

    Attributes:
        kind: Create, Update or Delete.
        response_url: Pre-signed address of the answer; a secret.
        stack_id, request_id, logical_id: To be repeated in the answer.
        physical_id: The resource: the one that exists, or on create the one that it gets by default.
        properties: What the template says now. CloudFormation turns numbers and booleans into text.
        old_properties: On update, what the template said before; else empty.
    """

    kind: Kind
    response_url: str
    stack_id: str
    request_id: str
    logical_id: str
    physical_id: str
    properties: Mapping[str, Any]
    old_properties: Mapping[str, Any]

    @classmethod
    def parse(cls, event: Mapping[str, Any]) -> Request:
        """Read the event of an invocation.

        Raises:
            RequestError: It is none of CloudFormation's, or its answer would go somewhere else.
        """
        kind = event.get("RequestType")
        if kind not in _KINDS:
            raise RequestError(f"RequestType is {kind!r}. Allowed: {', '.join(_KINDS)}.")
        names = ("ResponseURL", "StackId", "RequestId", "LogicalResourceId")
        url, stack_id, request_id, logical_id = (_text(event, name) for name in names)
        _check_destination(url)
        return cls(
            kind=kind,
            response_url=url,
            stack_id=stack_id,
            request_id=request_id,
            logical_id=logical_id,
            physical_id=_stable_id(stack_id, logical_id)
            if kind == "Create"
            else _text(event, "PhysicalResourceId"),
            properties=_object(event, "ResourceProperties"),
            old_properties=_object(event, "OldResourceProperties"),
        )

    @property
    def never_created(self) -> bool:
        """Whether the create of this resource was refused."""
        return self.physical_id.startswith(_NEVER_CREATED)

    @property
    def refused_id(self) -> str:
        """The physical id that remembers a refusal: CloudFormation deletes what it could not create."""
        return f"{_NEVER_CREATED}{self.physical_id}" if self.kind == "Create" else self.physical_id

    def text(self, name: str) -> str:
        """A property that is a text and not empty.

        Raises:
            RefusedError: It is missing or something else.
        """
        value = self.properties.get(name)
        if not isinstance(value, str) or not value:
            raise RefusedError(
                f"The property {name} must be a text that is not empty. Set it in the template."
            )
        return value


def _text(event: Mapping[str, Any], name: str) -> str:
    value = event.get(name)
    if not isinstance(value, str) or not value:
        raise RequestError(f"{name} is missing. Only CloudFormation invokes this function.")
    return value


def _object(event: Mapping[str, Any], name: str) -> dict[str, Any]:
    value: Any = event.get(name, {})
    if not isinstance(value, dict):
        raise RequestError(f"{name} is no object. Only CloudFormation invokes this function.")
    return cast("dict[str, Any]", value)


def _stable_id(stack_id: str, logical_id: str) -> str:
    # A repeated create (Lambda retries what did not end) must name the same resource.
    return f"{logical_id[:64]}-{hashlib.sha256(f'{stack_id} {logical_id}'.encode()).hexdigest()[:16]}"


def _check_destination(url: str) -> None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "https" and host.endswith(_AWS):
        return
    # On Lambda the loopback address is the runtime's own interface. Only an embedded AWS answers there.
    embedded = urlsplit(os.environ.get("AWS_ENDPOINT_URL", ""))
    if (
        parts.scheme == "http"
        and host in _LOOPBACK
        and (embedded.hostname, parts.port) in {(loopback, embedded.port) for loopback in _LOOPBACK}
    ):
        return
    raise RequestError(
        f"ResponseURL leads to {parts.scheme}://{host}. Allowed: https to a host of AWS, or the embedded AWS "
        "of AWS_ENDPOINT_URL on this machine."
    )
