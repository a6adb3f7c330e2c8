"""The command `genai-defense check`."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from genai_defense.checks.formats.names import Format
from genai_defense.checks.pack_names import PackName

CLEAN, FOUND, UNUSABLE = 0, 1, 2
"""Exit codes: nothing at the level, something, an input that cannot be checked."""


class FailOn(StrEnum):
    """What makes it fail."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


def check(  # noqa: PLR0917 - typer's way to declare options
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="Template of CloudFormation or SAM (JSON or YAML), or a cloud assembly (cdk.out).",
        ),
    ],
    form: Annotated[Format, typer.Option("--format", help="How the report is written.")] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option(help="Write the report to this file. Default: standard output.")
    ] = None,
    pack: Annotated[
        list[PackName] | None, typer.Option(help="Rules to ask; may be repeated. Default: OwaspLlm.")
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(help="Report of an earlier run (--format json): what stands in it does not fail."),
    ] = None,
    bounds: Annotated[
        Path | None,
        typer.Option(help='Numeric limits of the rules, as JSON: {"grounding": 0.7}. Default: documented.'),
    ] = None,
    fail_on: Annotated[FailOn, typer.Option(help="Lowest level that makes the exit code 1.")] = FailOn.ERROR,
) -> None:
    """Check templates for what endangers generative-AI applications, without deploying anything.

    Exit code 0: nothing at the level. 1: findings. 2: an input that cannot be checked.

    Parameters take their defaults, conditions are looked at both ways. Accept a finding on one resource with
    a reason: `genai_defense.checks.acknowledge` in the CDK, or in a template
    `Metadata: {"GenAiDefense::Acknowledged": {"OwaspLlm-<Rule>": "<reason>"}}`.
    """
    from genai_defense.checks.read.errors import UnusableInputError  # noqa: PLC0415 - --help starts fast
    from genai_defense.checks.run import run_check  # noqa: PLC0415 - the same

    try:
        outcome = run_check(paths, pack or [PackName.OWASP_LLM], form, baseline, bounds)
    except UnusableInputError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(UNUSABLE) from None
    write_report(outcome.report, output)
    for entry in outcome.stale:
        sys.stderr.write(f"{entry}\n")
    raise typer.Exit(FOUND if outcome.levels & _FAILING[fail_on] else CLEAN)


_FAILING = {
    FailOn.ERROR: {"error"},
    FailOn.WARNING: {"error", "warning"},
    FailOn.NEVER: set[str](),
}


def write_report(report: str, output: Path | None) -> None:
    """Write a report to a file, or to standard output.

    Args:
        report: The report.
        output: The file. Default: standard output.

    Raises:
        typer.Exit: The file cannot be written; standard error says why.
    """
    if output is None:
        sys.stdout.write(report)
        return
    try:
        output.write_text(report, encoding="utf-8")
    except OSError as error:
        sys.stderr.write(f"{output}: {error.strerror or error}.\n")
        raise typer.Exit(UNUSABLE) from None
