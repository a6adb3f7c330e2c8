"""The report that programs read; its schema is `mutation-report.schema.json` beside this file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from genai_defense import __version__
from genai_defense.mutation.report import (
    Judged,
    Report,
    Row,
    Status,
    by_class,
    by_operator,
    by_resource_type,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


def write(report: Report) -> str:
    """Write all that is known about each mutant."""
    body = {
        "version": __version__,
        "path": report.path,
        "complete": report.complete,
        "detectors": [each.value for each in report.detectors],
        "missing": {name.value: why for name, why in report.missing.items()},
        "unproven": report.unproven,
        "summary": {
            "mutants": len(report.judged),
            "live": report.live,
            **{status.value: len(report.having(status)) for status in Status},
            "survivors": len(report.survivors),
            "noticed": _counts(report.total()),
            "noticed_by_any": report.total().by_any,
        },
        "classes": _rows(report.rows(by_class)),
        "operators": _rows(report.rows(by_operator)),
        "resource_types": _rows(report.rows(by_resource_type)),
        "mutants": [_mutant(one) for one in report.judged],
        "broken": list(report.broken),
        "stale": [one.mutant for one in report.stale],
    }
    return json.dumps(body, indent=2) + "\n"


def _rows(rows: Iterable[Row]) -> dict[str, Any]:
    return {
        row.name: {"counted": row.counted, "noticed": _counts(row), "noticed_by_any": row.by_any}
        for row in rows
    }


def _counts(row: Row) -> dict[str, int]:
    return {name.value: count for name, count in row.noticed.items()}


def _mutant(one: Judged) -> dict[str, Any]:
    mutant = one.outcome.mutant
    return {
        "id": mutant.id,
        "operator": mutant.operator,
        "class": mutant.mutant_class.value,
        "template": mutant.template,
        "resource": mutant.resource,
        "resource_type": mutant.resource_type,
        "sentence": mutant.sentence,
        "status": one.status.value,
        "why": one.why,
        "noticed": {name.value: list(rules) for name, rules in one.outcome.shown.noticed.items()},
    }
