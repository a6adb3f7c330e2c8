"""Where nearly all methods of an API have a rate of their own, the one without is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ApiRouteHasARateOfItsOwn"
API = {"Ref": "Api"}
ALL: dict[str, Any] = {"HttpMethod": "*", "ResourcePath": "/*", "ThrottlingRateLimit": 20}


def entry(path: str, **more: object) -> dict[str, Any]:
    return {"HttpMethod": "POST", "ResourcePath": f"/~1{path}", **more}


def stage(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"RestApiId": API, "MethodSettings": [ALL, *entries]}


def api(*paths: str) -> dict[str, Any]:
    found: dict[str, Any] = {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {}}}
    for path in paths:
        root = {"Fn::GetAtt": ["Api", "RootResourceId"]}
        at = {"RestApiId": API, "ParentId": root, "PathPart": path}
        found[f"{path}At"] = {"Type": "AWS::ApiGateway::Resource", "Properties": at}
        for verb in ("POST", "OPTIONS"):
            method = {"RestApiId": API, "ResourceId": {"Ref": f"{path}At"}, "HttpMethod": verb}
            found[f"{path}{verb}"] = {"Type": "AWS::ApiGateway::Method", "Properties": method}
    return found


RATED = [entry(path, ThrottlingRateLimit=5) for path in ("ask", "tell", "rate")]


def test_methods_with_rates_are_compliant_and_a_preflight_needs_none(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, stage(*RATED), others=api("ask", "tell", "rate")), Compliant)


def test_the_one_method_without_an_entry_is_named(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, stage(*RATED), others=api("ask", "tell", "rate", "delete"))
    assert isinstance(answer, NonCompliant)
    assert answer.message == "POST /delete has no rate of its own"


def test_an_entry_without_a_rate_is_none(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, stage(*RATED, entry("delete")), others=api()), NonCompliant)


@pytest.mark.parametrize("paths", [("ask",), ("ask", "tell", "rate", "one", "two")])
def test_where_methods_differ_none_is_asked(ask: Callable[..., Answer], paths: tuple[str, ...]) -> None:
    settings = stage(*RATED) if len(paths) > 1 else stage(RATED[0])
    assert isinstance(ask(RULE, settings, others=api(*paths)), NotApplicable)


def test_a_stage_with_one_rate_for_all_is_left_alone(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, stage(), others=api("ask", "tell", "rate")), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"MethodSettings": {"Ref": "Given"}}), Unknown)
