"""Every client of a function in the VPC has a name that the DNS firewall lets through, and an endpoint."""

import json
import os
from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest

from tests.conftest import ROOT
from tests.lambda_clients import UnreadClientError, services_of

pytestmark = pytest.mark.slow

Resources = Callable[[str], list[dict[str, Any]]]
REGION = "us-east-1"
_LAMBDA = ROOT / "lambda"
_OURS = {folder.name for folder in _LAMBDA.iterdir() if folder.is_dir()}
_LIKE_LAMBDA = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y", "AWS_SESSION_TOKEN": "z"}


@cache
def _services(packages: frozenset[str]) -> frozenset[str]:
    """The services of packages of lambda/, which every asset copies; to read them takes long."""
    return frozenset(services_of(*(_LAMBDA / name for name in packages)))


@pytest.fixture
def private_functions(
    resources: Resources, assembly: Path
) -> dict[str, tuple[frozenset[str], dict[str, str]]]:
    """Handler to services and environment, of every function in the VPC."""
    found: dict[str, tuple[frozenset[str], dict[str, str]]] = {}
    for function in resources("AWS::Lambda::Function"):
        properties = function["Properties"]
        if "VpcConfig" not in properties:
            continue
        asset = assembly / f"asset.{properties['Code']['S3Key'].removesuffix('.zip')}"
        packages = frozenset(folder.name for folder in asset.iterdir() if folder.name in _OURS)
        assert packages, properties["Handler"]
        found[properties["Handler"]] = _services(packages), properties["Environment"]["Variables"]
    return found


@pytest.fixture
def known_names(resources: Resources) -> list[str]:
    """The names that the DNS firewall lets through."""
    lists: list[list[str]] = [
        entry["Properties"]["Domains"] for entry in resources("AWS::Route53Resolver::FirewallDomainList")
    ]
    (known,) = (names for names in lists if names != ["*"])
    return known


@cache
def _host(service: str, region: str, _environment: frozenset[tuple[str, str]]) -> str:
    """The name of a client's endpoint; clients are slow to make, so each is made once."""
    made: Any = boto3.session.Session(region_name=region)
    address: str = made.client(service).meta.endpoint_url
    return urlsplit(address).hostname or ""


def _hosts(service: str, region: str) -> set[str]:
    """What a client of the service asks the resolver for."""
    endpoints = frozenset((key, value) for key, value in os.environ.items() if "_REGIONAL_ENDPOINT" in key)
    host = _host(service, region, endpoints)
    return {host} | {
        "s3": {f"some-bucket.{host}"},
        "dynamodb": {f"111122223333.ddb.{region}.amazonaws.com"},
    }.get(service, set())


def _blocked(service: str, region: str, known: list[str]) -> set[str]:
    return {host for host in _hosts(service, region) if not any(fnmatchcase(host, name) for name in known)}


@pytest.mark.parametrize("region", [REGION, "eu-west-1"])
def test_every_client_of_every_private_function_finds_its_service(
    private_functions: dict[str, tuple[frozenset[str], dict[str, str]]],
    known_names: list[str],
    region: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A new client without an endpoint, or by a name of another kind, is cut off from AWS: it fails here."""
    known = [name.replace(REGION, region) for name in known_names]
    blocked: dict[str, set[str]] = {}
    for handler, (services, environment) in private_functions.items():
        with monkeypatch.context() as patched:
            own = {key: value for key, value in environment.items() if key.startswith("AWS_")}
            for key, value in {**_LIKE_LAMBDA, **own}.items():
                patched.setenv(key, value)
            for service in services:
                if hosts := _blocked(service, region, known):
                    blocked[handler] = blocked.get(handler, set()) | hosts
    assert blocked == {}


def test_the_question_is_asked_of_many_functions_and_services(
    private_functions: dict[str, tuple[frozenset[str], dict[str, str]]],
) -> None:
    asked = {service for services, _ in private_functions.values() for service in services}
    assert {"bedrock-runtime", "dynamodb", "s3", "sts", "events", "ssm", "lambda"} <= asked
    assert {"guardrail.handler.handler", "chat.handler.handler"} <= set(private_functions)


@pytest.mark.parametrize("service", ["comprehend", "secretsmanager"])
def test_a_new_client_would_be_noticed(known_names: list[str], service: str) -> None:
    assert _blocked(service, REGION, known_names) != set()


def test_every_client_of_the_code_is_read(tmp_path: Path) -> None:
    assert len(services_of(*(_LAMBDA / name for name in _OURS))) >= 12
    (tmp_path / "code.py").write_text("def f(a, b):\n    return boto3.client(b)\n")
    with pytest.raises(UnreadClientError, match=r"boto3.client\(b\)"):
        services_of(tmp_path)
    (tmp_path / "code.py").write_text("def f(a):\n    return boto3.client(a)\n\nf(NAME)\n")
    with pytest.raises(UnreadClientError, match=r"f\(NAME\)"):
        services_of(tmp_path)


def test_the_endpoints_of_every_mode_stand_in_the_network_of_the_functions(
    resources: Resources, private_functions: dict[str, tuple[frozenset[str], dict[str, str]]]
) -> None:
    """A name that resolves leads to an endpoint of this VPC: each service has one."""
    endpoints = json.dumps(
        [entry["Properties"]["ServiceName"] for entry in resources("AWS::EC2::VPCEndpoint")]
    )
    signing = {"stepfunctions": "states"}
    asked = {signing.get(each, each) for services, _ in private_functions.values() for each in services}
    assert {service for service in asked if f'.{service}"' not in endpoints} == set()
