"""Adds a version of a data set to the store: first the data, checked by S3 itself, then its manifest."""

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import StringConstraints

from genai_defense.section import Section

_VERSION = 1
_Text = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class Origin(Section):
    """What a manifest says about where a data set comes from and what it is for.

    Attributes:
        purpose: `training`, `evaluation` (a result to compare) or `baseline` (what it is compared with).
        name: Name of the data set, lower-case letters, digits and hyphens.
        source: Where it comes from.
        licence: Under which licence it is used.
    """

    purpose: Literal["training", "evaluation", "baseline"]
    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
    source: _Text
    licence: _Text


def _utc_now() -> datetime:
    return datetime.now(UTC)


def contribute(
    content: bytes,
    file_name: str,
    *,
    bucket: str,
    origin: Origin,
    clients: Callable[[str], Any] | None = None,
    now: Callable[[], datetime] = _utc_now,
) -> str:
    """Add a version. The same content again is the same version with a new manifest.

    S3 compares the content with its SHA-256 before it takes it. Without its manifest nothing reads the data,
    so a run that was broken off is harmless and is run again.

    Args:
        content: The data set.
        file_name: Its name, without a folder.
        bucket: Bucket of the store.
        origin: Where it comes from.
        clients: Makes a client of a service. Default: boto3's, with the credentials of the environment.
        now: Clock, UTC.

    Returns:
        Key of the manifest.

    Raises:
        ValueError: The file has no content, or its name holds a folder.
        botocore.exceptions.ClientError: S3 or STS refused.
    """
    if not content or not file_name or "/" in file_name:
        raise ValueError(
            f"contribute: {file_name!r} has {len(content)} bytes; "
            "give a file with content, and its name alone"
        )
    make = clients or _boto3_client
    s3, digest = make("s3"), hashlib.sha256(content)
    sha256, time = digest.hexdigest(), now().strftime("%Y-%m-%dT%H:%M:%SZ")
    key = f"datasets/{origin.purpose}/{origin.name}/{sha256}/{file_name}"
    stored = s3.put_object(
        Bucket=bucket, Key=key, Body=content, ChecksumSHA256=base64.b64encode(digest.digest()).decode()
    )
    manifest = {
        "version": _VERSION,
        **origin.model_dump(),
        "key": key,
        "version_id": stored["VersionId"],
        "sha256": sha256,
        "bytes": len(content),
        "contributor": make("sts").get_caller_identity()["Arn"],
        "time": time,
    }
    manifest_key = f"manifests/{origin.purpose}/{origin.name}/{time}-{sha256}.json"
    s3.put_object(Bucket=bucket, Key=manifest_key, Body=json.dumps(manifest, indent=2).encode())
    return manifest_key


def _boto3_client(service: str) -> Any:
    import boto3  # noqa: PLC0415 - comes with the extra `local`; nothing else here needs it

    made: Any = boto3
    return made.client(service)
