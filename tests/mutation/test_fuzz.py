"""No template makes an operator or the run break down."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.mutation.detector_names import DetectorName
from genai_defense.mutation.mutate import Order, run_mutations
from tests.checks.any_template import any_template, cases


@settings(max_examples=cases(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(template=any_template())
def test_no_template_makes_a_mutation_run_break_down(tmp_path: Path, template: dict[str, Any]) -> None:
    file = tmp_path / "template.json"
    file.write_text(json.dumps(template))
    with suppress(UnusableInputError):
        report = run_mutations(Order(path=file, detectors=(DetectorName.OWASP_LLM,), jobs=1))
        assert report.broken == ()
        assert report.complete
