"""Finds acknowledgements that acknowledge nothing: the finding has gone, or the id never matched."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from genai_defense.checks.read.acknowledged import acknowledgements
from genai_defense.checks.read.document import read_document
from genai_defense.checks.report import REPORT_FILE, Acknowledgement, read_validation_report
from genai_defense.checks.values import json_object

# aws-cdk-lib acknowledges this on a stack by itself, whether or not its own validator has found it.
_MADE_BY_THE_CDK = {"CloudFormation-Validate::W3010"}


def stale_acknowledgements(assembly: Path) -> tuple[Acknowledgement, ...]:
    """List the acknowledgements in a cloud assembly that suppress no finding of its validation report.

    The report names only acknowledgements that matched. All of them, matched or not, stand in the assembly's
    metadata (`<stack>.metadata.json`, or inside the manifest), so the difference is what is stale.
    An acknowledgement with a bare id (`Annotation::AwsSolutions-S1`) is listed too: it silences cdk-nag but
    leaves no row that an auditor could read.

    Args:
        assembly: The directory that synth wrote (`cdk.out`); stages inside it are read as well.

    Returns:
        The stale ones, by path and id.

    Raises:
        FileNotFoundError: The directory is not a cloud assembly.
        ValueError: Its validation report is not readable.
    """
    used: set[tuple[str, str]] = set()
    if (assembly / REPORT_FILE).is_file():
        for finding in read_validation_report(assembly).acknowledged:
            if finding.acknowledgement is not None:
                used.add((finding.acknowledgement.path, finding.acknowledgement.finding))
    made = {(a.path, a.finding): a for a in _made(assembly) if a.finding not in _MADE_BY_THE_CDK}
    return tuple(made[key] for key in sorted(made) if key not in used)


def _made(assembly: Path) -> Iterator[Acknowledgement]:
    manifest = assembly / "manifest.json"
    if not manifest.is_file():
        raise FileNotFoundError(
            f"{manifest}: not a cloud assembly. Give the directory that `cdk synth` wrote (cdk.out)."
        )
    artifacts = json_object(read_document(manifest).get("artifacts")) or {}
    for each in artifacts.values():
        artifact: dict[str, Any] = json_object(each) or {}
        if artifact.get("type") == "cdk:cloud-assembly":
            yield from _made(assembly / artifact["properties"]["directoryName"])
        yield from acknowledgements(artifact, assembly)
