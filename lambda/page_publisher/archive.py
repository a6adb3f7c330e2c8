"""Reads the zip of the page, and takes nothing from it that is not a plain small file of the page."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from typing import Final

from custom_resource import RefusedError
from page_publisher.files import CONFIG, INDEX, content_type

MOST_FILES: Final = 500
MOST_BYTES: Final = 20 * 2**20
# Segments of letters, digits and a few marks, none of which starts with a dot: no "..", no hidden file.
_PATH: Final = re.compile(r"(?:[A-Za-z0-9_@-][A-Za-z0-9_@.-]*/)*[A-Za-z0-9_@-][A-Za-z0-9_@.-]*", re.ASCII)
_LONGEST_PATH: Final = 200


def read_archive(raw: bytes) -> dict[str, bytes]:
    """The files of the page by their path.

    Args:
        raw: The zip.

    Raises:
        RefusedError: It is no zip, is too large, lacks the index, or holds something else than plain files of
            known kinds at plain paths.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check(entries)
            # The declared size of an entry bounds what is read of it, so the sum above holds.
            files = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise RefusedError(f"The page's archive cannot be read: {type(error).__name__}.") from None
    if INDEX not in files:
        raise RefusedError(f"The page's archive has no {INDEX}.")
    return files


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES:
        raise RefusedError(f"The page has {len(entries)} files; {MOST_FILES} are allowed.")
    size = sum(entry.file_size for entry in entries)
    if size > MOST_BYTES:
        raise RefusedError(f"The page has {size} bytes; {MOST_BYTES} are allowed.")
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise RefusedError("The page's archive names a file twice.")
    for entry in entries:
        _check_entry(entry)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if len(name) > _LONGEST_PATH or not _PATH.fullmatch(name):
        raise RefusedError(
            f"The page's archive holds {name[:_LONGEST_PATH]!r}. Allowed: relative paths of letters, digits, "
            "'_', '@', '-' and '.', no segment of which starts with a dot."
        )
    # Archives of other systems carry no mode; one that does must say "file".
    if stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG}:
        raise RefusedError(f"{name!r} in the page's archive is no plain file.")
    if name == CONFIG:
        raise RefusedError(f"{CONFIG} is written by the deployment; take it out of the page's files.")
    content_type(name)
