"""What the local run shows while it works: one line a stage, a moving one where the output is a terminal."""

import contextlib
import time
from collections.abc import Callable, Generator

from rich.console import Console

# The tables need this much; a log file has no width of its own.
PLAIN_WIDTH = 140


def console() -> Console:
    """Standard output: as wide as the terminal, or wide enough for the tables where there is none."""
    terminal = Console()
    return terminal if terminal.is_terminal else Console(width=PLAIN_WIDTH)


class Reporter:
    """Prints progress.

    Args:
        console: Where to.
    """

    def __init__(self, console: Console) -> None:
        self.console = console

    def say(self, text: str) -> None:
        """One plain line; no markup, no colours guessed from its words."""
        self.console.print(text, markup=False, highlight=False, soft_wrap=True)

    @contextlib.contextmanager
    def stage(self, name: str) -> Generator[Callable[[str], None]]:
        """Name a stage while it lasts, then say how long it took. Yields a function that shows a detail."""
        started = time.monotonic()
        if not self.console.is_terminal:
            self.say(f"{name} ...")
            yield lambda _detail: None
        else:
            with self.console.status(name) as status:
                yield lambda detail: status.update(f"{name}: {detail}")
        self.say(f"{name}: {time.monotonic() - started:.1f} s")
