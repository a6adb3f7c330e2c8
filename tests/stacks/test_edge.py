"""The web ACLs as the stacks compose them, in any Region."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genai_defense.checks.report import read_validation_report
from tests.conftest import SynthesizeProfile

pytestmark = pytest.mark.slow

TemplateOf = Callable[[str], dict[str, Any]]
EUROPE = {
    "region": "eu-west-1",
    "network": {
        "cidr": "10.40.0.0/16",
        "availability_zones": ["eu-west-1a", "eu-west-1b"],
        "egress": "none",
    },
    "model": {
        "model_id": "amazon.nova-pro-v1:0",
        "inference_profile_id": "eu.amazon.nova-pro-v1:0",
        "inference_regions": ["eu-central-1", "eu-north-1", "eu-west-1", "eu-west-3"],
        "guardrail_profile_id": "eu.guardrail.v1:0",
    },
}


def _of_type(template: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    found = (resource for resource in template["Resources"].values() if resource["Type"] == kind)
    return [resource["Properties"] for resource in found]


@pytest.fixture(scope="module")
def europe(synthesize_profile: SynthesizeProfile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The assembly of the profile `dev` in Ireland."""
    outdir = tmp_path_factory.mktemp("europe")
    synthesize_profile(outdir, "dev", EUROPE)
    return outdir


def test_in_another_region_no_finding_is_open(europe: Path) -> None:
    report = read_validation_report(europe)
    assert (report.open, report.failures) == ((), ())


def test_in_another_region_only_the_edge_moves(europe: Path) -> None:
    artifacts = json.loads((europe / "manifest.json").read_text())["artifacts"]
    where = {
        name: artifact["environment"].rpartition("/")[2]
        for name, artifact in artifacts.items()
        if artifact["type"] == "aws:cloudformation:stack"
    }
    assert where.pop("GenAiDefense-Edge") == "us-east-1"
    assert set(where.values()) == {"eu-west-1"}


def test_the_edge_keeps_its_log_and_its_key_with_it(template_of: TemplateOf) -> None:
    edge = template_of("Edge")
    (acl,) = _of_type(edge, "AWS::WAFv2::WebACL")
    assert acl["Scope"] == "CLOUDFRONT"
    (group,) = _of_type(edge, "AWS::Logs::LogGroup")
    (key,) = (name for name, entry in edge["Resources"].items() if entry["Type"] == "AWS::KMS::Key")
    assert group["KmsKeyId"] == {"Fn::GetAtt": [key, "Arn"]}


@pytest.mark.parametrize(("stack_name", "scope"), [("UserInterface", "REGIONAL"), ("Edge", "CLOUDFRONT")])
def test_no_setting_changes_the_sets_so_no_deployment_empties_them(
    template_of: TemplateOf, stack_name: str, scope: str
) -> None:
    assert _of_type(template_of(stack_name), "AWS::WAFv2::IPSet") == [
        {"Addresses": [], "IPAddressVersion": version, "Scope": scope} for version in ("IPV4", "IPV6")
    ]
