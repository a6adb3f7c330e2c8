"""Runs a whole check: reads, asks, marks what is known, writes."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from genai_defense.checks.baseline import Known, apply_baseline, read_baseline
from genai_defense.checks.bounds import DEFAULT_BOUNDS, Bounds, bounds_from
from genai_defense.checks.depth_pack import OWASP_LLM_DEPTH
from genai_defense.checks.formats.names import Format
from genai_defense.checks.formats.writers import WRITERS
from genai_defense.checks.judge import Judgement, judge
from genai_defense.checks.pack import OWASP_LLM, OWASP_LLM_BASELINE
from genai_defense.checks.pack_names import PackName
from genai_defense.checks.read.deployment import Deployment, read_deployments
from genai_defense.checks.read.document import read_document
from genai_defense.checks.read.errors import UnusableInputError

_OWN = {
    PackName.OWASP_LLM: OWASP_LLM,
    PackName.OWASP_LLM_BASELINE: OWASP_LLM_BASELINE,
    PackName.OWASP_LLM_DEPTH: OWASP_LLM_DEPTH,
}


class Outcome(NamedTuple):
    """What a check came to.

    Attributes:
        report: The report, in its format.
        stale: A line about each entry of the baseline that nothing matches any more.
        levels: Levels of the findings that count.
    """

    report: str
    stale: list[str]
    levels: frozenset[str]


def run_check(
    paths: Sequence[Path],
    packs: Sequence[PackName],
    form: Format,
    baseline: Path | None,
    bounds: Path | None = None,
) -> Outcome:
    """Check every path on its own.

    Args:
        paths: Templates and cloud assemblies.
        packs: Whose rules.
        form: How the report is written.
        baseline: Report of an earlier run.
        bounds: JSON object of the numeric limits to set; the others keep their defaults.

    Raises:
        UnusableInputError: A path, the baseline or the bounds cannot be read. Nothing is reported then.
    """
    known = read_baseline(baseline) if baseline else frozenset[Known]()
    limits = _read_bounds(bounds) if bounds else DEFAULT_BOUNDS
    deployments = [deployment for path in paths for deployment in read_deployments(path)]
    judgements, stale = apply_baseline([_judge(one, packs, limits) for one in deployments], known)
    return Outcome(
        report=WRITERS[form](judgements),
        stale=[
            f"{baseline}: {entry.rule} on {entry.resource} in {entry.template} is gone; take it out."
            for entry in stale
        ],
        levels=frozenset(found.level for one in judgements for found in one.findings if found.is_open),
    )


def _read_bounds(path: Path) -> Bounds:
    try:
        return bounds_from(read_document(path))
    except ValueError as error:
        raise UnusableInputError(f"{path}: {error}") from error


def _judge(deployment: Deployment, packs: Sequence[PackName], bounds: Bounds) -> Judgement:
    judgement = judge(deployment, [_OWN[name] for name in packs if name in _OWN], bounds)
    if foreign := [name for name in packs if name not in _OWN]:
        from genai_defense.checks.nag import ask_cdk_nag  # noqa: PLC0415 - 2 s and Node.js, when asked

        return ask_cdk_nag(deployment, foreign, judgement)
    return judgement
