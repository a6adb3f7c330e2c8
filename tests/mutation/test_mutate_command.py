"""`genai-defense mutate`: what it prints, and how it exits."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from genai_defense.cli import app
from genai_defense.mutation import run
from genai_defense.mutation.formats import as_json
from tests.mutation.weakenings import TEMPLATE, template_in

pytestmark = pytest.mark.usefixtures("two_operators")


def _mutate(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["mutate", *map(str, arguments)])


def _report(*arguments: object) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(_mutate(*arguments, "--format", "json").stdout)
    schema = json.loads(Path(as_json.__file__).with_name("mutation-report.schema.json").read_text())
    jsonschema.validate(report, schema, cls=jsonschema.Draft202012Validator)
    return report


def test_every_weakening_becomes_a_mutant_in_a_fixed_order(tmp_path: Path) -> None:
    file = template_in(tmp_path)
    mutants = _report(file)["mutants"]
    assert [one["id"] for one in mutants] == [
        "drop-property/app.json/Docs/1",
        "drop-property/app.json/Docs/2",
        "drop-property/app.json/Docs/3",
        "filter-down/app.json/Screen/1",
        "filter-down/app.json/Screen/2",
    ]
    assert mutants[0]["sentence"] == "VersioningConfiguration is gone."


def test_what_is_noticed_survives_or_is_refused_is_told_apart(tmp_path: Path) -> None:
    file = template_in(tmp_path)
    report = _report(file)
    noticed = {one["id"]: one["noticed"]["OwaspLlm"] for one in report["mutants"]}
    assert "OwaspLlm-BucketBlocksPublicAccess" in noticed["drop-property/app.json/Docs/2"]
    assert noticed["drop-property/app.json/Docs/3"] == []
    assert noticed["filter-down/app.json/Screen/1"] == ["OwaspLlm-GuardrailBlocksPromptAttacks"]
    refused = report["mutants"][4]
    assert (refused["status"], refused["why"].partition(" ")[0]) == ("invalid", "F3012")
    assert report["summary"]["live"] == 4
    assert report["summary"]["survivors"] == 1


def test_a_survivor_makes_the_exit_code_unless_fewer_are_asked_for(tmp_path: Path) -> None:
    file = template_in(tmp_path)
    assert _mutate(file).exit_code == 1
    assert _mutate(file, "--min-noticed", "75").exit_code == 0
    assert _mutate(file, "--min-noticed", "76").exit_code == 1
    assert _mutate(file, "--class", "genai").exit_code == 0
    assert _mutate(file, "--operator", "filter-down").exit_code == 0


def test_the_first_detector_decides(tmp_path: Path) -> None:
    file = template_in(tmp_path)
    other = ("--detector", "cloudformation-validate", "--detector", "OwaspLlm", "--class", "genai")
    report = _report(file, *other)
    assert report["detectors"] == ["cloudformation-validate", "OwaspLlm"]
    assert report["summary"]["survivors"] == 1
    assert _mutate(file, *other).exit_code == 1


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_survivor_is_named_with_its_sentence(tmp_path: Path, form: str) -> None:
    shown = _mutate(template_in(tmp_path), "--format", form).stdout
    assert "drop-property/app.json/Docs/3" in shown
    assert "Tags is gone." in shown
    assert "5 mutants, 4 live, 1 invalid." in shown
    assert "OwaspLlm noticed 3 of 4 (75 %): 1 survived." in shown


def test_a_reviewed_equivalent_does_not_count_and_a_stale_one_is_told(tmp_path: Path) -> None:
    file, reviewed = template_in(tmp_path), tmp_path / "equivalent.toml"
    reviewed.write_text(
        '[[equivalent]]\nmutant = "drop-property/*/Docs/3"\nreason = "A tag protects nothing."\n'
        '[[equivalent]]\nmutant = "drop-property/app.json/Gone/*"\nreason = "It was."\n'
        '[[equivalent]]\nmutant = "drop-property/other.json/*/*"\nreason = "Another template."\n'
    )
    report = _report(file, "--equivalent", reviewed)
    assert report["summary"]["survivors"] == 0
    assert report["mutants"][2]["why"] == "A tag protects nothing."
    assert report["stale"] == ["drop-property/app.json/Gone/*"]
    assert _mutate(file, "--equivalent", reviewed).exit_code == 0


def test_a_mutant_reaches_disk_only_when_asked(tmp_path: Path) -> None:
    file = template_in(tmp_path)
    _mutate(file)
    assert [path.name for path in tmp_path.iterdir()] == ["app.json"]
    _mutate(file, "--keep", tmp_path / "kept")
    kept = sorted(file for file in (tmp_path / "kept").rglob("*.json") if file.is_file())
    assert len(kept) == 5
    first = json.loads(kept[0].read_text())
    assert first["Resources"]["Screen"] == TEMPLATE["Resources"]["Screen"]
    assert "VersioningConfiguration" not in first["Resources"]["Docs"]["Properties"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("none.json",), "No such file"),
        (("app.json", "--operator", "nope"), "There is no operator nope."),
        (("app.json", "--equivalent", "none.toml"), "No such file"),
        (("topic.json",), "no operator of these knows how to weaken anything in it"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_exit_code_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    template_in(tmp_path)
    (tmp_path / "topic.json").write_text('{"Resources": {"News": {"Type": "AWS::SNS::Topic"}}}')
    result = _mutate(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_ctrl_c_reports_what_was_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run.outcomes

    def interrupted(*arguments: Any) -> Any:
        every = whole(*arguments)
        yield next(every)
        raise KeyboardInterrupt

    monkeypatch.setattr("genai_defense.mutation.mutate.outcomes", interrupted)
    result = _mutate(template_in(tmp_path), "--format", "json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["complete"], len(report["mutants"])) == (130, False, 1)


def test_a_sample_takes_of_every_operator_in_turn_and_is_the_same_in_every_run(tmp_path: Path) -> None:
    file = template_in(tmp_path)
    two = [one["operator"] for one in _report(file, "--sample", "2")["mutants"]]
    assert sorted(two) == ["drop-property", "filter-down"]
    assert _report(file, "--sample", "3") == _report(file, "--sample", "3")
    assert len(_report(file, "--sample", "3")["mutants"]) == 3
    assert len(_report(file, "--sample", "99")["mutants"]) == 5
