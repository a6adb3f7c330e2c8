"""Rules are found by themselves, are complete, and never fail silently."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from genai_defense.checks import rules
from genai_defense.checks.answer import Answer, Unknown
from genai_defense.checks.pack import OWASP_LLM, OWASP_LLM_BASELINE, Pack, all_rules
from genai_defense.checks.rule import Boundary, Rule
from genai_defense.checks.template_graph import Resource, Template, TemplateGraph

FILES = sorted(Path(rules.__path__[0]).glob("*/[a-z]*.py"))


def test_every_rule_file_is_in_one_pack() -> None:
    packed = [rule.id for pack in (OWASP_LLM, OWASP_LLM_BASELINE) for rule in pack.rules]
    assert len(packed) == len(set(packed)) == len(FILES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_rule_has_its_tests(file: Path) -> None:
    assert (Path(__file__).parent / "rules" / file.parent.name / f"test_{file.name}").is_file()


def test_every_boundary_has_a_rule() -> None:
    assert {rule.boundary for rule in OWASP_LLM.rules} == set(Boundary)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_every_rule_is_described_and_mapped(rule: Rule) -> None:
    assert rule.id.startswith("OwaspLlm-")
    assert all((rule.info, rule.explanation, rule.remedy, rule.resource_types))
    assert rule.source.url.startswith("https://docs.aws.amazon.com/")
    assert rule.source.read
    assert all(vars(rule.mapping).values()), "each catalogue has at least one entry"
    assert rule.mapping.owasp_llm_2023


def breaks_down(_resource: Resource, _graph: TemplateGraph) -> Answer:
    raise RuntimeError("boom")


def test_a_rule_that_breaks_down_is_a_finding() -> None:
    rule = replace(all_rules()[0], resource_types=("T",), check=breaks_down)
    graph = TemplateGraph([Template("t", {"Resources": {"A": {"Type": "T"}}})])
    (result,) = Pack(name="Test", rules=(rule,)).evaluate(graph)
    assert isinstance(result.answer, Unknown)
    assert "boom" in result.answer.why


def test_the_pack_does_not_start_the_cdk() -> None:
    """CI checks a template in a fraction of the time that jsii needs to start."""
    code = (
        "import sys, genai_defense.checks.pack, genai_defense.checks.report; sys.exit('jsii' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
