"""The provers' report that people read in a terminal."""

from collections.abc import Iterator, Sequence

from genai_defense.proofs.formats.matrix import HEADINGS, matrix_rows
from genai_defense.proofs.proof import Proof
from genai_defense.proofs.proven import Proven


def write(proven: Sequence[Proven]) -> str:
    """Write each claim with its verdict, what shows or breaks it, and what still holds without a layer."""
    return "".join(line for one in proven for line in _lines(one))


def _lines(one: Proven) -> Iterator[str]:
    last = ""
    for name, proof in one.proofs:
        if name.value != last:
            yield f"{name.value}\n"
        last = name.value
        yield f"  {proof.verdict.value.replace('_', ' ').upper()}  {proof.claim} [{proof.id}]\n"
        yield from (f"    ! {each}\n" for each in proof.counterexamples)
        if proof.witness:
            yield f"    seen: {proof.witness}\n"
        yield from _without(proof)
    yield from _matrix(one)
    yield f"{one.sentence}\n"


def _matrix(one: Proven) -> Iterator[str]:
    rows = matrix_rows(proof for _, proof in one.proofs)
    table = [HEADINGS, *rows] if rows else []
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"  {cells.rstrip()}\n"


def _without(proof: Proof) -> Iterator[str]:
    width = max((len(layer) for layer in proof.without), default=0)
    for layer, verdict in proof.without.items():
        yield f"    without {layer:<{width}}  {verdict.value.replace('_', ' ')}\n"
