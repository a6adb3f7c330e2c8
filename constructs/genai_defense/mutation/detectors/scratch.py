"""Where a tool reads a mutant that takes nothing but files: in memory."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - Linux's file system in memory is the point


def can_scratch(keep: Path | None) -> bool:
    """Whether there is such a folder, or one where mutants may be kept."""
    return keep is not None or _IN_MEMORY.is_dir()


@contextmanager
def scratch_folder(keep: Path | None) -> Generator[Path]:
    """A folder that is gone at the end: in memory, or else where mutants may reach disk.

    Args:
        keep: Folder for mutants on disk, if they may reach it.

    Raises:
        FileNotFoundError: There is neither; see `can_scratch`.
    """
    parent = _IN_MEMORY if _IN_MEMORY.is_dir() else keep
    if parent is None:
        raise FileNotFoundError("This machine has no folder in memory; name one to keep mutants in.")
    with TemporaryDirectory(dir=parent, prefix="genai-defense-") as folder:
        yield Path(folder)
