"""Asks `cloudformation-validate`, which the CDK itself runs at synth: about schema errors, and as a detector.

Source: https://github.com/aws-cloudformation/cloudformation-validate (1.14.0, read 2026-11-24).
"""

from __future__ import annotations

import json
from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING, Any

from genai_defense.checks.baseline import steady
from genai_defense.mutation.detectors.template_findings import Finding, NewFindings

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_DEPLOYABLE = {"FATAL", "ERROR"}


class CloudFormationValidate:
    """Validates templates in memory.

    An error or a fatal diagnostic says that CloudFormation would refuse the template. A warning is what it
    finds; what it only informs about (`I…`) counts neither way.

    Args:
        templates: The unchanged templates, by name.
    """

    def __init__(self, templates: Mapping[str, Mapping[str, Any]]) -> None:
        # It ships no types.
        self._tool = import_module("cloudformation_validate")
        self._engine = self._tool.CompositeEngine()
        self._config = self._tool.ValidateConfig(
            severity_level=self._tool.Severity.WARN, detail_level=self._tool.DetailLevel.STANDARD
        )
        self._new = NewFindings(templates, self._findings)
        self._refused: dict[Finding, str] = {}

    def new(self, bodies: Mapping[str, Mapping[str, Any]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Why CloudFormation would refuse changed templates, and rules of new warnings.

        Args:
            bodies: The templates that change, by name, as they are then.
        """
        found = self._new.of(bodies)
        refused = sorted(one for one in found if one in self._refused)
        warnings = {one.rule for one in found if one not in self._refused}
        return (
            tuple(f"{one.rule} at {one.resource}: {self._refused[one]}" for one in refused),
            tuple(sorted(warnings)),
        )

    def _findings(self, name: str, body: Mapping[str, Any]) -> Counter[Finding]:
        content = self._tool.TemplateContent(json.dumps(body, default=str), name)
        found: Counter[Finding] = Counter()
        for one in self._engine.validate_template(content, self._config).diagnostics:
            where = one.entity.logical_id if one.entity else ""
            finding = Finding(one.rule_id, where, steady(one.property_path or ""))
            found[finding] += 1
            if one.severity.name in _NOT_DEPLOYABLE:
                self._refused[finding] = one.message.splitlines()[0]
        return found
