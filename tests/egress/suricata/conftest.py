"""The engine behind AWS Network Firewall, with the rules that were taken from synthesized templates."""

import json
import os
from collections.abc import Callable, Generator
from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk import assertions
from aws_cdk import aws_kms as kms

from genai_defense.egress import AllowedDomain, ApplicationNetwork, InspectedEgress
from genai_defense.proofs.firewall import FirewallRules, firewalls_in
from tests.egress.suricata.lane import Lane
from tests.egress.suricata.needs import missing_tools, need


@pytest.fixture(scope="session", autouse=True)
def _engine_is_here() -> None:
    need(missing_tools())


@pytest.fixture(scope="session")
def deployed(assembly_of: Callable[[str], Path]) -> FirewallRules:
    """The firewall of the profile `prod`, as its synthesized template says it."""
    template = json.loads((assembly_of("prod") / "GenAiDefense-Network.template.json").read_text())
    (firewall,) = firewalls_in(template).values()
    return firewall


@pytest.fixture(scope="session")
def wide() -> FirewallRules:
    """A foreign stack's firewall that also admits subdomains and plain HTTP."""
    stack = cdk.Stack(cdk.App(), "Foreign", env=cdk.Environment(region="eu-west-1"))
    key = kms.Key(stack, "Key")
    network = ApplicationNetwork(
        stack, "Network", availability_zones=["eu-west-1a", "eu-west-1b"], encryption_key=key
    )
    InspectedEgress(
        stack,
        "Egress",
        vpc=network.vpc,
        egress_cidr=network.egress_cidr,
        allowed_domains=[
            AllowedDomain.exact("api.example.com"),
            AllowedDomain.subdomains_of("example.org"),
            AllowedDomain.exact("plain.example.com", plain_http=True),
        ],
        encryption_key=key,
    )
    (firewall,) = firewalls_in(assertions.Template.from_stack(stack).to_json()).values()
    return firewall


@pytest.fixture(scope="session")
def lane(deployed: FirewallRules, tmp_path_factory: pytest.TempPathFactory) -> Generator[Lane]:
    """Three hosts in a row, in namespaces of their own: ours, the firewall, somebody else's server."""
    need("" if os.geteuid() == 0 else "network namespaces need root.")
    with Lane(deployed, tmp_path_factory.mktemp("lane")) as built:
        yield built
