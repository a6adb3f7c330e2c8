"""Each format holds every finding, and passes what its readers demand."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from genai_defense.checks.formats import as_json
from genai_defense.checks.formats.names import Format
from genai_defense.checks.formats.writers import WRITERS
from genai_defense.checks.judge import Evidence, Found, Judgement

_OPEN = Found(
    rule="OwaspLlm-UserPoolRequiresMfa",
    level="error",
    status="non_compliant",
    resource="Users",
    resource_type="AWS::Cognito::UserPool",
    path="Properties.MfaConfiguration",
    message="Sign-in needs one factor | <b>only</b> @everyone \x00.",
    remedy="Set it to ON.",
    template="cdk.out/My Shop.template.json",
    construct_path="Shop/Users/Resource",
)
_REASON = "Guests sign in with a passkey, which is two factors."
_ACCEPTED = replace(_OPEN, resource="Guests", acknowledged=_REASON)
_KNOWN = replace(_OPEN, resource="Old", known=True, level="warning", status="unknown", path="")
_KEPT = Evidence(rule=_OPEN.rule, resource="Staff", resource_type=_OPEN.resource_type, message="It is ON.")
_COUNTS = {_OPEN.rule: {"compliant": 1, "non_compliant": 2, "unknown": 1, "not_applicable": 0}}
_JUDGEMENT = Judgement(
    path="cdk.out", findings=(_OPEN, _ACCEPTED, _KNOWN), evidence=(_KEPT,), counts=_COUNTS, resources=4
)


def _written(form: Format, *judgements: Judgement) -> str:
    return WRITERS[form](judgements or (_JUDGEMENT,))


@pytest.mark.parametrize("form", list(Format))
def test_every_format_names_what_is_open_and_ends_with_a_line(form: Format) -> None:
    text = _written(form)
    assert text.endswith("\n")
    assert "Users" in text
    assert _OPEN.rule in text


@pytest.mark.parametrize("form", list(Format))
def test_nothing_found_is_a_valid_report_too(form: Format) -> None:
    assert _written(form, Judgement(path="t", findings=(), evidence=(), counts={}, resources=0)).strip()


def test_json_keeps_its_schema() -> None:
    schema = json.loads(Path(as_json.__file__).with_name("check-report.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    report: Any = json.loads(_written(Format.JSON))
    jsonschema.validate(report, schema, cls=jsonschema.Draft202012Validator)
    assert report["results"][0]["summary"]["errors"] == 1
    assert [found["acknowledged"] for found in report["results"][0]["findings"]] == [
        None,
        _ACCEPTED.acknowledged,
        None,
    ]


def test_sarif_keeps_the_official_schema() -> None:
    """The schema is OASIS's, of SARIF 2.1.0 with errata 01 (github.com/oasis-tcs/sarif-spec, 2026-11-24)."""
    schema = json.loads((Path(__file__).parent / "sarif-schema-2.1.0.json").read_text())
    report: Any = json.loads(_written(Format.SARIF))
    jsonschema.validate(report, schema, cls=jsonschema.Draft4Validator)
    results = report["runs"][0]["results"]
    assert ["suppressions" in result for result in results] == [False, True, True]
    place = results[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "cdk.out/My%20Shop.template.json"


def test_fingerprints_stay_and_differ() -> None:
    def prints(*findings: Found) -> list[str]:
        report: Any = json.loads(_written(Format.SARIF, replace(_JUDGEMENT, findings=findings)))
        return [result["partialFingerprints"]["genaiDefense/v1"] for result in report["runs"][0]["results"]]

    moved = replace(_OPEN, message="Other words.", template="/ci/build/My Shop.template.json")
    assert prints(_OPEN) == prints(moved)
    assert len(set(prints(_OPEN, _ACCEPTED, _KNOWN))) == 3
    places = [replace(_OPEN, path=f"Properties.Policies.{number}.Action") for number in range(2)]
    assert len(set(prints(*places))) == 2


def test_junit_has_a_case_for_each_rule_and_resource() -> None:
    suite = ET.fromstring(_written(Format.JUNIT)).find("testsuite")  # noqa: S314 - our own text
    assert suite is not None
    assert {name: suite.get(name) for name in ("tests", "failures", "skipped")} == {
        "tests": "4",
        "failures": "1",
        "skipped": "2",
    }
    names = sorted(case.get("name", "").rpartition(" ")[2] for case in suite)
    assert names == ["Guests", "Old", "Staff", "Users"]


def test_markdown_lets_no_text_become_markup() -> None:
    text = _written(Format.MARKDOWN)
    assert "<b>" not in text
    assert "@everyone" not in text
    row = next(line for line in text.splitlines() if line.startswith("| error"))
    assert row.replace("\\|", "").count("|") == 7


def test_text_says_the_remedy_once_for_all_places_of_a_resource() -> None:
    further = replace(_OPEN, path="Properties.EnabledMfas", message="No factor is enabled.")
    text = _written(Format.TEXT, replace(_JUDGEMENT, findings=(_OPEN, further)))
    assert text.count(_OPEN.remedy) == 1
    assert further.message in text


def test_text_shows_what_to_do_and_counts_the_rest() -> None:
    text = _written(Format.TEXT)
    assert "Remedy: Set it to ON." in text
    assert "Guests" not in text
    assert "4 resources, 1 rule, 1 error, 0 warnings, 1 in order, 1 acknowledged, 1 in the baseline" in text
