"""Nothing comes out of an archive but plain small files of the page."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from custom_resource import RefusedError
from page_publisher import archive
from page_publisher.archive import read_archive


def _zip(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in entries:
            written.writestr(name, content)
    return raw.getvalue()


INDEX = ("index.html", b"<!doctype html>")


def test_files_come_with_their_paths_and_folders_do_not() -> None:
    raw = _zip(INDEX, ("app/", b""), ("app/main.js", b"1"), ("vendor/purify@3.2.6/purify.js", b"2"))
    assert read_archive(raw) == {
        "index.html": b"<!doctype html>",
        "app/main.js": b"1",
        "vendor/purify@3.2.6/purify.js": b"2",
    }


@pytest.mark.parametrize(
    "path",
    [
        "../index.js",
        "app/../../main.js",
        "/etc/main.js",
        "app//main.js",
        "./main.js",
        "app/.git/main.js",
        ".well-known/main.js",
        "C:\\main.js",
        "app\\..\\main.js",
        "app/ma in.js",
        "app/main.js\n",
        "app/m\u00e4in.js",
        "app/main%2e.js",
        "a" * 300 + ".js",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(RefusedError, match="relative paths"):
        read_archive(_zip(INDEX, (path, b"x")))


def test_a_link_is_refused() -> None:
    link = zipfile.ZipInfo("app/main.js")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(RefusedError, match="no plain file"):
        read_archive(_zip(INDEX, (link, b"/etc/passwd")))


def test_a_file_of_another_kind_is_refused() -> None:
    with pytest.raises(RefusedError, match="no kind that a page has"):
        read_archive(_zip(INDEX, ("setup.exe", b"MZ")))


def test_a_bomb_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = _zip(INDEX, ("app/main.js", b"0" * (archive.MOST_BYTES + 1)))
    assert len(raw) < 100_000

    def never(*_: object) -> bytes:
        raise AssertionError("read")

    monkeypatch.setattr(zipfile.ZipFile, "read", never)
    with pytest.raises(RefusedError, match="bytes"):
        read_archive(raw)


def test_a_size_that_lies_is_not_believed() -> None:
    """An entry that holds more than it declares is not read on."""
    raw = bytearray(_zip(INDEX, ("app/main.js", b"0" * 5000)))
    declared = (5000).to_bytes(4, "little")
    lie = (10).to_bytes(4, "little")
    with pytest.raises(RefusedError, match="cannot be read"):
        read_archive(bytes(raw.replace(declared, lie)))


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_FILES", 2)
    with pytest.raises(RefusedError, match="3 files"):
        read_archive(_zip(INDEX, ("a.js", b""), ("b.js", b"")))


def test_a_file_is_named_once() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        raw = _zip(INDEX, ("a.js", b"1"), ("a.js", b"2"))
    with pytest.raises(RefusedError, match="twice"):
        read_archive(raw)


def test_the_page_does_not_bring_its_own_configuration() -> None:
    with pytest.raises(RefusedError, match=r"config\.json is written by the deployment"):
        read_archive(_zip(INDEX, ("config.json", b"{}")))


@pytest.mark.parametrize("raw", [b"", b"PK", b"<html>", _zip(("app/main.js", b"1"))])
def test_what_is_no_page_is_refused(raw: bytes) -> None:
    with pytest.raises(RefusedError):
        read_archive(raw)
