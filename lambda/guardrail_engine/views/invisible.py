"""Which characters cannot be seen, and where they are nevertheless right."""

from __future__ import annotations

import re
from typing import Final

# Default-ignorable code points that carry no glyph (Unicode 16, DerivedCoreProperties, read 2026-11-23).
# Cf as a whole would be wrong: it holds visible Arabic number signs.
_RANGES: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
INVISIBLE: Final = re.compile(f"[{_RANGES}]")
CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")

# Scripts whose spelling uses ZWNJ and ZWJ: Arabic to Thaana, Indic to Sinhala, Tibetan, Myanmar,
# Khmer, Mongolian, and their extensions.
_JOINING: Final = (
    "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ua8e0-\ua8ff\ufb50-\ufdff\ufe70-\ufefc"
)
_EMOJI: Final = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
_CJK: Final = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"

# The three flags of subdivisions that Unicode recommends for interchange (emoji-sequences 16.0).
FLAGS: Final = tuple(
    "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in code) + "\U000e007f"
    for code in ("gbeng", "gbsct", "gbwls")
)

RIGHTFUL: Final = re.compile(
    "|".join(
        (
            *FLAGS,
            f"(?<=[{_JOINING}])[\u200c\u200d]",
            f"(?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}])",
            # Text and emoji presentation, also of the keycaps 0-9 # *.
            f"(?<=[{_EMOJI}])[\ufe0e\ufe0f]",
            "(?<=[0-9#*])\ufe0f(?=\u20e3)",
            # Standardised variants of symbols, Myanmar and Phags-pa; ideographic variants.
            f"(?<=[\u2200-\u2aff\u1000-\u109f\ua840-\ua87f{_CJK}])[\ufe00-\ufe02]",
            f"(?<=[{_CJK}])[\U000e0100-\U000e01ef]",
            "(?<=[\u1820-\u18aa])[\u180b-\u180f]",
            # Direction marks of right-to-left writing; overrides (202D, 202E) are not among them.
            "[\u200e\u200f\u061c\u202a-\u202c\u2066-\u2069]",
            "\u00ad",
        )
    )
)
_STRAY: Final = re.compile(f"({RIGHTFUL.pattern})|[{_RANGES}]|{CONTROL.pattern}")


def stray_positions(text: str) -> list[int]:
    """Where invisible characters stand that no writing system puts there."""
    return [match.start() for match in _STRAY.finditer(text) if match.group(1) is None]


def without_stray(text: str) -> str:
    """The text as it is passed on: stray invisible and control characters are gone, spelling is kept.

    Repeated until nothing changes, because a removal can leave a joiner without its neighbour; no rightful
    place depends on a chain of invisible characters, so that a few rounds are enough.
    """
    while True:
        shorter = _STRAY.sub(lambda match: match.group(1) or "", text)
        if shorter == text:
            return text
        text = shorter


def nothing_seen(text: str) -> bool:
    """Whether a text is made of blanks and invisible characters alone, or of nothing."""
    return not CONTROL.sub("", INVISIBLE.sub("", text)).strip()
