"""The operators' and reviewers' commands of `genai-defense`."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from genai_defense.operate.evidence import collect
from genai_defense.operate.outputs import OperateError, client_of
from genai_defense.operate.restore import restore as give_back
from genai_defense.operate.reviews import Reviews, as_csv, as_jsonl

operate_app = typer.Typer()
reviews_app = typer.Typer(no_args_is_help=True, help="What users reported, and what was not grounded.")
operate_app.add_typer(reviews_app, name="reviews")

Region = Annotated[str | None, typer.Option(help="The chatbot's Region. Default: that of the shell.")]
All = Annotated[bool, typer.Option("--all", help="Decided ones as well.")]


class Kind(StrEnum):
    """What can be restored."""

    USER = "user"
    ADDRESS = "address"
    SERVICE = "service"


class Decision(StrEnum):
    """What a reviewer can say."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Form(StrEnum):
    """How reviews are exported."""

    CSV = "csv"
    JSONL = "jsonl"


@contextmanager
def _saying_what_to_do() -> Generator[None]:
    """End with one line and exit code 1 instead of a traceback."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - an extra

    try:
        yield
    except (OperateError, BotoCoreError, ClientError) as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(1) from None


@operate_app.command()
def restore(
    kind: Annotated[Kind, typer.Argument(help="What to give back.")],
    subject: Annotated[
        str, typer.Argument(help="The user's id (sub) or the address; nothing for service.")
    ] = "",
    region: Region = None,
) -> None:
    """Take back what the responder did: let a user, an address or the whole chatbot in again."""
    with _saying_what_to_do():
        typer.echo(f"Restored: {give_back(client_of(region), kind.value, subject)}")


@operate_app.command()
def evidence(
    subject: Annotated[str, typer.Argument(help="A user's id, an address as it was blocked, or service.")],
    output: Annotated[Path, typer.Option(help="Where the bundle becomes a folder.")] = Path("evidence"),
    days: Annotated[int, typer.Option(min=1, max=90, help="So many days back, today included.")] = 2,
    region: Region = None,
) -> None:
    """Collect counts, records and actions of an incident, with a timeline and hashes."""
    today = datetime.now(UTC)
    wanted = [(today - timedelta(days=back)).strftime("%Y/%m/%d") for back in reversed(range(days))]
    with _saying_what_to_do():
        typer.echo(f"Evidence: {collect(client_of(region), subject, output, wanted)}")


@reviews_app.command("list")
def list_reviews(*, every: All = False, region: Region = None) -> None:
    """Show reviews, newest first, one JSON object a line."""
    with _saying_what_to_do():
        typer.echo(as_jsonl(Reviews(client_of(region)).listed(None if every else "open")), nl=False)


@reviews_app.command()
def decide(
    review_id: Annotated[str, typer.Argument(help="Which review.")],
    decision: Annotated[Decision, typer.Argument(help="Was the answer as bad as reported?")],
    note: Annotated[str, typer.Option(help="Why.")] = "",
    region: Region = None,
) -> None:
    """Decide a review, once."""
    with _saying_what_to_do():
        Reviews(client_of(region)).decide(review_id, decision.value, note)
        typer.echo(f"{review_id}: {decision.value}")


@reviews_app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to write.")],
    form: Annotated[Form, typer.Option(help="CSV is safe for spreadsheets.")] = Form.CSV,
    region: Region = None,
) -> None:
    """Write all reviews to a file."""
    writers: dict[Form, Callable[..., str]] = {Form.CSV: as_csv, Form.JSONL: as_jsonl}
    with _saying_what_to_do():
        text = writers[form](Reviews(client_of(region)).listed(None))
        file.write_text(text, encoding="utf-8", newline="")
        typer.echo(f"Written: {file}")
