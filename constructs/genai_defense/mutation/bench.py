"""Shows mutants to detectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genai_defense.mutation.detector_names import DetectorName
from genai_defense.mutation.detectors.cloudformation_validate import CloudFormationValidate
from genai_defense.mutation.detectors.detector import Change, Detector, Noticed
from genai_defense.mutation.detectors.own_packs import OWN_PACKS, OwnPacks
from genai_defense.mutation.outcome import Shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from genai_defense.mutation.mutant import Mutant
    from genai_defense.mutation.subject import Subject


class Bench:
    """The detectors of one deployment, set up once for all its mutants.

    Args:
        subject: The deployment.
        detectors: Who is asked. Whether a mutant is valid is asked in any case.
    """

    def __init__(self, subject: Subject, detectors: Sequence[DetectorName]) -> None:
        self._subject, self._names = subject, tuple(detectors)
        self._validate = CloudFormationValidate(subject.templates)
        self._detectors = _detectors(subject, detectors)

    def show(self, mutants: Sequence[Mutant]) -> list[Shown]:
        """Show mutants to every detector; an invalid one only to the validator."""
        changes = [Change(self._subject.bodies(mutant)) for mutant in mutants]
        validated = [self._validate.new(change.bodies) for change in changes]
        valid = [change for change, (refused, _) in zip(changes, validated, strict=True) if not refused]
        told = [iter(detector.notice(valid)) for detector in self._detectors]
        shown: list[Shown] = []
        for refused, warnings in validated:
            noticed: Noticed = {DetectorName.CLOUDFORMATION_VALIDATE: warnings}
            for answers in told if not refused else ():
                noticed |= next(answers)
            shown.append(
                Shown(refused=refused, noticed={name: noticed.get(name, ()) for name in self._names})
            )
        return shown


def _detectors(subject: Subject, names: Sequence[DetectorName]) -> list[Detector]:
    found: list[Detector] = []
    templates = subject.deployment.templates
    if own := [name for name in names if name in OWN_PACKS]:
        found.append(OwnPacks(templates, own))
    return found
