"""The run says what it is: every type is judged, nothing is called more than it is."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from genai_defense.local.fidelity import FIDELITY, NOT_MODELLED, judge, rows_of
from genai_defense.local.provisioner import Fidelity
from genai_defense.local.provisioners import ADDED
from genai_defense.local.provisioners_baseline import RECORDED as BASELINE
from genai_defense.local.provisioners_recorded import RECORDED
from genai_defense.local.scenario import StepResult
from genai_defense.local.tables import print_fidelity, print_results


@pytest.mark.parametrize("kind", sorted(ADDED))
def test_every_type_of_the_adaptor_is_judged(kind: str) -> None:
    assert judge(kind)[0] is not None


@pytest.mark.parametrize("kind", sorted({*RECORDED, *BASELINE}))
def test_a_recorded_type_is_never_called_real(kind: str) -> None:
    assert judge(kind)[0] is Fidelity.RECORDED


@pytest.mark.parametrize("profile", ["dev", "prod"])
def test_every_type_of_the_app_is_judged(assembly_of: Callable[[str], Path], profile: str) -> None:
    """What the run prints and the page that is made of the same rows say of nothing that nobody knows."""
    assert [row.kind for row in rows_of(assembly_of(profile)) if row.fidelity is None] == []


def test_the_page_of_the_local_run_has_nothing_that_is_not_judged() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "local-run.md").read_text()
    assert "not judged" not in page
    assert "unknown" not in page


def test_the_longest_entry_decides() -> None:
    assert judge("AWS::EC2::VPC")[0] is Fidelity.RECORDED
    assert judge("AWS::EC2::VPCEndpoint")[0] is Fidelity.REAL
    assert judge("AWS::Nobody::Knows")[0] is None


def test_entries_are_types_or_services() -> None:
    assert all(entry.count("::") == (1 if entry.startswith("Custom::") else 2) for entry in FIDELITY)


def test_rows_count_the_templates_and_put_the_unknown_first(tmp_path: Path) -> None:
    def template(*kinds: str) -> str:
        return json.dumps({"Resources": {f"R{number}": {"Type": kind} for number, kind in enumerate(kinds)}})

    (tmp_path / "a.template.json").write_text(template("AWS::KMS::Key", "AWS::Nobody::Knows"))
    (tmp_path / "b.template.json").write_text(template("AWS::KMS::Key", "AWS::NetworkFirewall::Firewall"))
    (tmp_path / "manifest.json").write_text("{}")
    rows = [(row.kind, row.count, row.fidelity) for row in rows_of(tmp_path)]
    assert rows == [
        ("AWS::Nobody::Knows", 1, None),
        ("AWS::KMS::Key", 2, Fidelity.REAL),
        ("AWS::NetworkFirewall::Firewall", 1, Fidelity.RECORDED),
    ]


def test_the_tables_say_it_all_without_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.template.json").write_text('{"Resources": {"R": {"Type": "AWS::Nobody::Knows"}}}')
    output = StringIO()
    console = Console(file=output, width=140)
    print_fidelity(console, rows_of(tmp_path))
    print_results(
        console,
        [
            StepResult(name="asked [bold]", expected="200", got="200", passed=True),
            StepResult(name="attacked", expected="422", got="200 [/red]", passed=False),
        ],
    )
    text = output.getvalue()
    assert "AWS::Nobody::Knows" in text
    assert "unknown" in text
    assert "asked [bold]" in text
    assert "200 [/red]" in text
    assert "\x1b" not in text
    assert all(sentence[:60] in text for sentence in NOT_MODELLED)
    assert [
        line.count("pass") + line.count("FAIL") for line in text.split("\n") if "ked" in line and "|" in line
    ] == [1, 1]


def test_it_does_not_claim_that_aws_accepted_the_stack() -> None:
    assert NOT_MODELLED[0].startswith("AWS has not seen these templates")
