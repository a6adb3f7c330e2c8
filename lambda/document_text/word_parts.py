"""What a part of an office file may be, by its name and by its first bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from document_text.html_active import refuse_raw
from document_text.refusals import Refusal, RefusedError

if TYPE_CHECKING:
    from document_text.archive import Archive

HEAD_BYTES: Final = 64
_XML: Final = frozenset(["xml", "rels", "vml", "sigs", "psmdcp"])
_FONTS: Final = frozenset(["ttf", "otf", "odttf", "fntdata"])
_MARKUP: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<|(?:\xff\xfe)?<\x00|(?:\xfe\xff)?\x00<")
_PICTURE: Final = re.compile(
    rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|BM|II[*\xbc\x01]|MM\x00\*|RIFF.{4}WEBP"
    rb"|\x01\x00\x00\x00.{36} EMF|\xd7\xcd\xc6\x9a|[\x01\x02]\x00\x09\x00",
    re.DOTALL,
)
_PICTURES: Final = frozenset(
    [
        "png",
        "jpg",
        "jpeg",
        "jpe",
        "jfif",
        "gif",
        "bmp",
        "dib",
        "tif",
        "tiff",
        "emf",
        "wmf",
        "wdp",
        "hdp",
        "webp",
    ]
)
_FONT: Final = re.compile(rb"\x00\x01\x00\x00|OTTO|true|ttcf")
_PROGRAM: Final = re.compile(
    rb"MZ|\x7fELF|PK|\xd0\xcf\x11\xe0|#!|%PDF|Rar!|7z\xbc\xaf|\x1f\x8b|L\x00\x00\x00"
)
_PRINTER: Final = re.compile(r"(?:^|/)printersettings/?[^/]*\.bin$")


def check_parts(archive: Archive) -> tuple[str, ...]:
    """Look at every part of an office file.

    Args:
        archive: The file.

    Returns:
        Names of the workbooks in it, which are to be opened.

    Raises:
        RefusedError: A part is none that office programs write, or is not what its name says.
    """
    workbooks: list[str] = []
    for name in sorted(archive.names):
        ending = name.rpartition(".")[2].lower()
        if name.endswith("/"):
            _require(archive.size(name) == 0)
        elif ending == "xlsx":
            workbooks.append(name)
        else:
            _check_part(archive, name, ending)
    return tuple(workbooks)


def _check_part(archive: Archive, name: str, ending: str) -> None:
    head = archive.head(name, HEAD_BYTES)
    if ending in _XML:
        # Word writes no empty part; one that holds nothing does nothing.
        _require(not head or _MARKUP.match(head) is not None)
    elif ending in _PICTURES:
        _require(_PICTURE.match(head) is not None)
    elif ending == "svg":
        _require(_MARKUP.match(head) is not None)
        refuse_raw(archive.read(name).decode("utf-8", "replace"))
    elif ending == "odttf":
        # The first bytes are mixed with a key.
        _require(_PROGRAM.match(head) is None)
    elif ending in _FONTS:
        _require(_FONT.match(head) is not None)
    else:
        _require(_PRINTER.search(name.lower()) is not None and _PROGRAM.match(head) is None)


def _require(allowed: bool) -> None:  # noqa: FBT001 - the one thing that is asked
    if not allowed:
        raise RefusedError(Refusal.EMBEDDED_FILE)
