"""What the docs show is true: examples run, generated pages are fresh, names exist."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from genai_defense.checks.pack import OWASP_LLM
from genai_defense.checks.report import read_validation_report
from genai_defense.checks.rule import Rule
from genai_defense.local.model import StandInModel
from genai_defense.local.up import steps_for
from genai_defense.reference import pages

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()


@pytest.mark.slow
def test_generated_pages_are_fresh(assembly_of: Callable[[str], Path]) -> None:
    fresh = pages(ROOT, {profile: assembly_of(profile) for profile in ("dev", "prod", "management")})
    for path, text in fresh.items():
        assert (ROOT / path).read_text() == text, f"{path} is stale: run `make docs`"


def test_the_shown_run_has_the_steps_of_the_real_one() -> None:
    with StandInModel() as stand_in:
        names = [step.name for step in steps_for(stand_in)]
    # A long name goes on in the next row; its first words are enough to find it.
    shown = README.split("<!-- demo -->")[1].split("<!-- /demo -->")[0]
    rows = re.findall(r"^\| (\S.*?) +\| .* \| pass \|$", shown, re.MULTILINE)
    assert len(rows) == len(names)
    assert all(name.startswith(row) for name, row in zip(names, rows, strict=True))
    assert shown.rstrip().endswith(f"All {len(names)} steps passed.\n```")


@pytest.mark.slow
def test_the_construct_example_synthesizes_in_an_app_of_its_own(tmp_path: Path) -> None:
    block = README.split("## One construct in your own stack")[1].split("```python\n")[1].split("```")[0]
    (tmp_path / "app.py").write_text(block.replace("cdk.App()", 'cdk.App(outdir="cdk.out")'))
    result = subprocess.run(
        [sys.executable, "app.py"],
        cwd=tmp_path,
        text=True,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    assert read_validation_report(tmp_path / "cdk.out").open == ()


@pytest.mark.parametrize("rule", OWASP_LLM.rules, ids=lambda rule: rule.id)
def test_every_rule_stands_beside_its_control(rule: Rule) -> None:
    anchor = f"(reference/rules/{rule.boundary.value}.md#{rule.id.lower()})"
    assert anchor in (ROOT / "docs" / "controls.md").read_text(), f"{rule.id} guards a control: name it there"


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make ([a-z]+)`|\$ make ([a-z]+)", README))))
def test_every_make_target_that_the_readme_names_exists(target: tuple[str, str]) -> None:
    assert re.search(rf"^{''.join(target)}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize(
    "page", ["README.md", *(str(p.relative_to(ROOT)) for p in (ROOT / "docs").rglob("*.md"))]
)
def test_every_link_inside_the_repository_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", (ROOT / page).read_text())
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:constructs|lambda|stacks|tests|docs)/[\w/.]*)`", README)))
)
def test_every_path_that_the_readme_names_exists(path: str) -> None:
    assert (
        ROOT / path.replace("checks/", "constructs/genai_defense/checks/", 1)
        if path.startswith("checks")
        else ROOT / path
    ).exists()
