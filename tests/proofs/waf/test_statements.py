"""Each statement matches what AWS says that it matches, and one that is not known is never passed over."""

import base64
from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.proofs.waf import NotEvaluableError, Request

EMPTY: dict[str, Any] = {}
Matches = Callable[..., bool]
NONE = [{"Priority": 0, "Type": "NONE"}]


def _bytes(position: str, wanted: str, field: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "ByteMatchStatement": {
            "FieldToMatch": field or {"UriPath": EMPTY},
            "PositionalConstraint": position,
            "SearchString": wanted,
            "TextTransformations": NONE,
        }
    }


def _size(operator: str, size: int, field: dict[str, Any]) -> dict[str, Any]:
    inner = {"FieldToMatch": field, "ComparisonOperator": operator, "Size": size, "TextTransformations": NONE}
    return {"SizeConstraintStatement": inner}


@pytest.mark.parametrize(
    ("position", "wanted", "expected"),
    [
        ("EXACTLY", "/v1/api/chat", True),
        ("EXACTLY", "/v1/api", False),
        ("STARTS_WITH", "/v1/", True),
        ("STARTS_WITH", "/api", False),
        ("ENDS_WITH", "/chat", True),
        ("ENDS_WITH", "/api", False),
        ("CONTAINS", "/api/", True),
        ("CONTAINS", "/API/", False),
        ("CONTAINS_WORD", "api", True),
        ("CONTAINS_WORD", "ap", False),
    ],
)
def test_a_text_is_looked_for_where_the_statement_says(
    matches: Matches, position: str, wanted: str, *, expected: bool
) -> None:
    assert matches(_bytes(position, wanted), Request(path="/v1/api/chat")) is expected


def test_a_search_string_may_be_base64(matches: Matches) -> None:
    statement = _bytes("EXACTLY", "")
    inner = statement["ByteMatchStatement"]
    del inner["SearchString"]
    inner["SearchStringBase64"] = base64.b64encode(b"/x").decode()
    assert matches(statement, Request(path="/x"))


@pytest.mark.parametrize(
    "given", [{"Fn::Join": ["", ["a"]]}, "{{resolve:secretsmanager:arn:SecretString:::}}", None]
)
def test_a_search_string_that_only_a_deployment_knows_is_refused(matches: Matches, given: object) -> None:
    statement = _bytes("EXACTLY", "")
    statement["ByteMatchStatement"]["SearchString"] = given
    with pytest.raises(NotEvaluableError, match="Rule Only: the search string"):
        matches(statement)


def test_a_missing_header_matches_nothing_and_its_negation_everything(matches: Matches) -> None:
    proof = _bytes("EXACTLY", "s3cret", {"SingleHeader": {"Name": "X-Proof"}})
    without, right = Request(), Request(headers=[("x-proof", "s3cret")])
    doubled = Request(headers=[("x-proof", "s3cret"), ("x-proof", "wrong")])
    assert [matches(proof, each) for each in (without, right, doubled)] == [False, True, False]
    negated = {"NotStatement": {"Statement": proof}}
    assert [matches(negated, each) for each in (without, right, doubled)] == [True, False, True]


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("EQ", [False, True, False]),
        ("NE", [True, False, True]),
        ("LE", [True, True, False]),
        ("LT", [True, False, False]),
        ("GE", [False, True, True]),
        ("GT", [False, False, True]),
    ],
)
def test_sizes_are_compared(matches: Matches, operator: str, expected: list[bool]) -> None:
    statement = _size(operator, 5, {"QueryString": EMPTY})
    assert [matches(statement, Request(query="x" * length)) for length in (4, 5, 6)] == expected


def test_regular_expressions_are_searched_for(matches: Matches) -> None:
    inner = {"FieldToMatch": {"UriPath": EMPTY}, "TextTransformations": NONE}
    one = {"RegexMatchStatement": {**inner, "RegexString": "^/v[0-9]+/"}}
    several = {"RegexPatternSetReferenceStatement": {**inner, "Arn": "Set.Arn"}}
    sets = {"Set.Arn": ["^/admin", "chat$"]}
    assert matches(one, Request(path="/v1/x"))
    assert not matches(one, Request(path="/x"))
    assert matches(several, Request(path="/v1/chat"), regex_sets=sets)
    assert not matches(several, Request(path="/v1/chats"), regex_sets=sets)
    with pytest.raises(NotEvaluableError, match="Python does not read"):
        matches({"RegexMatchStatement": {**inner, "RegexString": "(?<"}})


def test_a_country_matches_only_where_it_is_known(matches: Matches) -> None:
    statement = {"GeoMatchStatement": {"CountryCodes": ["DE", "FR"]}}
    assert matches(statement, Request(country="DE"))
    assert not matches(statement, Request(country="US"))
    assert not matches(statement, Request())
    with pytest.raises(NotEvaluableError, match="country of a forwarded address"):
        matches({"GeoMatchStatement": {"CountryCodes": ["DE"], "ForwardedIPConfig": EMPTY}})


@pytest.mark.parametrize(
    ("address", "expected"),
    [("198.51.100.9", True), ("198.51.101.1", False), ("2001:db8::7", True), ("2001:db9::7", False)],
)
def test_addresses_are_looked_for_in_networks(matches: Matches, address: str, *, expected: bool) -> None:
    statement = {"IPSetReferenceStatement": {"Arn": "Set.Arn"}}
    sets = {"Set.Arn": ["198.51.100.0/24", "2001:db8::/64"]}
    assert matches(statement, Request(client_address=address), ip_sets=sets) is expected


@pytest.mark.parametrize(
    ("position", "header", "expected"),
    [
        ("FIRST", "198.51.100.9, 203.0.113.1", True),
        ("LAST", "198.51.100.9, 203.0.113.1", False),
        ("LAST", "203.0.113.1, 198.51.100.9", True),
        ("ANY", "203.0.113.1, 198.51.100.9, 203.0.113.2", True),
        ("ANY", "unknown, 198.51.100.9", True),
        ("ANY", ", ".join(["203.0.113.1"] * 10), False),
        ("ANY", ", ".join(["198.51.100.9", *["203.0.113.1"] * 10]), False),
        ("ANY", None, False),
    ],
)
def test_forwarded_addresses_are_looked_for_by_position(
    matches: Matches, position: str, header: str | None, *, expected: bool
) -> None:
    config = {"HeaderName": "X-Forwarded-For", "FallbackBehavior": "NO_MATCH", "Position": position}
    statement = {"IPSetReferenceStatement": {"Arn": "Set.Arn", "IPSetForwardedIPConfig": config}}
    headers = [] if header is None else [("x-forwarded-for", header)]
    sets = {"Set.Arn": ["198.51.100.0/24"]}
    assert matches(statement, Request(headers=headers), ip_sets=sets) is expected


@pytest.mark.parametrize(("fallback", "expected"), [("MATCH", True), ("NO_MATCH", False)])
def test_a_malformed_forwarded_address_falls_back(matches: Matches, fallback: str, *, expected: bool) -> None:
    config = {"HeaderName": "X-Forwarded-For", "FallbackBehavior": fallback, "Position": "FIRST"}
    statement = {"IPSetReferenceStatement": {"Arn": "Set.Arn", "IPSetForwardedIPConfig": config}}
    request = Request(headers=[("X-Forwarded-For", "nonsense")])
    assert matches(statement, request, ip_sets={"Set.Arn": []}) is expected
    assert not matches(statement, Request(), ip_sets={"Set.Arn": []}), "without the header it is not applied"


def test_and_or_not_combine(matches: Matches) -> None:
    yes, no = _bytes("CONTAINS", "/"), _bytes("CONTAINS", "nowhere")
    for kind, statements, expected in (
        ("AndStatement", [yes, yes], True),
        ("AndStatement", [yes, no], False),
        ("OrStatement", [no, yes], True),
        ("OrStatement", [no, no], False),
    ):
        assert matches({kind: {"Statements": statements}}) is expected


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ({"SqliMatchStatement": EMPTY}, "SqliMatchStatement is not known"),
        ({"InventedStatement": EMPTY}, "InventedStatement is not known"),
        ({}, "a statement must be one"),
        ({"IPSetReferenceStatement": {"Arn": "Gone.Arn"}}, "IP set 'Gone.Arn' is not at hand"),
        ({"IPSetReferenceStatement": {"Arn": {"Fn::ImportValue": "x"}}}, "is not at hand"),
        (_bytes("NEARBY", "x"), "PositionalConstraint 'NEARBY'"),
        (_size("ABOUT", 1, {"UriPath": EMPTY}), "ComparisonOperator 'ABOUT'"),
        (_bytes("CONTAINS", "x", {"JA3Fingerprint": EMPTY}), "JA3Fingerprint is not known"),
        (_bytes("CONTAINS", "x", {"UriPath": EMPTY, "Method": EMPTY}), "must name one field"),
    ],
)
def test_what_is_not_known_is_never_passed_over(
    matches: Matches, statement: dict[str, Any], says: str
) -> None:
    with pytest.raises(NotEvaluableError, match=says):
        matches(statement)


def test_a_request_comes_from_an_address() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        Request(client_address="nowhere")
