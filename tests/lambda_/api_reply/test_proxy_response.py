"""The one shape of an answer to the API."""

from __future__ import annotations

import json

from api_reply import HEADERS, proxy_response


def test_an_answer_is_json_that_nobody_stores_or_guesses_at() -> None:
    response = proxy_response(200, {"status": "ok"}, {"Retry-After": "1"})
    assert response["headers"] == {**HEADERS, "Retry-After": "1"}
    assert response["headers"]["Cache-Control"] == "no-store"
    assert response["headers"]["X-Content-Type-Options"] == "nosniff"
    assert (response["statusCode"], response["isBase64Encoded"]) == (200, False)
    assert json.loads(response["body"]) == {"status": "ok"}


def test_no_content_has_no_body() -> None:
    assert proxy_response(204, None)["body"] == ""


def test_a_text_is_not_blown_up_by_escapes() -> None:
    """Lambda answers at most 6 MB, and an escaped character takes up to three times its UTF-8."""
    assert proxy_response(200, {"text": "шифр 密码"})["body"] == '{"text": "шифр 密码"}'


def test_half_a_surrogate_pair_can_still_be_sent() -> None:
    body = proxy_response(200, {"text": "a\ud800b"})["body"]
    assert body.encode() == b'{"text": "a\\ud800b"}'
    assert json.loads(body) == {"text": "a\ud800b"}


def test_nothing_opens_the_api_to_other_origins() -> None:
    assert not [name for name in HEADERS if name.lower().startswith("access-control")]
