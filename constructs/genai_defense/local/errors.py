"""Failures that end the local run with one message instead of a traceback."""

from pathlib import Path


class LocalRunError(RuntimeError):
    """The local run cannot go on; the text says what happened and what to do.

    Args:
        what: What happened, with the value that was given.
        remedy: What to do about it, one sentence.
        log: Log that holds the details, if any.
    """

    def __init__(self, what: str, remedy: str, *, log: Path | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.log = log

    def __str__(self) -> str:
        """What happened, what to do, where the log is."""
        lines = [self.what, f"  What to do: {self.remedy}"]
        if self.log is not None:
            lines.append(f"  Log: {self.log}")
        return "\n".join(lines)
