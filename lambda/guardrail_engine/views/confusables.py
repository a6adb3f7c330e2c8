# ruff: noqa: RUF001 - the look-alikes are the data
"""Characters that look like Latin letters: the common confusables of UTS 39 (read 2026-11-23)."""

from __future__ import annotations

from typing import Final

# Look-alikes in pairs, grouped by script. NFKC has already folded full-width and mathematical letters.
_PAIRS: Final = {
    "cyrillic": (
        "аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwɡgӏlғfәeкkмmтtнhвbпnгrѵvьbзeиnлnяrцuшwщwчyюoэeєeґrїiѐeёeйnўy",
        "АAВBЕEКKМMНHОOРPСCТTХXІIЈJЅSУYԌGԜWҮYӀIЗEИNЯRФOЛNПNГRЁEЙNЎY",
    ),
    "greek": (
        "αaβbγyδdεeζzηnθoιiκkλlμuνvξeοoπnρpσoςcτtυuφoχxψwωwάaέeήnίiόoύuώwϲcϳj",
        "ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXΣEΔAΛAΓRΠNΩO",
    ),
    "armenian and cherokee": ("օoսuցgհhոnսuյjքpՍUՕOᎪAᏴBᏟCᎠDᎬEᏀGᎻHᎥiᎫJᏦKᏞLᎷMΝNᏢPᎡRᏚSᎢTᏙVᎳWᏃZ",),
    "latin": (
        "ıiȷjɑaɩiɪiʀrɢgʜhʟlɴnᴀaʙbᴄcᴅdᴇeꜰfᴊjᴋkᴍmᴏoᴘpꜱsᴛtᴜuᴠvᴡwʏyᴢzøoØOłlŁLđdĐDħhŧtƒfʋvǃ!ſsɓbɗdɛeƙkɲnƥpʈtʐz",
        "ⅼlⅰiⅴvⅹxⅽcⅾdⅿm∣l⎮l│l",
    ),
    "upside down": ("ɐaɔcǝeɟfɥhᴉiʞkɯmɹrʇtʌvʍwʎy",),
}


def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for groups in _PAIRS.values():
        for group in groups:
            table.update({ord(group[at]): group[at + 1] for at in range(0, len(group), 2)})
    # Squared, negative circled, negative squared and regional-indicator capitals have no NFKC form.
    for first in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6):
        table.update({first + index: chr(ord("A") + index) for index in range(26)})
    return table


CONFUSABLES: Final = _table()
