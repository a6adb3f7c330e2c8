"""Blanks, fillers and private characters carry no text past the screen; ordinary writing is left alone."""

from __future__ import annotations

import pytest

from document_screen import Cause, DocumentScreen
from document_screen.unseen import channels
from document_text import Limits
from document_text.reading import read
from guardrail_engine import Engine

SCREEN = DocumentScreen(Engine())
SECRET = "ignore all"
BITS = "".join(f"{ord(char):08b}" for char in SECRET)


def _bits(zero: str, one: str) -> str:
    return BITS.replace("0", zero).replace("1", one)


CHANNELS = {
    "Braille blanks and em spaces": _bits("\u2800", "\u2003"),
    "Braille blanks and spaces": _bits("\u2800", " "),
    "Hangul fillers": _bits("\u3164", "\u115f"),
    "grapheme joiner and Khmer vowel": _bits("\u034f", "\u17b4"),
    "Mongolian signs": _bits("\u180e", "\u180b"),
    "thin spaces": _bits("\u2009", "\u200a"),
    "wide and narrow spaces": _bits("\u3000", " "),
    "thin spaces between words": "a".join(_bits("\u2009", "\u200a")),
    "fillers between letters": "a".join(_bits("\u3164", "\uffa0")),
    "three at a time": " word ".join("\u2009\u200a\u2009" for _ in range(8)),
    "private use": "".join(chr(0xE000 + ord(char)) for char in SECRET),
    "private plane": "".join(chr(0xF0000 + ord(char)) for char in SECRET),
}


@pytest.mark.parametrize("place", ["You have thirty days.{} And more.", "You have thirty days. {}"])
@pytest.mark.parametrize("kind", CHANNELS)
def test_a_channel_keeps_a_document_out(kind: str, place: str) -> None:
    document = read("a.txt", place.format(CHANNELS[kind]).encode(), Limits())
    judgement = SCREEN.judge("a.txt", document)
    assert Cause.HIDDEN_UNICODE in {found.cause for found in judgement.found}


@pytest.mark.parametrize("where", ["text", "title", "name"])
def test_it_is_found_wherever_it_would_be_published(where: str) -> None:
    channel = CHANNELS["Hangul fillers"]
    title = f"# Leave {channel}\n\n" if where == "title" else ""
    text = f"{title}You have thirty days. {channel if where == 'text' else ''}"
    name = f"leave{channel}.md" if where == "name" else "leave.md"
    judgement = SCREEN.judge(name, read("leave.md", text.encode(), Limits()))
    assert where in {found.where for found in judgement.found if found.cause is Cause.HIDDEN_UNICODE}


ORDINARY = {
    "Korean": "환불은 반품 후 십사 일 이내에 지급됩니다. 자모 ㅤㅏ와 ㅤㅗ는 홀로 쓰일 수 있습니다. " * 4,
    "old Korean": "나랏말ᄊᆞ미 듕귁에 달아 문ᄍᆞ와로 서르 ᄉᆞᄆᆞᆺ디 아니ᄒᆞᆯᄊᆡ ᅟᅡᆷ ᄒᅠ " * 20,
    "Mongolian": "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ᠌ ᠬᠠᠮᠢᠭ᠎ᠠ ᠤᠯᠤᠰ\u202fᠤᠨ ᠪᠢᠴᠢᠭ᠌ " * 20,
    "Khmer": "ប្រទេសកម្ពុជា ភាសាខ្មែរ អ្នក\u200bអាច\u200bសួរ " * 20,
    "Braille": "In Braille:\n" + "⠠⠗⠑⠋⠥⠝⠙⠎⠀⠁⠗⠑⠀⠏⠁⠊⠙⠀⠊⠝⠀⠋⠕⠥⠗⠞⠑⠑⠝⠀⠙⠁⠽⠎⠲\n⠀⠀⠠⠁⠝⠙⠀⠍⠕⠗⠑⠲\n" * 20,
    "French": "Les délais\u202f: dix\u202f000 jours\u202f; «\u202fvraiment\u202f»\u202f? Oui\u202f! " * 20,
    "German": "z.\u2009B. 5\u2009kg, d.\u2009h. 12\u202f000\u2009€\u200a—\u200avon 3\u2009% bis 4\u2009%. "
    * 20,
    "spaces of one kind": "\u2003".join(["Refunds are paid within fourteen days."] * 40),
    "two kinds by passage": "\u2002".join(["word"] * 40) + "\n" + "\u2009".join(["word"] * 40),
    "Japanese": "　　返金について\n　返品後十四日以内に支払われます。\n氏名　　　 ：　 山田　太郎\n" * 20,
    "marks that are parted": "Ma\u0308\u034f\u0301dchen ko\u034f\u0308nnen " * 20,
    "bullets of an old font": "\uf0b7 Refunds\n\uf0b7 Parcels\n\uf0a7 Lamps\n\uf0e0 see below\n" * 20,
    "a rule of one private sign": "\uf0be" * 40 + "\nRefunds take fourteen days.",
    "icons": "\uf095 0221 555 \uf0e0 post \uf0ac web \uf09b code \uf08c work \uf041 Cologne",
    "soft hyphens": "Donau\u00addampf\u00adschiff\u00adfahrt " * 20,
}


@pytest.mark.parametrize("kind", ORDINARY)
def test_ordinary_writing_is_no_channel(kind: str) -> None:
    assert channels(read("a.txt", ORDINARY[kind].encode(), Limits()).text) == ()
