"""The pack `OwaspLlm-Depth` stops what falls below two controls, in a check and in a synth."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_sns as sns
from typer.testing import CliRunner

from genai_defense.checks.depth import RISKS
from genai_defense.checks.depth_pack import OWASP_LLM_DEPTH
from genai_defense.checks.pack import OWASP_LLM, Pack, Result
from genai_defense.checks.plugin import OwaspLlm
from genai_defense.checks.report import read_validation_report
from genai_defense.checks.template_graph import TemplateGraph
from genai_defense.cli import app

_ROOT = Path(__file__).parents[2]


class Context:
    """What the CDK hands a plugin.

    Args:
        folder: Where the templates are.
    """

    def __init__(self, folder: Path) -> None:
        self.template_paths = [str(path) for path in sorted(folder.glob("*.template.json"))]


def _below(folder: Path) -> set[str]:
    context: Any = Context(folder)
    report = OwaspLlm(depth=True).validate(context)
    assert report.success == (not any(one.severity == "error" for one in report.violations))
    return {one.rule_name for one in report.violations if one.rule_name.startswith("OwaspLlm-Depth")}


@pytest.fixture
def stripped(assembly_of: Callable[[str], Path], tmp_path: Path) -> Callable[..., Path]:
    """Copy the kit's templates without the resources of some types."""

    def strip(*kinds: str) -> Path:
        for path in assembly_of("prod").glob("*.template.json"):
            template = json.loads(path.read_text())
            template["Resources"] = {
                name: body for name, body in template["Resources"].items() if body["Type"] not in kinds
            }
            (tmp_path / path.name).write_text(json.dumps(template))
        return tmp_path

    return strip


@pytest.mark.parametrize("profile", ["dev", "prod"])
def test_the_kit_stands_in_depth(assembly_of: Callable[[str], Path], profile: str) -> None:
    assert _below(assembly_of(profile)) == set()


@pytest.mark.parametrize(
    ("kinds", "below"),
    [
        (("AWS::CloudFront::Distribution", "AWS::CloudFront::ResponseHeadersPolicy"), {"LLM05"}),
        (("AWS::Bedrock::Guardrail",), {"LLM05"}),
        (("AWS::Lambda::Function", "AWS::VerifiedPermissions::Policy"), {"LLM07"}),
        (("AWS::Bedrock::DataSource", "AWS::StepFunctions::StateMachine"), {"LLM09"}),
    ],
)
def test_a_stripped_app_falls_below(
    stripped: Callable[..., Path], kinds: tuple[str, ...], below: set[str]
) -> None:
    found = _below(stripped(*kinds))
    assert {f"OwaspLlm-Depth{risk}" for risk in below} <= found
    assert found != {rule.id for rule in OWASP_LLM_DEPTH.rules}


def test_a_synth_that_falls_below_fails(tmp_path: Path) -> None:
    whole = cdk.App(outdir=str(tmp_path))
    stack = cdk.Stack(whole, "Half")
    sns.Topic(stack, "Topic")
    cdk.Validations.of(whole).add_plugins(OwaspLlm(depth=True))
    with pytest.raises(RuntimeError, match="ValidationFailed"):
        whole.synth()
    found = {one.rule for one in read_validation_report(tmp_path).open if "-Depth" in one.rule}
    assert found == {rule.id for rule in OWASP_LLM_DEPTH.rules}


def test_the_kits_own_synth_asks_for_it() -> None:
    assert "add_check_packs(app, depth=True)" in (_ROOT / "app.py").read_text()


def test_half_an_application_is_no_fault_unless_asked(tmp_path: Path) -> None:
    file = tmp_path / "template.json"
    resources = {"Resources": {"Text": {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String"}}}}
    file.write_text(json.dumps(resources))
    assert CliRunner().invoke(app, ["check", str(file)]).exit_code == 0
    asked = CliRunner().invoke(app, ["check", str(file), "--pack", "OwaspLlm-Depth", "--format", "json"])
    assert asked.exit_code == 1
    findings = json.loads(asked.stdout)["results"][0]["findings"]
    assert {found["rule"] for found in findings} == {f"OwaspLlm-Depth{risk}" for risk in RISKS}
    assert findings[0]["message"].endswith("(LLM01). no control stands against it")


def test_asking_for_depth_asks_no_rule_twice(
    assembly_of: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    evaluate = Pack.evaluate

    def counted(self: Pack, graph: TemplateGraph) -> Iterator[Result]:
        asked.append(self.name)
        yield from evaluate(self, graph)

    monkeypatch.setattr(Pack, "evaluate", counted)
    context: Any = Context(assembly_of("prod"))
    OwaspLlm(depth=True).validate(context)
    assert sorted(asked) == ["OwaspLlm", "OwaspLlm-Depth"]
    assert len(OwaspLlm(depth=True).rule_ids) == len(OWASP_LLM.rules) + len(RISKS)
