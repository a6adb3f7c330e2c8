"""The report that a pull request shows."""

from collections.abc import Iterator, Sequence

from genai_defense.checks.formats.as_text import heading
from genai_defense.checks.formats.totals import sentence
from genai_defense.checks.judge import Judgement


def write(judgements: Sequence[Judgement]) -> str:
    """Write a table of open findings, and one of acknowledged ones, for each deployment."""
    return "\n".join(line for one in judgements for line in _lines(one)) + "\n"


def _lines(judgement: Judgement) -> Iterator[str]:
    yield f"## {cell(judgement.path)}\n\n{cell(sentence(judgement))}.\n"
    if unaccepted := [found for found in judgement.findings if found.is_open]:
        yield "| Level | Rule | Resource | Property | What is wrong | Remedy |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for found in unaccepted:
            where = cell(heading(found, judgement))
            what, remedy = cell(found.message), cell(found.remedy)
            yield f"| {found.level} | {found.rule} | {where} | `{found.path}` | {what} | {remedy} |"
        yield ""
    if accepted := [found for found in judgement.findings if found.acknowledged is not None]:
        yield "Acknowledged:\n\n| Rule | Resource | Reason |\n| --- | --- | --- |"
        for found in accepted:
            yield f"| {found.rule} | {cell(heading(found, judgement))} | {cell(found.acknowledged or '')} |"
        yield ""


def cell(text: str) -> str:
    """Text that ends no cell, and is neither markup nor a mention."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|").replace("@", "&#64;")
    return " ".join(safe.split())
