"""Asks cdk-nag's packs about mutants: several in one app, each included into a stack of its own."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import aws_cdk as cdk

from genai_defense.checks.nag import included, violations
from genai_defense.checks.pack_names import PackName
from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.mutation.detector_names import DetectorName
from genai_defense.mutation.detectors.scratch import scratch_folder
from genai_defense.mutation.detectors.template_findings import Body, Finding, NewFindings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from genai_defense.mutation.detectors.detector import Change, Noticed


class CdkNag:
    """Asks the packs about each changed template. One that the CDK cannot include is noticed by none.

    Args:
        templates: The unchanged templates, by name.
        names: Which packs.
        keep: Folder for what the CDK reads, where the machine has none in memory.
    """

    def __init__(
        self, templates: Mapping[str, Body], names: Sequence[DetectorName], keep: Path | None
    ) -> None:
        self._names, self._keep = names, keep
        self._new = NewFindings(templates, lambda asked: [self._findings(*one) for one in asked])
        self._app, self._stacks = cdk.App(), 0

    def notice(self, changes: Sequence[Change]) -> list[Noticed]:
        """Which rules of which pack find more than before."""
        # What an app holds stays in Node's memory: each turn has an app of its own.
        self._app, self._stacks = cdk.App(), 0
        return [self._noticed(found) for found in self._new.of([change.bodies for change in changes])]

    def _noticed(self, findings: Counter[Finding]) -> Noticed:
        found = {name: set[str]() for name in self._names}
        for finding in findings:
            pack, _, rule = finding.rule.partition("::")
            found[DetectorName(pack)].add(rule)
        return {name: tuple(sorted(rules)) for name, rules in found.items()}

    def _findings(self, name: str, body: Body) -> Counter[Finding]:
        self._stacks += 1
        stack = cdk.Stack(self._app, f"Template{self._stacks}")
        with scratch_folder(self._keep) as folder:
            file = folder / "template.json"
            file.write_text(json.dumps(body, default=str), encoding="utf-8")
            try:
                included(file, name, stack)
            except UnusableInputError:
                return Counter()
        return Counter(
            Finding(f"{pack}::{violation.rule_name}", logical_id)
            for pack in self._names
            for violation, logical_id in violations(PackName(pack.value), stack)
        )
