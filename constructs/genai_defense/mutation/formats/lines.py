"""Sentences that several formats share."""

from collections.abc import Iterator

from genai_defense.mutation.report import Report, Row, Status

REDUNDANT = "not noticed, and proven to make no request possible that was refused, so not counted"


def heading(report: Report) -> str:
    """How many mutants there are, and of which kind."""
    parts = [f"{len(report.judged)} mutants", f"{report.live} live{_of_them(report)}"]
    if invalid := len(report.having(Status.INVALID)):
        parts.append(f"{invalid} invalid")
    rest = "" if report.complete else " (interrupted: the others were not shown)"
    return f"{report.path}: {', '.join(parts)}{rest}."


def _of_them(report: Report) -> str:
    parts = [
        f"{count} {status.value}"
        for status in (Status.REDUNDANT, Status.EQUIVALENT)
        if (count := len(report.having(status)))
    ]
    return f" (of them {' and '.join(parts)})" if parts else ""


def verdict(report: Report) -> str:
    """What the first detector noticed, and how many were left out of that."""
    row, first = report.total(), report.detectors[0]
    count = len(report.survivors)
    left = {0: "none survived", 1: "1 survived"}.get(count, f"{count} survived")
    noticed = row.noticed[first]
    share = f"{first} noticed {noticed} of {row.counted} ({percent(noticed, row.counted)}): {left}."
    redundant = len(report.having(Status.REDUNDANT))
    return f"{share} {redundant} more redundant: {REDUNDANT}." if redundant else share


def percent(part: int, whole: int) -> str:
    """A share, as people read it; never rounded up to all."""
    if not whole:
        return "-"
    return f"{int(1000 * part / whole) / 10:g} %"


def cells(row: Row) -> Iterator[str]:
    """How many each detector noticed, and how many at least one did."""
    for count in row.noticed.values():
        yield f"{count}/{row.counted}"
    if len(row.noticed) > 1:
        yield f"{row.by_any}/{row.counted}"


def columns(report: Report) -> list[str]:
    """The detectors, and `any` where there are several."""
    names = [each.value for each in report.detectors]
    return [*names, "any"] if len(names) > 1 else names
