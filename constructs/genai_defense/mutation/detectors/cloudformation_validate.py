"""Asks `cloudformation-validate`, which the CDK itself runs at synth: about schema errors, and as a detector.

Source: https://github.com/aws-cloudformation/cloudformation-validate (1.14.0, read 2026-11-24).
"""

from __future__ import annotations

import json
from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from genai_defense.checks.baseline import steady
from genai_defense.mutation.detectors.template_findings import Body, Finding, NewFindings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from genai_defense.mutation.detectors.detector import Change

_NOT_DEPLOYABLE = {"FATAL", "ERROR"}


class Validation(NamedTuple):
    """What validating a changed template came to.

    Attributes:
        refused: Why CloudFormation would refuse it.
        warnings: Rules with a new warning.
        guard: Guard rules with a new finding.
    """

    refused: tuple[str, ...]
    warnings: tuple[str, ...]
    guard: tuple[str, ...]


class CloudFormationValidate:
    """Validates templates in memory.

    An error or a fatal diagnostic says that CloudFormation would refuse the template. A warning is what it
    finds; what it only informs about (`I…`) counts neither way.

    Args:
        templates: The unchanged templates, by name.
        guard_rules: Files in the language of CloudFormation Guard, whose findings count as well.
    """

    def __init__(self, templates: Mapping[str, Body], guard_rules: Sequence[Path] = ()) -> None:
        # It ships no types.
        self._tool = import_module("cloudformation_validate")
        self._engine = self._tool.CompositeEngine(
            self._tool.CompositeEngineConfig(
                guard_rules=[self._tool.file_to_external_rule_source(str(rules)) for rules in guard_rules]
            )
        )
        self._config = self._tool.ValidateConfig(
            severity_level=self._tool.Severity.WARN, detail_level=self._tool.DetailLevel.STANDARD
        )
        self._new = NewFindings(templates, lambda asked: [self._findings(*one) for one in asked])
        self._refused: dict[Finding, str] = {}
        self._of_guard: set[str] = set()

    def new(self, changes: Sequence[Change]) -> list[Validation]:
        """What it says of each change that it does not say of the unchanged templates."""
        return [self._validation(found) for found in self._new.of([change.bodies for change in changes])]

    def _validation(self, found: Counter[Finding]) -> Validation:
        guard = {one.rule for one in found if one.rule in self._of_guard}
        refused = sorted(one for one in found if one in self._refused)
        return Validation(
            refused=tuple(f"{one.rule} at {one.resource}: {self._refused[one]}" for one in refused),
            warnings=tuple(sorted({one.rule for one in found if one not in self._refused} - guard)),
            guard=tuple(sorted(guard)),
        )

    def _findings(self, name: str, body: Body) -> Counter[Finding]:
        content = self._tool.TemplateContent(json.dumps(body, default=str), name)
        found: Counter[Finding] = Counter()
        for one in self._engine.validate_template(content, self._config).diagnostics:
            where = one.entity.logical_id if one.entity else ""
            finding = Finding(one.rule_id, where, steady(one.property_path or ""))
            found[finding] += 1
            if one.source.name == "GUARD":
                self._of_guard.add(one.rule_id)
            elif one.severity.name in _NOT_DEPLOYABLE:
                self._refused[finding] = one.message.splitlines()[0]
        return found
