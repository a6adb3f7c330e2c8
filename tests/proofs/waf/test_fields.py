"""A statement sees the part of the request that it names, as far as WAF sees it at the entry."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.proofs.waf import Entry, NotEvaluableError, Request

EMPTY: dict[str, Any] = {}
Matches = Callable[..., bool]
KB = 1024


def _contains(wanted: str, field: dict[str, Any]) -> dict[str, Any]:
    return {
        "ByteMatchStatement": {
            "FieldToMatch": field,
            "PositionalConstraint": "CONTAINS",
            "SearchString": wanted,
            "TextTransformations": [{"Priority": 0, "Type": "NONE"}],
        }
    }


def _part(kind: str, oversize: str, **more: Any) -> dict[str, Any]:
    return {kind: {"OversizeHandling": oversize, **more}}


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ({"Method": EMPTY}, "POST"),
        ({"UriPath": EMPTY}, "/v1/a%20b"),
        ({"QueryString": EMPTY}, "q=a%20b&empty="),
        ({"SingleQueryArgument": {"Name": "Q"}}, "a b"),
        ({"AllQueryArguments": EMPTY}, "empty"),
        ({"SingleHeader": {"Name": "ACCEPT"}}, "text/html"),
        (_part("Headers", "CONTINUE", MatchPattern={"All": EMPTY}, MatchScope="KEY"), "Accept"),
        (
            _part("Headers", "CONTINUE", MatchPattern={"IncludedHeaders": ["accept"]}, MatchScope="VALUE"),
            "html",
        ),
        (_part("Cookies", "CONTINUE", MatchPattern={"All": EMPTY}, MatchScope="ALL"), "theme"),
        (
            _part("Cookies", "CONTINUE", MatchPattern={"ExcludedCookies": ["a"]}, MatchScope="VALUE"),
            "dark",
        ),
        (_part("HeaderOrder", "CONTINUE"), "accept:cookie"),
        (_part("Body", "CONTINUE"), '{"message"'),
        (_part("JsonBody", "CONTINUE", MatchPattern={"All": EMPTY}, MatchScope="VALUE"), "héllo"),
    ],
)
def test_a_field_is_what_it_is_called(matches: Matches, field: dict[str, Any], expected: str) -> None:
    request = Request(
        method="POST",
        path="/v1/a%20b",
        query="q=a%20b&empty=",
        headers=[("Accept", "text/html"), ("Cookie", "a=1; theme=dark")],
        body=b'{"message": "h\\u00e9llo"}',
    )
    assert matches(_contains(expected, field), request)
    assert not matches(_contains("elsewhere", field), request)


@pytest.mark.parametrize(
    "field",
    [
        _part("Headers", "CONTINUE", MatchPattern={"ExcludedHeaders": ["x-long"]}, MatchScope="ALL"),
        _part("JsonBody", "CONTINUE", MatchPattern={"All": EMPTY}, MatchScope="KEY"),
    ],
)
def test_what_is_left_out_is_not_seen(matches: Matches, field: dict[str, Any]) -> None:
    request = Request(headers=[("X-Long", "needle")], body=b'{"message": "needle"}')
    assert not matches(_contains("needle", field), request)


@pytest.mark.parametrize(
    ("handling", "expected"), [("MATCH", True), ("NO_MATCH", False), ("CONTINUE", False)]
)
@pytest.mark.parametrize(
    ("entry", "limit"),
    [
        (Entry.API_GATEWAY, 48 * KB),
        (Entry.CLOUDFRONT, 16 * KB),
        (Entry.COGNITO_USER_POOL, 16 * KB),
        (Entry.APPLICATION_LOAD_BALANCER, 8 * KB),
    ],
)
def test_beyond_what_waf_sees_the_oversize_handling_decides(
    matches: Matches, entry: Entry, limit: int, handling: str, *, expected: bool
) -> None:
    inspected = {"RequestBody": {"API_GATEWAY": {"DefaultSizeInspectionLimit": "KB_48"}}}
    statement = _contains("needle", _part("Body", handling))
    hidden = Request(body=b"x" * limit + b"needle")
    whole = Request(body=b"x" * (limit - 6) + b"needle")
    assert matches(statement, hidden, entry=entry, AssociationConfig=inspected) is expected
    assert matches(statement, whole, entry=entry, AssociationConfig=inspected)


@pytest.mark.parametrize(("handling", "expected"), [("MATCH", True), ("NO_MATCH", False), ("CONTINUE", True)])
@pytest.mark.parametrize("many", [[("n", "1")] * 201, [("n", "needle"), ("big", "x" * 9000)]])
def test_of_headers_waf_sees_the_first_200_and_8_kb(
    matches: Matches, many: list[tuple[str, str]], handling: str, *, expected: bool
) -> None:
    field = _part("Headers", handling, MatchPattern={"All": EMPTY}, MatchScope="ALL")
    assert matches(_contains("n", field), Request(headers=many)) is expected


@pytest.mark.parametrize(
    ("fallback", "expected"), [("MATCH", True), ("NO_MATCH", False), ("EVALUATE_AS_STRING", True)]
)
def test_a_body_that_is_no_json_falls_back(matches: Matches, fallback: str, *, expected: bool) -> None:
    options = {"MatchPattern": {"All": EMPTY}, "MatchScope": "ALL", "InvalidFallbackBehavior": fallback}
    field = _part("JsonBody", "CONTINUE", **options)
    assert matches(_contains("needle", field), Request(body=b'{"needle')) is expected


@pytest.mark.parametrize(
    "field",
    [
        _part("JsonBody", "CONTINUE", MatchPattern={"IncludedPaths": ["/a"]}, MatchScope="ALL"),
        _part("Headers", "CONTINUE", MatchPattern={}, MatchScope="ALL"),
    ],
)
def test_a_pattern_that_is_not_known_is_refused(matches: Matches, field: dict[str, Any]) -> None:
    with pytest.raises(NotEvaluableError):
        matches(_contains("x", field), Request(body=b"{}"))


def test_a_handling_or_a_limit_that_waf_does_not_have_is_refused(matches: Matches) -> None:
    with pytest.raises(NotEvaluableError, match="OversizeHandling 'SOMETIMES'"):
        matches(_contains("x", _part("Body", "SOMETIMES")), Request(body=b"x" * 20_000))
    wrong = {"RequestBody": {"API_GATEWAY": {"DefaultSizeInspectionLimit": "ALL"}}}
    with pytest.raises(NotEvaluableError, match="inspection limit 'ALL'"):
        matches(_contains("x", _part("Body", "MATCH")), AssociationConfig=wrong)
