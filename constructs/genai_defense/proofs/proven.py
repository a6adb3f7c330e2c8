"""What the provers say about one deployment."""

from dataclasses import dataclass

from genai_defense.proofs.names import ProverName
from genai_defense.proofs.proof import Proof, Verdict


@dataclass(frozen=True, kw_only=True)
class Proven:
    """The proofs of one deployment.

    Attributes:
        path: What was read.
        proofs: Each with the prover that made it.
    """

    path: str
    proofs: tuple[tuple[ProverName, Proof], ...]

    @property
    def counts(self) -> dict[str, int]:
        """Verdict, to the number of proofs that have it."""
        return {each.value: sum(proof.verdict is each for _, proof in self.proofs) for each in Verdict}

    @property
    def sentence(self) -> str:
        """One line about it."""
        shown = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in self.counts.items() if count)
        return f"{self.path}: {shown or 'nothing was proven'}"
