"""The command `genai-defense prove`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from genai_defense.checks.command import write_report
from genai_defense.proofs.names import ProofFormat, ProverName

HOLDS, FAILS, UNUSABLE = 0, 1, 2
"""Exit codes: everything holds, something fails or is unknown, an input that cannot be read."""


def prove(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="Template of CloudFormation or SAM (JSON or YAML), or a cloud assembly (cdk.out).",
        ),
    ],
    prover: Annotated[
        list[ProverName] | None, typer.Option(help="Prover to ask; may be repeated. Default: all.")
    ] = None,
    form: Annotated[
        ProofFormat, typer.Option("--format", help="How the report is written.")
    ] = ProofFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option(help="Write the report to this file. Default: standard output.")
    ] = None,
    organization: Annotated[
        Path | None,
        typer.Option(help="Template or assembly with the organization's policies; they join every PATH."),
    ] = None,
) -> None:
    """Prove what templates let nobody do: each claim with its verdict, and what shows or breaks it.

    Exit code 0: every claim holds, or has nothing to speak of. 1: one fails or is unknown. 2: an input that
    cannot be read.

    Several paths are proven each on its own. Conditions are looked at both ways; the worst verdict counts.
    """
    from genai_defense.checks.read.errors import UnusableInputError  # noqa: PLC0415 - --help starts fast
    from genai_defense.proofs.run import run_proofs  # noqa: PLC0415 - the same

    try:
        outcome = run_proofs(paths, prover or [], form, organization, _tell)
    except UnusableInputError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(UNUSABLE) from None
    write_report(outcome.report, output)
    raise typer.Exit(FAILS if outcome.fails else HOLDS)


def _tell(what: str) -> None:
    """Say on a terminal what takes its time."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{what}\n")
