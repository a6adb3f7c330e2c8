"""Shows mutants to detectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from genai_defense.mutation.detector_names import NAG_NAMES, DetectorName
from genai_defense.mutation.detectors.cloudformation_validate import CloudFormationValidate
from genai_defense.mutation.detectors.detector import Change, Detector, Noticed
from genai_defense.mutation.detectors.own_packs import OWN_PACKS, OwnPacks
from genai_defense.mutation.detectors.programs import PROGRAMS, Program
from genai_defense.mutation.outcome import Shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from genai_defense.mutation.mutant import Mutant
    from genai_defense.mutation.subject import Subject


@dataclass(frozen=True, kw_only=True)
class Detection:
    """Who is asked, and what they need; it travels to other processes.

    Attributes:
        names: The detectors, all of which can be asked here.
        guard_rules: Files with rules of CloudFormation Guard.
        keep: Folder for files that a detector reads, where the machine has none in memory.
    """

    names: tuple[DetectorName, ...]
    guard_rules: tuple[Path, ...] = ()
    keep: Path | None = None


class Bench:
    """The detectors of one deployment, set up once for all its mutants.

    Args:
        subject: The deployment.
        detection: Who is asked. Whether a mutant is valid is asked in any case.
    """

    def __init__(self, subject: Subject, detection: Detection) -> None:
        self._subject, self._names = subject, detection.names
        self._validate = CloudFormationValidate(subject.templates, detection.guard_rules)
        self._detectors = _detectors(subject, detection)

    def show(self, mutants: Sequence[Mutant]) -> list[Shown]:
        """Show mutants to every detector; an invalid one only to the validator."""
        changes = [Change(self._subject.bodies(mutant)) for mutant in mutants]
        validated = self._validate.new(changes)
        valid = [change for change, said in zip(changes, validated, strict=True) if not said.refused]
        told = [iter(detector.notice(valid)) for detector in self._detectors]
        shown: list[Shown] = []
        for said in validated:
            noticed: Noticed = {
                DetectorName.CLOUDFORMATION_VALIDATE: said.warnings,
                DetectorName.CFN_GUARD: said.guard,
            }
            for answers in told if not said.refused else ():
                noticed |= next(answers)
            kept = {name: noticed.get(name, ()) for name in self._names}
            shown.append(Shown(refused=said.refused, noticed=kept))
        return shown


def _detectors(subject: Subject, detection: Detection) -> list[Detector]:
    found: list[Detector] = []
    names, templates = detection.names, subject.templates
    if own := [name for name in names if name in OWN_PACKS]:
        found.append(OwnPacks(subject.deployment.templates, own))
    if nag := [name for name in names if name in NAG_NAMES]:
        from genai_defense.mutation.detectors.cdk_nag import CdkNag  # noqa: PLC0415 - 2 s and Node.js, when asked

        found.append(CdkNag(templates, nag, detection.keep))
    found.extend(Program(templates, name, detection.keep) for name in names if name in PROGRAMS)
    return found
