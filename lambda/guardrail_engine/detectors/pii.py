"""Personal data whose structure can be validated: e-mail, phone, card, IBAN, US social security."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from guardrail_engine.detector import Context, Detector, Match, Scope

if TYPE_CHECKING:
    from guardrail_engine.views import View

_RISK: Final = "LLM02"

# Lengths by country (SWIFT IBAN registry, release 99, read 2026-11-23).
_IBAN_COUNTRIES: Final = {
    15: "NO",
    16: "BE",
    18: "DK FI FO GL NL",
    19: "MK SI",
    20: "AT BA EE KZ LT LU XK",
    21: "CH HR LI LV",
    22: "BG BH CR DE GB GE IE ME RS",
    23: "AE IL IQ TL",
    24: "AD CZ ES MD PK RO SA SE SK TN VG",
    25: "PT",
    26: "IS TR",
    27: "FR GR IT MC MR SM",
    28: "AL AZ BY CY DO GT HU LB PL SV",
    29: "BR EG PS QA UA",
    30: "JO KW MU",
    31: "MT SC",
}
_IBAN: Final = "|".join(
    f"(?:{codes.replace(' ', '|')})[0-9]{{2}}(?:[ -]?[A-Za-z0-9]){{{length - 4}}}"
    for length, codes in _IBAN_COUNTRIES.items()
)
_FILE_ENDINGS: Final = frozenset(
    {"png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "js", "css", "ts", "py", "so"}
)
# Issuer prefixes and the lengths of their numbers (ISO/IEC 7812, large schemes, read 2026-11-23).
_CARD_LENGTHS: Final = (
    ("4", (13, 16, 19)),
    ("5[1-5]|2[2-7]|35", (16,)),
    ("3[47]", (15,)),
    ("3[0689]", (14, 16)),
    ("6", (16, 17, 18, 19)),
    ("", ()),
)
_PHONE_DIGITS: Final = range(8, 16)
_MIN_DISTINCT: Final = 3


def luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others."""
    total = 0
    for index, char in enumerate(reversed(digits)):
        doubled = int(char) * (1 + index % 2)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 - the cross sum of two digits
    return total % 10 == 0


def _is_email(text: str, _before: str, after: str) -> bool:
    local, _, domain = text.rpartition("@")
    if domain.rpartition(".")[2].lower() in _FILE_ENDINGS:
        return False
    # git@host:path is an address of a repository.
    return not (local == "git" and after.startswith((":", "/")))


def _is_card(text: str, _before: str, _after: str) -> bool:
    digits = re.sub(r"\D", "", text)
    lengths = next(lengths for prefix, lengths in _CARD_LENGTHS if re.match(prefix, digits))
    return len(digits) in lengths and luhn(digits)


def _is_iban(text: str, _before: str, _after: str) -> bool:
    iban = re.sub(r"[ -]", "", text).upper()
    return int("".join(str(int(char, 36)) for char in iban[4:] + iban[:4])) % 97 == 1


def _is_ssn(text: str, before: str, _after: str) -> bool:
    area, group, serial = re.split("[- ]", text)
    listed = area not in {"000", "666"} and area < "900" and group != "00" and serial != "0000"
    return listed and ("-" in text or "ssn" in before.lower() or "social security" in before.lower())


def _is_phone(text: str, before: str, _after: str) -> bool:
    digits = re.sub(r"\D", "", text)
    # 000-000-0000 and the like are samples.
    return (
        len(digits) in _PHONE_DIGITS
        and len(set(digits)) >= _MIN_DISTINCT
        and not before.endswith(("v", "V", "#", "$", "€"))
    )


_Accept = Callable[[str, str, str], bool]
# Fixed digits are ASCII: the clean view has already turned full-width and other digits into them.
_RULES: Final[tuple[tuple[str, re.Pattern[str], _Accept], ...]] = (
    (
        "EMAIL",
        re.compile(
            r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9_%+-](?:[A-Za-z0-9._%+-]{0,62}[A-Za-z0-9_%+-])?"
            r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9-])"
        ),
        _is_email,
    ),
    ("IBAN", re.compile(rf"(?<![A-Za-z0-9])(?:{_IBAN})(?![A-Za-z0-9])"), _is_iban),
    (
        "CARD",
        re.compile(
            r"(?<![0-9A-Za-z.,_-])(?:4|5[1-5]|2[2-7]|3[4-9]|6[0245])[0-9]{1,3}(?:[ -]?[0-9]){9,16}"
            r"(?![0-9A-Za-z_]|[.,-][0-9])"
        ),
        _is_card,
    ),
    (
        "SSN",
        re.compile(r"(?<![0-9A-Za-z-])[0-8][0-9]{2}([- ])[0-9]{2}\1[0-9]{4}(?![0-9A-Za-z]|-[0-9])"),
        _is_ssn,
    ),
    (
        "PHONE",
        re.compile(
            r"(?<![0-9A-Za-z+.,_/=-])(?:"
            r"(?:\+|(?<![0-9] )00)[1-9][0-9]{0,2}(?:[ .\-/]?\(?[0-9]{1,5}\)?){2,6}"
            r"|(?:1[ .-])?\([2-9][0-9]{2}\) ?[2-9][0-9]{2}[ .-][0-9]{4}"
            r"|(?:1[ .-])?[2-9][0-9]{2}([.-])[2-9][0-9]{2}\1[0-9]{4}"
            r")(?![0-9A-Za-z_]|[.,-][0-9])"
        ),
        _is_phone,
    ),
)
_CONTEXT_CHARS: Final = 24


def find(view: View, _context: Context) -> Iterator[Match]:
    """Find every piece of structured personal data."""
    text = view.text
    for label, pattern, accept in _RULES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if accept(match.group(), text[max(0, start - _CONTEXT_CHARS) : start], text[end : end + 1]):
                yield Match(f"pii.{label.lower()}", _RISK, start, end, label, f"[{label}]")


DETECTOR: Final = Detector("pii", Scope.PLAIN, find)
