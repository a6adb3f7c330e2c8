"""Findings that a team knows already, so that only new ones stop it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from genai_defense.checks.judge import Found, Judgement
from genai_defense.checks.read.errors import UnusableInputError


@dataclass(frozen=True, order=True)
class Known:
    """A known finding: its template's file name, its resource, its rule, and its property without indexes."""

    template: str
    resource: str
    rule: str
    path: str


def read_baseline(path: Path) -> frozenset[Known]:
    """Read the report of an earlier `genai-defense check --format json` as a baseline.

    Args:
        path: The report.

    Raises:
        UnusableInputError: It is no such report.
    """
    try:
        report: Any = json.loads(path.read_text(encoding="utf-8"))
        return frozenset(
            Known(Path(one["template"]).name, one["resource"], one["rule"], steady(one["property"]))
            for result in report["results"]
            for one in result["findings"]
            if one["acknowledged"] is None
        )
    except OSError as error:
        raise UnusableInputError(f"{path}: {error.strerror or error}.") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnusableInputError(
            f"{path}: no baseline. Make one with `genai-defense check --format json --output {path}`."
        ) from error


def apply_baseline(
    judgements: Sequence[Judgement], baseline: frozenset[Known]
) -> tuple[list[Judgement], list[Known]]:
    """Mark known findings, and list the entries that nothing matches any more.

    Args:
        judgements: What was found now.
        baseline: What is known.

    Returns:
        The judgements with `known` set, and the stale entries.
    """
    marked = [
        replace(one, findings=tuple(replace(f, known=_entry(f) in baseline) for f in one.findings))
        for one in judgements
    ]
    found = {_entry(f) for one in judgements for f in one.findings}
    return marked, sorted(baseline - found)


def steady(path: str) -> str:
    """A property's path without the positions in lists, which move when somebody adds a statement."""
    return ".".join(part for part in path.split(".") if not part.isdigit())


def _entry(found: Found) -> Known:
    return Known(Path(found.template).name, found.resource, found.rule, steady(found.path))
