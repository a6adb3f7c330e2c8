"""boto3's clients for a service that is named at run time, and the emulator's modules, both without types."""

import functools
import importlib
from typing import Any, cast

import botocore.session
from botocore.config import Config


@functools.cache
def _session() -> botocore.session.Session:
    return botocore.session.get_session()


def aws_client(service: str, *, url: str, region: str, account: str) -> Any:
    """A client of one AWS service that asks once, at `url`, as the operator of `account`."""
    return cast(
        "Any",
        _session().create_client(
            service,
            region_name=region,
            endpoint_url=url,
            aws_access_key_id=account,
            aws_secret_access_key="emulator",  # noqa: S106 - the emulator's key, not a secret
            config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}),
        ),
    )


def emulator_module(name: str) -> Any:
    """A module of the emulator. It reads its environment when it is imported, so that happens late."""
    return importlib.import_module(f"ministack.{name}")
