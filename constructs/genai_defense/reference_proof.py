"""The page docs/proof.md: what the provers say, what the pack notices. `make mutation` counts anew for it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from genai_defense.markdown import page, table
from genai_defense.mutation.detector_names import DetectorName
from genai_defense.mutation.mutate import Order, run_mutations
from genai_defense.mutation.report import Report, Row, Status, by_class, by_operator
from genai_defense.proofs.names import ProofFormat
from genai_defense.proofs.run import run_proofs

COUNTED = Path("docs") / "mutation.json"
"""What the last mutation run counted; it takes minutes, so the page is written from this file."""
_WEAKENED = ("cdk.out.prod", "cdk.out.management")
_PROVEN = """\
`genai-defense prove cdk.out.prod --organization cdk.out.management` prints this part. Unknown counts as
failure. *Without* says what becomes of a claim when that layer is taken away."""
_NOTICED = """\
`genai-defense mutate PATH` prints these tables, and each survivor with what is weaker. Operators come from
knowledge of the services and know no rule. A mutant that survives is a gap of the pack."""


def proof_page(checkout: Path, prod: Path, management: Path) -> str:
    """The page.

    Args:
        checkout: Folder that holds `COUNTED`.
        prod: Cloud assembly of prod; the page calls it by the name that `make synth` gives it.
        management: Cloud assembly of the management account.
    """
    told = run_proofs([prod], [], ProofFormat.MARKDOWN, management, lambda _: None)
    proven = told.report.replace(str(prod), _WEAKENED[0]).replace(str(management), _WEAKENED[1])
    counted: dict[str, Any] = json.loads((checkout / COUNTED).read_text(encoding="utf-8"))
    return page("Proof", _PROVEN, proven.strip(), *_counted(counted))


def _counted(counted: Mapping[str, Any]) -> Iterator[str]:
    yield "## What is noticed"
    yield _NOTICED
    for path, run in counted.items():
        yield f"### {path}"
        redundant = f", {count} of them redundant" if (count := run.get("redundant")) else ""
        yield f"{run['mutants']} mutants, {run['live']} live{redundant}."
        for title in ("class", "operator"):
            yield table([title, *run["detectors"]], run[title])


def count(checkout: Path) -> None:
    """Weaken both assemblies of a checkout in every way, and write `COUNTED`."""
    detectors = (DetectorName.OWASP_LLM, DetectorName.CLOUDFORMATION_VALIDATE)
    counted = {
        path: _summary(run_mutations(Order(path=checkout / path, detectors=detectors))) for path in _WEAKENED
    }
    (checkout / COUNTED).write_text(json.dumps(counted, indent=1) + "\n", encoding="utf-8")


def _summary(report: Report) -> dict[str, Any]:
    if not report.complete:
        raise SystemExit(130)
    return {
        "mutants": len(report.judged),
        "live": report.live,
        "redundant": len(report.having(Status.REDUNDANT)),
        "detectors": [each.value for each in report.detectors],
        "class": [_row(row) for row in (*report.rows(by_class), report.total())],
        "operator": [_row(row) for row in report.rows(by_operator)],
    }


def _row(row: Row) -> list[str]:
    return [row.name, *(f"{noticed} of {row.counted}" for noticed in row.noticed.values())]


if __name__ == "__main__":
    count(Path.cwd())
