"""A rate counts the requests of one key in the window that ends now, and no others."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.proofs.waf import NotEvaluableError, Request, WebAclEvaluator

EMPTY: dict[str, Any] = {}
MakeAcl = Callable[..., WebAclEvaluator]
MakeRule = Callable[..., dict[str, Any]]
NONE = [{"Priority": 0, "Type": "NONE"}]


@pytest.fixture
def rated(web_acl: MakeAcl, make_rule: MakeRule) -> Callable[..., WebAclEvaluator]:
    """A web ACL whose only rule lets 10 requests through."""

    def make(**statement: Any) -> WebAclEvaluator:
        inner = {"Limit": 10, "AggregateKeyType": "IP", **statement}
        return web_acl(make_rule("Rate", {"RateBasedStatement": inner}))

    return make


def _passed(acl: WebAclEvaluator, requests: list[Request]) -> int:
    return sum(acl.evaluate(request).passes for request in requests)


def test_one_address_is_held_back_and_another_is_not(rated: Callable[..., WebAclEvaluator]) -> None:
    acl = rated()
    assert _passed(acl, [Request(time=second) for second in range(15)]) == 10
    assert acl.evaluate(Request(time=15, client_address="203.0.113.5")).passes


@pytest.mark.parametrize("window", [60, 120, 300, 600])
def test_after_the_window_it_passes_again(rated: Callable[..., WebAclEvaluator], window: int) -> None:
    acl = rated(EvaluationWindowSec=window)
    assert _passed(acl, [Request(time=0)] * 12) == 10
    assert not acl.evaluate(Request(time=window - 1)).passes
    assert acl.evaluate(Request(time=window)).passes


def test_the_default_window_is_five_minutes(rated: Callable[..., WebAclEvaluator]) -> None:
    acl = rated()
    assert _passed(acl, [Request(time=0)] * 11) == 10
    assert not acl.evaluate(Request(time=299)).passes


def test_only_what_the_scope_admits_is_counted(rated: Callable[..., WebAclEvaluator]) -> None:
    only = {
        "ByteMatchStatement": {
            "FieldToMatch": {"UriPath": EMPTY},
            "PositionalConstraint": "STARTS_WITH",
            "SearchString": "/chat",
            "TextTransformations": NONE,
        }
    }
    acl = rated(ScopeDownStatement=only)
    assert _passed(acl, [Request(path="/page")] * 30) == 30
    assert _passed(acl, [Request(path="/chat")] * 12) == 10


@pytest.mark.parametrize(
    ("keys", "one", "other", "uncounted"),
    [
        (
            [{"Header": {"Name": "authorization", "TextTransformations": NONE}}],
            {"headers": [("Authorization", "a")]},
            {"headers": [("Authorization", "b")]},
            {},
        ),
        (
            [{"Cookie": {"Name": "id", "TextTransformations": NONE}}],
            {"headers": [("Cookie", "x=1; id=a")]},
            {"headers": [("Cookie", "id=b")]},
            {},
        ),
        (
            [{"QueryArgument": {"Name": "id", "TextTransformations": NONE}}],
            {"query": "id=a"},
            {"query": "id=b"},
            {"query": "x=1"},
        ),
        ([{"QueryString": {"TextTransformations": NONE}}], {"query": "a"}, {"query": "b"}, {}),
        ([{"IP": EMPTY}, {"HTTPMethod": EMPTY}], {"method": "GET"}, {"method": "PUT"}, None),
        ([{"UriPath": {"TextTransformations": NONE}}], {"path": "/a"}, {"path": "/b"}, None),
    ],
)
def test_custom_keys_tell_clients_apart(
    rated: Callable[..., WebAclEvaluator],
    keys: list[dict[str, Any]],
    one: dict[str, Any],
    other: dict[str, Any],
    uncounted: dict[str, Any] | None,
) -> None:
    acl = rated(AggregateKeyType="CUSTOM_KEYS", CustomKeys=keys)
    assert _passed(acl, [Request(**one)] * 12) == 10
    assert acl.evaluate(Request(**other)).passes
    if uncounted is not None:
        assert _passed(acl, [Request(**uncounted)] * 12) == 12, "a request without the part is not counted"


def test_a_constant_key_counts_everybody(rated: Callable[..., WebAclEvaluator]) -> None:
    acl = rated(AggregateKeyType="CONSTANT")
    assert _passed(acl, [Request(client_address=f"192.0.2.{number}") for number in range(1, 13)]) == 10


@pytest.mark.parametrize("custom", [False, True])
def test_the_first_forwarded_address_is_the_key(
    rated: Callable[..., WebAclEvaluator], *, custom: bool
) -> None:
    """Which the client chooses: behind a distribution it tells nobody apart."""
    config = {"HeaderName": "X-Forwarded-For", "FallbackBehavior": "MATCH"}
    kind = (
        {"AggregateKeyType": "CUSTOM_KEYS", "CustomKeys": [{"ForwardedIP": EMPTY}]}
        if custom
        else {"AggregateKeyType": "FORWARDED_IP"}
    )
    acl = rated(ForwardedIPConfig=config, **kind)
    honest = Request(headers=[("X-Forwarded-For", "203.0.113.7")])
    assert _passed(acl, [honest] * 12) == 10
    invented = [Request(headers=[("X-Forwarded-For", f"10.0.0.{n}, 203.0.113.7")]) for n in range(12)]
    assert _passed(acl, invented) == 12
    assert not acl.evaluate(Request(headers=[("X-Forwarded-For", "?")])).passes
    assert acl.evaluate(Request()).passes


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ({"EvaluationWindowSec": 30}, "window of 30 s"),
        ({"AggregateKeyType": "MOOD"}, "AggregateKeyType 'MOOD'"),
        (
            {"AggregateKeyType": "CUSTOM_KEYS", "CustomKeys": [{"JA4Fingerprint": EMPTY}]},
            "custom key JA4Fingerprint",
        ),
        ({"AggregateKeyType": "CUSTOM_KEYS", "CustomKeys": [EMPTY]}, "must name one component"),
    ],
)
def test_a_rate_that_is_not_known_is_refused(
    rated: Callable[..., WebAclEvaluator], statement: dict[str, Any], says: str
) -> None:
    with pytest.raises(NotEvaluableError, match=says):
        rated(**statement).evaluate(Request())
