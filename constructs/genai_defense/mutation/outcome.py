"""What became of a mutant."""

from dataclasses import dataclass, field

from genai_defense.mutation.detector_names import DetectorName
from genai_defense.mutation.mutant import Mutant


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the detectors said; it travels between processes.

    Attributes:
        refused: Why CloudFormation would refuse the mutant; empty where it is valid.
        noticed: Detector to the rules that noticed it.
    """

    refused: tuple[str, ...]
    noticed: dict[DetectorName, tuple[str, ...]] = field(default_factory=dict[DetectorName, tuple[str, ...]])


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A mutant, and what the detectors said about it."""

    mutant: Mutant
    shown: Shown
