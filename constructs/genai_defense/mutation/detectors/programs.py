"""Asks checkov and cfn-lint where they are installed, each as a program of its own.

Source: https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html and
https://github.com/aws-cloudformation/cfn-lint (read 2026-11-24).
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from typing import TYPE_CHECKING, Any

from genai_defense.checks.values import json_list, json_object
from genai_defense.mutation.detector_names import DetectorName
from genai_defense.mutation.detectors.scratch import scratch_folder
from genai_defense.mutation.detectors.template_findings import Body, Finding, NewFindings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from genai_defense.mutation.detectors.detector import Change, Noticed

_COMMANDS = {
    DetectorName.CHECKOV: (
        *("--framework", "cloudformation", "--output", "json", "--compact", "--quiet"),
        *("--skip-download", "--soft-fail", "--directory"),
    ),
    DetectorName.CFN_LINT: ("--format", "json", "--non-zero-exit-code", "none"),
}
PROGRAMS = tuple(_COMMANDS)
"""Detectors that are programs of others."""


class Program:
    """Asks a program about files in memory, several at once.

    Args:
        templates: The unchanged templates, by name.
        name: Which program.
        keep: Folder for what it reads, where the machine has none in memory.
    """

    def __init__(self, templates: Mapping[str, Body], name: DetectorName, keep: Path | None) -> None:
        self._name, self._keep = name, keep
        self._program = shutil.which(name.value) or name.value
        self._new = NewFindings(templates, self._ask)

    def notice(self, changes: Sequence[Change]) -> list[Noticed]:
        """Which of its rules find more than before."""
        new = self._new.of([change.bodies for change in changes])
        return [{self._name: tuple(sorted({finding.rule for finding in found}))} for found in new]

    def _ask(self, asked: Sequence[tuple[str, Body]]) -> list[Counter[Finding]]:
        found: list[Counter[Finding]] = [Counter() for _ in asked]
        if not asked:
            return found
        with scratch_folder(self._keep) as folder:
            files = [folder / f"t{number}.json" for number in range(len(asked))]
            for file, (_, body) in zip(files, asked, strict=True):
                file.write_text(json.dumps(body, default=str), encoding="utf-8")
            where = files if self._name is DetectorName.CFN_LINT else [folder]
            said = subprocess.run(  # noqa: S603 - the program and its arguments are fixed, files are ours
                [self._program, *_COMMANDS[self._name], *map(str, where)],
                text=True,
                capture_output=True,
                check=False,
                cwd=folder,
            )
        numbers = {file.name: number for number, file in enumerate(files)}
        read = _of_checkov if self._name is DetectorName.CHECKOV else _of_cfn_lint
        for file_name, finding in read(json.loads(said.stdout or "[]")):
            found[numbers[file_name]][finding] += 1
        return found


def _of_checkov(said: Any) -> Iterator[tuple[str, Finding]]:
    results = json_object((json_object(said) or {}).get("results")) or {}
    for failed in json_list(results.get("failed_checks")):
        resource = str(failed["resource"]).rpartition(".")[2]
        yield str(failed["file_path"]).rpartition("/")[2], Finding(str(failed["check_id"]), resource)


def _of_cfn_lint(said: Any) -> Iterator[tuple[str, Finding]]:
    for match in json_list(said):
        path = [str(part) for part in match["Location"]["Path"] or () if not isinstance(part, int)]
        resource = path[1] if path[:1] == ["Resources"] and len(path) > 1 else ""
        finding = Finding(str(match["Rule"]["Id"]), resource, ".".join(path[2:]))
        yield str(match["Filename"]).rpartition("/")[2], finding
