"""What is compared is the text after the transformations, and an unknown one is not ignored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genai_defense.proofs.waf import NotEvaluableError
from genai_defense.proofs.waf.transformations import transformed


def _change(kind: str, text: bytes) -> bytes:
    return transformed(text, [{"Priority": 0, "Type": kind}])


@pytest.mark.parametrize(
    ("kind", "text", "becomes"),
    [
        ("NONE", b"As IT is", b"As IT is"),
        ("LOWERCASE", b"SELECT", b"select"),
        ("UPPERCASE", b"select", b"SELECT"),
        ("URL_DECODE", b"%2Fapi+chat%zz", b"/api chat%zz"),
        ("URL_DECODE_UNI", b"%u0061%uFF1Cscript", b"a<script"),
        ("HTML_ENTITY_DECODE", b"&lt;b&gt;&#x41;&quot;", b'<b>A"'),
        ("COMPRESS_WHITE_SPACE", b"a \t\r\n b", b"a b"),
        ("BASE64_DECODE", b"aGVsbG8=", b"hello"),
        ("BASE64_DECODE", b"not base64!", b"not base64!"),
        ("BASE64_DECODE_EXT", b"a G!V,sbG8", b"hello"),
        ("HEX_DECODE", b"68656c6c6f", b"hello"),
        ("HEX_DECODE", b"xyz", b"xyz"),
        ("NORMALIZE_PATH", b"/a//b/./c/../d", b"/a/b/d"),
        ("NORMALIZE_PATH", b"/../../etc", b"/etc"),
        ("NORMALIZE_PATH", b"a/b/../c/", b"a/c/"),
        ("NORMALIZE_PATH_WIN", rb"\a\..\b", b"/b"),
        ("REMOVE_NULLS", b"a\0b", b"ab"),
        ("REPLACE_NULLS", b"a\0b", b"a b"),
        ("REPLACE_COMMENTS", b"a/* x */b/* open", b"a b "),
        ("CMD_LINE", b'C^MD, "/C  DIR', b"cmd /c dir"),
    ],
)
def test_a_text_is_changed_as_waf_changes_it(kind: str, text: bytes, becomes: bytes) -> None:
    assert _change(kind, text) == becomes


def test_a_digest_is_one() -> None:
    assert _change("MD5", b"").hex() == "d41d8cd98f00b204e9800998ecf8427e"


def test_the_lowest_priority_comes_first() -> None:
    steps = [{"Priority": 2, "Type": "LOWERCASE"}, {"Priority": 1, "Type": "BASE64_DECODE"}]
    assert transformed(b"SEVMTE8=", steps) == b"hello"


@pytest.mark.parametrize("kind", ["JS_DECODE", "ROT13"])
def test_an_unknown_transformation_is_refused(kind: str) -> None:
    with pytest.raises(NotEvaluableError, match=f"{kind} is not known; known are NONE"):
        _change(kind, b"x")


@given(st.binary(max_size=60))
def test_no_text_breaks_a_transformation(text: bytes) -> None:
    for kind in ("BASE64_DECODE_EXT", "CMD_LINE", "HTML_ENTITY_DECODE", "NORMALIZE_PATH", "URL_DECODE_UNI"):
        _change(kind, text)


@given(st.lists(st.sampled_from([b"a", b"..", b".", b"", b"api"]), max_size=8))
def test_a_normalized_path_stays_normalized(parts: list[bytes]) -> None:
    once = _change("NORMALIZE_PATH", b"/" + b"/".join(parts))
    assert _change("NORMALIZE_PATH", once) == once
    assert b".." not in once
