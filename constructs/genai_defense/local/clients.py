"""boto3's clients for a service that is named at run time, and the emulator's modules, both without types."""

import functools
import importlib
from collections.abc import Mapping
from typing import Any, cast

import botocore.session
from botocore.config import Config


@functools.cache
def _session() -> botocore.session.Session:
    return botocore.session.get_session()


def aws_client(
    service: str, *, url: str, region: str, account: str, session: Mapping[str, str] | None = None
) -> Any:
    """A client of one AWS service that asks once.

    Args:
        service: botocore's name of the service.
        url: Where it is.
        region: AWS Region that requests are signed for.
        account: Whose operator (root) asks; also the access-key id.
        session: `Credentials` of an STS answer; set, these ask instead.
    """
    keys = session or {"AccessKeyId": account, "SecretAccessKey": "emulator"}
    return cast(
        "Any",
        _session().create_client(
            service,
            region_name=region,
            endpoint_url=url,
            aws_access_key_id=keys["AccessKeyId"],
            aws_secret_access_key=keys["SecretAccessKey"],
            aws_session_token=keys.get("SessionToken"),
            config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}),
        ),
    )


def emulator_module(name: str) -> Any:
    """A module of the emulator. It reads its environment when it is imported, so that happens late."""
    return importlib.import_module(f"ministack.{name}")
