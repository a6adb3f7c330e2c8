"""What a proof says: a claim, whether it holds, and what shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """What became of a claim."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"
    """It could not be decided. It counts as failure."""
    NOT_APPLICABLE = "not_applicable"
    """The deployment has nothing that it speaks of, such as a network; the witness says what is missing."""


WORST_FIRST = (Verdict.FAILS, Verdict.UNKNOWN, Verdict.HOLDS, Verdict.NOT_APPLICABLE)
"""Which verdict counts of several about one claim."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One claim about a deployment.

    Attributes:
        id: Such as `iam-every-invocation-names-the-guardrail`.
        claim: The claim, in one sentence.
        verdict: Whether it holds.
        counterexamples: What breaks it, or why it is unknown, each in words that an operator understands.
        witness: What shows that the claim is about something, such as one call that is allowed.
        without: Layer, to what becomes of the claim when that layer is taken away.
        controls: Boundary, to the rules whose controls stand there; of claims about depth only.
    """

    id: str
    claim: str
    verdict: Verdict
    counterexamples: tuple[str, ...] = ()
    witness: str = ""
    without: Mapping[str, Verdict] = field(default_factory=dict[str, Verdict])
    controls: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    @property
    def fails(self) -> bool:
        """Whether it counts as failure."""
        return self.verdict in {Verdict.FAILS, Verdict.UNKNOWN}
