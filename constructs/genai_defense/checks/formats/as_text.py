"""The report that people read in a terminal."""

from collections.abc import Iterator, Sequence

from genai_defense.checks.formats.totals import sentence
from genai_defense.checks.judge import Found, Judgement


def write(judgements: Sequence[Judgement]) -> str:
    """Write open findings, resource by resource, and a line about each deployment."""
    return "".join(line for one in judgements for line in _lines(one))


def _lines(judgement: Judgement) -> Iterator[str]:
    last = ""
    for found in sorted(judgement.findings, key=lambda one: (one.template, one.resource, one.rule)):
        if not found.is_open:
            continue
        where = heading(found, judgement)
        if where != last:
            yield f"{where}\n"
        last = where
        yield f"  {found.level} {found.rule}\n    {found.message}\n    Remedy: {found.remedy}\n"
    yield f"{sentence(judgement)}\n"


def heading(found: Found, judgement: Judgement) -> str:
    """Name a finding's resource, with its template where a deployment has several."""
    several = found.template != judgement.path
    return f"{found.template}: {found.resource}" if several else found.resource
