"""Which detectors can be asked here."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from genai_defense.mutation.detector_names import NAG_NAMES, DetectorName
from genai_defense.mutation.detectors.programs import PROGRAMS
from genai_defense.mutation.detectors.scratch import can_scratch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_FILES_ONLY = {*NAG_NAMES, *PROGRAMS}


def missing(
    names: Sequence[DetectorName], guard_rules: Sequence[Path], keep: Path | None
) -> dict[DetectorName, str]:
    """Detectors of these that cannot be asked on this machine, each with the reason.

    Args:
        names: Who was named.
        guard_rules: Files with rules of CloudFormation Guard.
        keep: Folder for mutants on disk, if they may reach it.
    """
    found: dict[DetectorName, str] = {}
    for name in names:
        if name in PROGRAMS and shutil.which(name.value) is None:
            found[name] = "it is not installed."
        elif name is DetectorName.CFN_GUARD and not guard_rules:
            found[name] = "no rules were given; name a folder of .guard files with --guard-rules."
        elif name in _FILES_ONLY and not can_scratch(keep):
            found[name] = "it reads files, and this machine has no folder in memory; name one with --keep."
    return found
