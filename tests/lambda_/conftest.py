"""What the tests of both functions share: a Lambda context, DynamoDB and S3 that evaluate conditions."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import boto3
import pytest
from botocore.stub import Stubber

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aws_lambda_powertools.utilities.typing import LambdaContext
    from mypy_boto3_dynamodb import DynamoDBClient

START_SECONDS = 60


@dataclass(frozen=True)
class FakeContext:
    """What the handlers and Powertools read of Lambda's context."""

    aws_request_id: str = "function-request-1"
    function_name: str = "under-test"
    memory_limit_in_mb: int = 128
    invoked_function_arn: str = "arn:aws:lambda:eu-central-1:123456789012:function:under-test"


@pytest.fixture
def context() -> LambdaContext:
    """A Lambda context."""
    return cast("LambdaContext", FakeContext())


@pytest.fixture
def aws_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A region and credentials that open nothing, so that clients can be built."""
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    return monkeypatch


@pytest.fixture
def build_client() -> Iterator[Callable[..., Any]]:
    """Builds boto3 clients without credentials of the machine, and closes them."""
    clients: list[Any] = []

    def build(service: str, **arguments: Any) -> Any:
        arguments = {
            "region_name": "eu-central-1",
            "aws_access_key_id": "testing",
            "aws_secret_access_key": "testing",
            **arguments,
        }
        clients.append(cast("Any", boto3).client(service, **arguments))
        return clients[-1]

    yield build
    for client in clients:
        client.close()


@pytest.fixture(scope="session")
def embedded_aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The embedded AWS of the local run, on a free loopback port; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = tmp_path_factory.mktemp("embedded-aws")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment |= {
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "SERVICES": "cognito-idp,dynamodb,s3,ssm,wafv2",
    }
    environment |= {"TMPDIR": str(home), "HOME": str(home)}
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ministack"], cwd=home, env=environment, stdout=log, stderr=log
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, process)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=10)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            # The scheme is ours: http to a loopback port.
            with urllib.request.urlopen(f"{url}/_ministack/health", timeout=1):  # noqa: S310 - see above
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The embedded AWS did not start at {url} within {START_SECONDS} s.")


@pytest.fixture
def dynamodb(embedded_aws: str, build_client: Callable[..., Any]) -> DynamoDBClient:
    """A client of the embedded DynamoDB."""
    return cast("DynamoDBClient", build_client("dynamodb", endpoint_url=embedded_aws))


@pytest.fixture
def table(dynamodb: DynamoDBClient, request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh table with ``pk`` and ``sk``."""
    name = f"table-{abs(hash(request.node.nodeid))}"
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "S"},
        ],
    )
    yield name
    dynamodb.delete_table(TableName=name)


@pytest.fixture
def stubbed(build_client: Callable[..., Any]) -> Iterator[Callable[[str], tuple[Any, Stubber]]]:
    """Builds clients that check requests against the service model; each planned answer must be used."""
    stubbers: list[Stubber] = []

    def build(service: str) -> tuple[Any, Stubber]:
        client = build_client(service)
        stubber = Stubber(client)
        stubber.activate()
        stubbers.append(stubber)
        return client, stubber

    yield build
    for stubber in stubbers:
        stubber.assert_no_pending_responses()
        stubber.deactivate()
