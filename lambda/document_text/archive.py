"""Zip archives of documents, opened with a hand on the brake."""

from __future__ import annotations

import dataclasses
import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from document_text.refusals import Refusal, RefusedError

if TYPE_CHECKING:
    from document_text.limits import Limits

_ENCRYPTED: Final = 0x1
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_HEADER: Final = 30
_END: Final = 22


class Archive:
    """The parts of a docx.

    Args:
        data: The file.
        limits: What may be unpacked.

    Raises:
        RefusedError: It is damaged, encrypted, not one archive only, or unpacks too far.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._left = limits.unpacked_bytes
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise RefusedError(Refusal.DAMAGED) from error
        entries = self._zip.infolist()
        if len(entries) > limits.parts:
            raise RefusedError(Refusal.TOO_COMPLEX)
        if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
            raise RefusedError(Refusal.UNPACKS_TOO_FAR)
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise RefusedError(Refusal.ENCRYPTED)
        self.names = frozenset(entry.filename for entry in entries)
        self._by_name = {name.lower(): name for name in self.names}
        _check_shape(self._zip, data)

    def named(self, target: str) -> str:
        """The part that office programs find by this name, whatever its case; else the name itself."""
        return self._by_name.get(target.lower(), target)

    def size(self, name: str) -> int:
        """Unpacked bytes of a part, as the archive says."""
        return self._zip.getinfo(name).file_size

    def head(self, name: str, count: int) -> bytes:
        """The first bytes of a part.

        Raises:
            RefusedError: It is damaged.
        """
        return self._unpacked(name, count)

    def read(self, name: str) -> bytes:
        """One part.

        Raises:
            RefusedError: It is missing or damaged, or the parts together are too large.
        """
        data = self._unpacked(name, self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise RefusedError(Refusal.UNPACKS_TOO_FAR)
        return data

    def within(self, name: str, limits: Limits) -> Archive:
        """An archive that is a part of this one; both together unpack to no more than one may.

        Raises:
            RefusedError: As of the outer archive.
        """
        inner = Archive(self.read(name), dataclasses.replace(limits, unpacked_bytes=self._left))
        self._left -= sum(inner.size(part) for part in inner.names)
        return inner

    def _unpacked(self, name: str, count: int) -> bytes:
        try:
            with self._zip.open(name) as part:
                return part.read(count)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise RefusedError(Refusal.DAMAGED) from error


def _check_shape(archive: zipfile.ZipFile, data: bytes) -> None:
    """One archive and nothing else: no bytes around its parts, no part twice, none on top of another."""
    entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    if len({entry.filename.lower() for entry in entries}) != len(entries):
        raise RefusedError(Refusal.POLYGLOT)
    if archive.comment or data[-_END : -_END + 4] != b"PK\x05\x06":
        raise RefusedError(Refusal.POLYGLOT)
    end = 0
    for entry in entries:
        name = entry.filename
        if name.startswith(("/", "\\")) or "\\" in name or ".." in name.split("/"):
            raise RefusedError(Refusal.DAMAGED)
        if entry.compress_type not in _METHODS:
            raise RefusedError(Refusal.DAMAGED)
        # A data descriptor of up to 24 bytes may follow a part; a gap for another file may not.
        if not end <= entry.header_offset <= end + 24:
            raise RefusedError(Refusal.UNPACKS_TOO_FAR if entry.header_offset < end else Refusal.POLYGLOT)
        header = data[entry.header_offset : entry.header_offset + _HEADER]
        lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        end = entry.header_offset + _HEADER + lengths + entry.compress_size
    if not end <= archive.start_dir <= end + 24:
        raise RefusedError(Refusal.POLYGLOT)
