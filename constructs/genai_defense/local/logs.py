"""Reading the end of a log for an error message."""

from pathlib import Path

_TAIL_BYTES = 8192


def last_lines(log: Path, count: int = 12) -> str:
    """The last non-empty lines of a log, indented; a note when there are none."""
    try:
        with log.open("rb") as stream:
            stream.seek(0, 2)
            stream.seek(max(0, stream.tell() - _TAIL_BYTES))
            text = stream.read().decode(errors="replace")
    except OSError:
        text = ""
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    return "\n".join(f"    {line}" for line in lines[-count:]) or "    (the log is empty)"
