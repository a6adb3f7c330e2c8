"""The command `genai-defense`. Everything heavy is imported by the command that needs it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from genai_defense.checks.command import check
from genai_defense.mutation.command import mutate
from genai_defense.operate.commands import operate_app
from genai_defense.proofs.command import prove

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def _about() -> None:
    """Defense in depth for generative-AI chatbots on AWS."""


@app.command()
def up(
    once: Annotated[bool, typer.Option("--once", help="Tear everything down after the scenario.")] = False,  # noqa: FBT002 - typer's way to declare a flag
    profile: Annotated[str, typer.Option(help="Profile of cdk.json.")] = "dev",
    model_url: Annotated[
        str | None,
        typer.Option(help="OpenAI-compatible server that answers instead of the gullible stand-in."),
    ] = None,
    load: Annotated[bool, typer.Option("--load", help="Also ask 200 times at once.")] = False,  # noqa: FBT002 - the same
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on loopback; 0 takes a free one.")] = 0,
) -> None:
    """Deploy to an embedded AWS on this machine, ask the chatbot, attack it, show what held."""
    from genai_defense.local.reporter import console  # noqa: PLC0415 - see the module's first line
    from genai_defense.local.up import UpOptions, run_up  # noqa: PLC0415 - the same

    options = UpOptions(once=once, profile=profile, model_url=model_url, port=port, load=load)
    raise typer.Exit(run_up(options, start=Path.cwd(), console=console()))


@app.command()
def down() -> None:
    """End a local run and remove what it left behind."""
    from genai_defense.local.down import run_down  # noqa: PLC0415 - see the module's first line
    from genai_defense.local.errors import LocalRunError  # noqa: PLC0415 - the same
    from genai_defense.local.reporter import console  # noqa: PLC0415 - the same

    try:
        code = run_down(start=Path.cwd(), console=console())
    except LocalRunError as error:
        sys.stderr.write(f"{error}\n")
        code = 1
    raise typer.Exit(code)


@app.command()
def firewall(
    assembly: Annotated[Path, typer.Option(help="Synthesized cloud assembly.")] = Path("cdk.out.prod"),
) -> None:
    """Send traffic through Suricata with a synthesized firewall's rules, and show what became of it."""
    from genai_defense.local.reporter import console  # noqa: PLC0415 - see the module's first line
    from genai_defense.proofs.firewall import EngineError  # noqa: PLC0415 - the same
    from genai_defense.proofs.firewall.report import report  # noqa: PLC0415 - the same

    try:
        code = report(assembly, console=console())
    except EngineError as error:
        sys.stderr.write(f"{error}\n")
        code = 1
    raise typer.Exit(code)


@app.command("dataset")
def dataset(  # noqa: PLR0917 - typer's way to declare options
    bucket: Annotated[str, typer.Argument(help="Bucket of the store (stack output DatasetBucketName).")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The data set.")],
    purpose: Annotated[str, typer.Option(help="training, evaluation or baseline.")],
    name: Annotated[str, typer.Option(help="Name of the data set, such as answers.")],
    source: Annotated[str, typer.Option(help="Where it comes from.")],
    licence: Annotated[str, typer.Option(help="Under which licence it is used.")],
) -> None:
    """Add a version of a data set to the store, with a manifest of where it comes from."""
    from genai_defense.datasets import Origin, contribute  # noqa: PLC0415 - see the module's first line

    try:
        given = {"purpose": purpose, "name": name, "source": source, "licence": licence}
        origin = Origin.model_validate(given)
        added = contribute(file.read_bytes(), file.name, bucket=bucket, origin=origin)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(1) from None
    sys.stdout.write(f"{added}\n")


@app.command()
def gameday(
    evidence: Annotated[Path, typer.Option(help="Where the evidence becomes a folder.")] = Path("evidence"),
) -> None:
    """Deploy to an embedded AWS, attack, see user and chatbot stopped, restore both, collect the evidence."""
    from genai_defense.local.reporter import console  # noqa: PLC0415 - see the module's first line
    from genai_defense.local.up import UpOptions, run_up  # noqa: PLC0415 - the same

    options = UpOptions(once=True, gameday=evidence.resolve())
    raise typer.Exit(run_up(options, start=Path.cwd(), console=console()))


app.command()(check)
app.command()(prove)
app.command()(mutate)
app.add_typer(operate_app)


def main() -> None:
    """Entry point of the console script."""
    app()


if __name__ == "__main__":
    main()
