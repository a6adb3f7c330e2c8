"""The matrix of risks and boundaries: how many controls stand where."""

from collections.abc import Iterable

from genai_defense.checks.depth import RISKS
from genai_defense.checks.rule import Boundary
from genai_defense.proofs.proof import Proof

HEADINGS = ("Risk", *(boundary.value.replace("_", " ") for boundary in Boundary), "verdict")
"""What the columns are called."""


def matrix_rows(proofs: Iterable[Proof]) -> list[tuple[str, ...]]:
    """A row for each claim about depth: the risk, the number of controls at each boundary, and the verdict.

    Args:
        proofs: Of any prover; those about anything else are passed over.
    """
    names = {f"depth-{risk.lower()}": f"{risk} {name}" for risk, name in RISKS.items()}
    return [
        (
            names[proof.id],
            *(str(len(proof.controls.get(boundary.value, ()))) for boundary in Boundary),
            proof.verdict.value.replace("_", " "),
        )
        for proof in proofs
        if proof.id in names
    ]
