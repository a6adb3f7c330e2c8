"""The report that programs read; its schema is `check-report.schema.json` beside this file."""

import json
from collections.abc import Sequence
from typing import Any

from genai_defense import __version__
from genai_defense.checks.formats.totals import totals
from genai_defense.checks.judge import Judgement


def write(judgements: Sequence[Judgement]) -> str:
    """Write all that is known about each deployment."""
    return (
        json.dumps({"version": __version__, "results": [_result(one) for one in judgements]}, indent=2) + "\n"
    )


def _result(judgement: Judgement) -> dict[str, Any]:
    return {
        "path": judgement.path,
        "findings": [
            {
                "rule": found.rule,
                "level": found.level,
                "status": found.status,
                "resource": found.resource,
                "resource_type": found.resource_type,
                "property": found.path,
                "message": found.message,
                "remedy": found.remedy,
                "acknowledged": found.acknowledged,
                "template": found.template,
                "construct_path": found.construct_path,
                "in_baseline": found.known,
            }
            for found in judgement.findings
        ],
        "evidence": [
            {
                "rule": kept.rule,
                "resource": kept.resource,
                "resource_type": kept.resource_type,
                "message": kept.message,
            }
            for kept in judgement.evidence
        ],
        "summary": {
            "resources": judgement.resources,
            **totals(judgement.findings)._asdict(),
            "rules": judgement.counts,
        },
    }
