"""The page docs/proof.md: what the provers say, what the pack notices. `make mutation` counts anew for it."""

import json
from collections import Counter
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
_SIDE_BY_SIDE = tuple(
    name for name in DetectorName if name not in {DetectorName.OWASP_LLM_BASELINE, DetectorName.CFN_GUARD}
)
"""Who is asked about the sample. cfn-guard has no rules of its own, the Baseline's are for whole accounts."""
_SAMPLE = 200
_PROVEN = """\
`genai-defense prove cdk.out.prod --organization cdk.out.management` prints this part. Unknown counts as
failure. *Without* says what becomes of a claim when that layer is taken away."""
_NOTICED = """\
`genai-defense mutate PATH` prints these tables, and each survivor with what is weaker. Operators come from
knowledge of the services and know no rule. A mutant that survives is a gap of the pack."""
_BESIDE = f"""\
`genai-defense mutate {_WEAKENED[0]} --sample {_SAMPLE}` shows the same mutants, spread over all operators, to
each detector that is named by `--detector`. A detector notices what it finds in the mutant and not before."""


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
    return page("Proof", _PROVEN, proven.strip(), *_counted(counted["whole"]), *_beside(counted["sample"]))


def _beside(run: Mapping[str, Any]) -> Iterator[str]:
    yield "## Beside others"
    yield _BESIDE
    yield f"{run['mutants']} mutants, {run['live']} live."
    yield table(["class", *run["detectors"], "any"], run["class"])


def _counted(counted: Mapping[str, Any]) -> Iterator[str]:
    yield "## What is noticed"
    yield _NOTICED
    for path, run in counted.items():
        yield f"### {path}"
        redundant = f", {count} of them redundant" if (count := run.get("redundant")) else ""
        yield f"{run['mutants']} mutants, {run['live']} live{redundant}."
        for title in ("class", "operator"):
            yield table([title, *run["detectors"], "any"], run[title])
        yield "Mutants that a reviewer found to weaken nothing, with the argument:"
        yield table(["mutants", "why"], run["equivalent"])
        yield "Mutants that the pack does not notice:"
        yield table(["mutant", "what is weaker"], run["survivors"])


def count(checkout: Path) -> None:
    """Weaken both assemblies of a checkout, show a sample to all detectors, and write `COUNTED`."""
    own = (DetectorName.OWASP_LLM, DetectorName.CLOUDFORMATION_VALIDATE)
    whole = {path: _summary(run_mutations(Order(path=checkout / path, detectors=own))) for path in _WEAKENED}
    order = Order(path=checkout / _WEAKENED[0], detectors=_SIDE_BY_SIDE, sample=_SAMPLE)
    sample = run_mutations(order)
    if sample.missing:
        raise SystemExit("\n".join(f"{name}: {why}" for name, why in sample.missing.items()))
    counted = {"whole": whole, "sample": _summary(sample)}
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
        "equivalent": _equivalent(report),
        "survivors": _survivors(report),
    }


def _row(row: Row) -> list[str]:
    return [row.name, *(f"{noticed} of {row.counted}" for noticed in (*row.noticed.values(), row.by_any))]


def _equivalent(report: Report) -> list[list[str]]:
    """How many mutants a reviewer's argument is about, by the argument."""
    counts = Counter(one.why for one in report.having(Status.EQUIVALENT))
    return [[str(count), why] for why, count in sorted(counts.items())]


def _survivors(report: Report) -> list[list[str]]:
    return [[f"`{one.outcome.mutant.id}`", one.outcome.mutant.sentence] for one in report.survivors]


if __name__ == "__main__":
    count(Path.cwd())
