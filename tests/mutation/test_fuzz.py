"""No template makes an operator or the run break down."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.mutation.detector_names import DetectorName
from genai_defense.mutation.formats.writers import WRITERS
from genai_defense.mutation.mutate import Order, run_mutations
from tests.checks.any_template import any_template, cases

pytestmark = pytest.mark.slow


@settings(max_examples=cases(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(template=any_template())
def test_no_template_makes_a_mutation_run_break_down(tmp_path: Path, template: dict[str, Any]) -> None:
    file = tmp_path / "template.json"
    file.write_text(json.dumps(template))
    refused, written = "", list[str]()
    try:
        report = run_mutations(Order(path=file, detectors=(DetectorName.OWASP_LLM,), jobs=1))
        written = [write(report) for write in WRITERS.values()]
        assert [line for line in report.broken if "broke down" in line] == []
        assert report.complete
    except UnusableInputError as error:
        refused = str(error)
    assert bool(written) != bool(refused)
    assert len(refused.splitlines()) <= 1
