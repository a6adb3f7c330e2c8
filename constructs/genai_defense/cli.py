"""The command `genai-defense`. Everything heavy is imported by the command that needs it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

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


def main() -> None:
    """Entry point of the console script."""
    app()


if __name__ == "__main__":
    main()
