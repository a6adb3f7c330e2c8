"""Reads the validation report that the CDK leaves in a cloud assembly: what is open, what is acknowledged."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPORT_FILE = "validation-report.json"


@dataclass(frozen=True, kw_only=True)
class Acknowledgement:
    """Why, and from where, somebody accepted a finding.

    Attributes:
        finding: The id with its namespace, as the CDK compared it (`AwsSolutions::AwsSolutions-S1`).
        path: The construct that carries the acknowledgement.
        reason: The reason given.
    """

    finding: str
    path: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One rule's finding on one construct.

    Attributes:
        pack: The plugin that found it, such as `AwsSolutions` or `OwaspLlm`.
        rule: The finding's id, such as `AwsSolutions-S1`; granular ones carry their detail in brackets.
        severity: `fatal`, `error`, `warning`, `info` or `custom`.
        description: What is wrong.
        construct_path: The construct, from the app's root; empty when the plugin did not say.
        property_paths: Places in the template, such as `Properties.Policy`; empty for cdk-nag.
        remedy: How to fix it; empty for cdk-nag.
        acknowledgement: Who accepted it, or None while it is open.
    """

    pack: str
    rule: str
    severity: str
    description: str
    construct_path: str
    property_paths: tuple[str, ...]
    remedy: str
    acknowledgement: Acknowledgement | None

    @property
    def is_narrow(self) -> bool:
        """Whether it is acknowledged on the very resource, not on something above it."""
        return self.acknowledgement is not None and self.acknowledgement.path == self.construct_path


@dataclass(frozen=True, kw_only=True)
class ValidationReport:
    """A whole validation report.

    A pack without any finding does not stand in the report at all: the CDK leaves it out (2.275.0,
    2026-11-23). So a missing pack says "clean" only where something else shows that it ran.

    Attributes:
        open: Findings that nobody acknowledged.
        acknowledged: Findings that somebody did.
        failures: Packs that broke down instead of answering, with their error. Trust none of their silence.
    """

    open: tuple[Finding, ...]
    acknowledged: tuple[Finding, ...]
    failures: tuple[str, ...]


def read_validation_report(path: Path) -> ValidationReport:
    """Read `validation-report.json`, or the cloud assembly that holds it.

    Args:
        path: The file, or the assembly's directory (`cdk.out`).

    Returns:
        Its findings, one for each construct that a rule names.

    Raises:
        FileNotFoundError: There is no report.
        ValueError: The file is not a report.
    """
    file = path / REPORT_FILE if path.is_dir() else path
    if not file.is_file():
        raise FileNotFoundError(
            f"{file}: no validation report. Synthesize first; an app without any pack has none."
        )
    try:
        plugins: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["pluginReports"]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(
            f"{file}: not a validation report of the CDK ({error!r}). Synthesize again."
        ) from error
    return ValidationReport(
        open=tuple(f for plugin in plugins for f in _findings(plugin, "violations")),
        acknowledged=tuple(f for plugin in plugins for f in _findings(plugin, "suppressedViolations")),
        failures=tuple(
            plugin["metadata"]["error"] for plugin in plugins if "error" in (plugin.get("metadata") or {})
        ),
    )


def _findings(plugin: dict[str, Any], key: str) -> Iterator[Finding]:
    for violation in plugin.get(key) or ():
        acknowledgement = None
        if "acknowledgedId" in violation:
            acknowledgement = Acknowledgement(
                finding=violation["acknowledgedId"],
                path=violation.get("acknowledgedAt", ""),
                reason=violation.get("reason", ""),
            )
        for construct in violation["violatingConstructs"]:
            template: dict[str, Any] = construct.get("cloudFormationResource", {})
            yield Finding(
                pack=plugin["pluginName"],
                rule=violation["ruleName"],
                severity=violation["severity"],
                description=violation["description"],
                construct_path=construct["constructPath"],
                property_paths=tuple(template.get("propertyPaths", ())),
                remedy=violation.get("suggestedFix") or "",
                acknowledgement=acknowledgement,
            )
