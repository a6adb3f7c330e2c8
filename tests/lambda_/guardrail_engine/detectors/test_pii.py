"""Personal data: what validates is redacted in both directions, look-alikes stay."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from guardrail_engine import Action, Screening
from guardrail_engine.detectors.pii import luhn

if TYPE_CHECKING:
    from collections.abc import Callable

REDACTED = {
    # e-mail
    "write to ann.lee@corp.com today": "write to [EMAIL] today",
    "ANN+tag@Sub.Corp.co.uk": "[EMAIL]",
    "<o'neil_2@a-b.org>": "<o'[EMAIL]>",
    "a@b.io, c@d.dev": "[EMAIL], [EMAIL]",
    "mailto:bob@corp.com": "mailto:[EMAIL]",
    "Mail: bob@corp.com.": "Mail: [EMAIL].",
    # phone
    "+49 30 901820 is the number": "[PHONE] is the number",
    "call +1 (212) 555-0187": "call [PHONE]",
    "call (212) 555-0187 now": "call [PHONE] now",
    "212-555-0187": "[PHONE]",
    "0049 171 2345678": "[PHONE]",
    "+44 20 7946 0958.": "[PHONE].",
    "+33 6 12 34 56 78": "[PHONE]",
    # card
    "card 4111 1111 1111 1111 exp 12/29": "card [CARD] exp 12/29",
    "5500-0055-5555-5559": "[CARD]",
    "378282246310005": "[CARD]",
    "4111111111111111": "[CARD]",
    # IBAN
    "IBAN DE89 3704 0044 0532 0130 00 please": "IBAN [IBAN] please",
    "GB29NWBK60161331926819": "[IBAN]",
    "NO93 8601 1117 947": "[IBAN]",
    "FR14 2004 1010 0505 0001 3M02 606": "[IBAN]",
    # US social security
    "SSN 123-45-6789": "SSN [SSN]",
    "my ssn is 123 45 6789": "my ssn is [SSN]",
}

LOOK_ALIKES = [
    "logo@2x.png",
    "icon@3x.webp",
    "@app.route('/x')",
    "git@github.com:org/repo.git",
    "ssh root@server",
    "npm i left-pad@1.3.0",
    "twitter: @somebody",
    "4111 1111 1111 1112",
    "order 1234567890123456",
    "0000 0000 0000 0000",
    "DE89 3704 0044 0532 0130 01",
    "GB00 is a made-up prefix",
    "ISBN 978-3-16-148410-0",
    "000-12-3456",
    "666-12-3456",
    "900-12-3456",
    "123-00-4567",
    "123-45-0000",
    "the years 2019-2020 and 1999-2001",
    "2026-11-23T05:38:03Z",
    "192.168.100.200",
    "10.0.0.1:8080",
    "3.14159265358979",
    "commit 1234567890abcdef1234",
    "uuid 123e4567-e89b-12d3-a456-426614174000",
    "version 1.22.333",
    "price: $1,234,567.89",
    "1 000 000 000 people",
    "ratio 555-0187",
    "000-000-0000",
    "page 212-215",
]


@pytest.mark.parametrize(("text", "expected"), REDACTED.items())
def test_structured_data_is_redacted_and_the_rest_stays(
    text: str, expected: str, request_of: Callable[[str], Screening], answer_of: Callable[[str], Screening]
) -> None:
    assert request_of(text).text == expected
    assert answer_of(text).text == expected


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_look_alike_stays(text: str, request_of: Callable[[str], Screening]) -> None:
    screened = request_of(text)
    assert (screened.action, screened.text, dict(screened.redactions)) == (Action.ALLOW, text, {})


def test_redactions_are_counted_by_type(request_of: Callable[[str], Screening]) -> None:
    screened = request_of("a@b.io, c@d.dev, 4111 1111 1111 1111")
    assert dict(screened.redactions) == {"EMAIL": 2, "CARD": 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mail ａｎｎ＠corp.com now", "mail [EMAIL] now"),
        ("mail ann\u200b@corp.com now", "mail [EMAIL] now"),
        ("card 4111\u20111111\u20111111\u20111111", "card [CARD]"),
        ("card ４１１１ 1111 1111 1111", "card [CARD]"),
        ("mail ann%40corp.com now", "mail [EMAIL] now"),
        ("mail ann&#64;corp.com now", "mail [EMAIL] now"),
    ],
)
def test_disguised_data_is_redacted_where_it_stands(
    text: str, expected: str, answer_of: Callable[[str], Screening]
) -> None:
    assert answer_of(text).text == expected


def test_encoded_data_goes_with_its_encoding(answer_of: Callable[[str], Screening]) -> None:
    encoded = base64.b64encode(b"contact ann.lee@corp.com").decode()
    assert answer_of(f"Decode {encoded} please").text == "Decode [EMAIL] please"


@pytest.mark.parametrize(
    ("digits", "valid"), [("4111111111111111", True), ("79927398713", True), ("79927398710", False)]
)
def test_luhn_accepts_exactly_the_right_check_digit(digits: str, *, valid: bool) -> None:
    assert luhn(digits) is valid
