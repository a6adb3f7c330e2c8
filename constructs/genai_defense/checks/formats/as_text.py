"""The report that people read in a terminal."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from genai_defense.checks.formats.totals import sentence
from genai_defense.checks.judge import Found, Judgement


def write(judgements: Sequence[Judgement]) -> str:
    """Write open findings, resource by resource, and a line about each deployment."""
    return "".join(line for one in judgements for line in _lines(one))


def _lines(judgement: Judgement) -> Iterator[str]:
    last = ""
    unaccepted = sorted((one for one in judgement.findings if one.is_open), key=_place)
    for _, places in groupby(unaccepted, key=_place):
        found, *further = places
        where = heading(found, judgement)
        if where != last:
            yield f"{where}\n"
        last = where
        messages = "".join(f"    {one.message}\n" for one in (found, *further))
        yield f"  {found.level} {found.rule}\n{messages}    Remedy: {found.remedy}\n"
    yield f"{sentence(judgement)}\n"


def _place(found: Found) -> tuple[str, str, str]:
    return found.template, found.resource, found.rule


def heading(found: Found, judgement: Judgement) -> str:
    """Name a finding's resource, with its template where a deployment has several."""
    several = found.template != judgement.path
    return f"{found.template}: {found.resource}" if several else found.resource
