"""The provers' report that a pull request shows."""

from collections.abc import Iterator, Sequence

from genai_defense.checks.formats.as_markdown import cell
from genai_defense.proofs.formats.matrix import HEADINGS, matrix_rows
from genai_defense.proofs.proof import Proof
from genai_defense.proofs.proven import Proven


def write(proven: Sequence[Proven]) -> str:
    """Write a table of claims, one of what breaks them, and one of what still holds without a layer."""
    return "\n".join(line for one in proven for line in _lines(one)) + "\n"


def _lines(one: Proven) -> Iterator[str]:
    yield f"## {cell(one.path)}\n\n{cell(one.sentence)}.\n"
    yield "| Prover | Claim | Verdict | Seen |"
    yield "| --- | --- | --- | --- |"
    for name, proof in one.proofs:
        shown = f"{_verdict(proof)} | {cell(proof.witness)}"
        yield f"| {name.value} | {cell(proof.claim)} (`{proof.id}`) | {shown} |"
    yield ""
    if rows := matrix_rows(proof for _, proof in one.proofs):
        yield from (f"| {' | '.join(row)} |" for row in (HEADINGS, ("---",) * len(HEADINGS), *rows))
        yield "\n| Claim | Boundary | Rules whose controls stand there |\n| --- | --- | --- |"
        for proof in (proof for _, proof in one.proofs):
            for boundary, rules in proof.controls.items():
                yield f"| `{proof.id}` | {boundary.replace('_', ' ')} | {', '.join(rules)} |"
        yield ""
    if broken := [(proof, each) for _, proof in one.proofs for each in proof.counterexamples]:
        yield "| Claim | What breaks it, or leaves it open |\n| --- | --- |"
        yield from (f"| `{proof.id}` | {cell(each)} |" for proof, each in broken)
        yield ""
    if layered := [(proof, layer) for _, proof in one.proofs for layer in proof.without]:
        yield "| Claim | Without | Then |\n| --- | --- | --- |"
        for proof, layer in layered:
            yield f"| `{proof.id}` | {cell(layer)} | {proof.without[layer].value.replace('_', ' ')} |"
        yield ""


def _verdict(proof: Proof) -> str:
    shown = proof.verdict.value.replace("_", " ")
    return f"**{shown}**" if proof.fails else shown
