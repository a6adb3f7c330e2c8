"""The command `genai-defense mutate`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from genai_defense.checks.command import CLEAN, FOUND, UNUSABLE, write_report
from genai_defense.mutation.classes import MutantClass
from genai_defense.mutation.detector_names import DetectorName
from genai_defense.mutation.formats.names import MutationFormat

INTERRUPTED = 130
"""Exit code after Ctrl-C."""


_Classes = Annotated[
    list[MutantClass] | None,
    typer.Option("--class", help="What the mutants are about; may be repeated. Default: both."),
]
_Detectors = Annotated[
    list[DetectorName] | None,
    typer.Option(
        help="Who is asked; may be repeated, and the first one decides. Default: OwaspLlm, then"
        " cloudformation-validate."
    ),
]
_Operators = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="Operators; may be repeated. Default: all.")
]
_Sample = Annotated[
    int | None,
    typer.Option(
        min=1, metavar="N", help="So many mutants, spread over all operators. Default: every mutant."
    ),
]
_Equivalent = Annotated[
    Path | None,
    typer.Option(help="Reviewed mutants that weaken nothing (TOML), beside those of the kit."),
]
_GuardRules = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder of .guard files for the detector cfn-guard."),
]
_Keep = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Write each mutant's templates here. Default: none reaches disk."),
]
_Prove = Annotated[
    bool,
    typer.Option(
        "--prove/--no-prove",
        help="Ask the IAM prover which survivors make no request possible (extra: proofs).",
    ),
]
_MinNoticed = Annotated[
    float,
    typer.Option(min=0, max=100, metavar="PERCENT", help="Least share that the first detector must notice."),
]


def mutate(  # noqa: PLR0917 - typer's way to declare options
    path: Annotated[
        Path,
        typer.Argument(
            help="Template of CloudFormation or SAM (JSON or YAML), or a cloud assembly (cdk.out)."
        ),
    ],
    about: _Classes = None,
    detector: _Detectors = None,
    operator: _Operators = None,
    sample: _Sample = None,
    form: Annotated[
        MutationFormat, typer.Option("--format", help="How the report is written.")
    ] = MutationFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option(help="Write the report to this file. Default: standard output.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Most processes at once. Default: one for each core.")
    ] = None,
    min_noticed: _MinNoticed = 100.0,
    equivalent: _Equivalent = None,
    guard_rules: _GuardRules = None,
    keep: _Keep = None,
    prove: _Prove = True,  # noqa: FBT002 - an option
) -> None:
    """Weaken templates in every way that is known, one at a time, and see who notices.

    Exit code 0: the first detector noticed every mutant that counts, or the share that is asked for. 1: not
    so many. 2: an input that cannot be used, or nothing to weaken. 130: interrupted; what was seen is
    reported.
    """
    from genai_defense.checks.read.errors import UnusableInputError  # noqa: PLC0415 - --help starts fast
    from genai_defense.mutation.formats.writers import WRITERS  # noqa: PLC0415 - the same
    from genai_defense.mutation.mutate import Order, run_mutations  # noqa: PLC0415 - the same

    order = Order(
        path=path,
        classes=tuple(about or ()),
        operators=tuple(operator or ()),
        sample=sample,
        detectors=tuple(dict.fromkeys(detector or _DEFAULT)),
        jobs=jobs,
        equivalent=equivalent,
        guard_rules=guard_rules,
        keep=keep,
        prove=prove,
    )
    try:
        report = run_mutations(order)
    except UnusableInputError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(UNUSABLE) from None
    write_report(WRITERS[form](report), output)
    if not report.complete:
        raise typer.Exit(INTERRUPTED)
    raise typer.Exit(CLEAN if report.percent >= min_noticed else FOUND)


_DEFAULT = (DetectorName.OWASP_LLM, DetectorName.CLOUDFORMATION_VALIDATE)
