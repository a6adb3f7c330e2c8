"""Crawler stays at home."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-CrawlerStaysAtHome"


def crawling(url: object = "https://example.com/docs/", **crawler: object) -> dict[str, Any]:
    seeds = {"UrlConfiguration": {"SeedUrls": [{"Url": url}]}}
    web = {"SourceConfiguration": seeds, "CrawlerConfiguration": crawler}
    return {"properties": {"DataSourceConfiguration": {"Type": "WEB", "WebConfiguration": web}}}


@pytest.mark.parametrize(
    "case",
    [
        crawling(),
        crawling(Scope="HOST_ONLY"),
        crawling(Scope="SUBDOMAINS", InclusionFilters=[".*/docs/.*"]),
        crawling({"Ref": "Given"}),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        crawling(Scope="SUBDOMAINS"),
        crawling("http://example.com/"),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        crawling(Scope={"Ref": "Given"}),
        {"properties": {"DataSourceConfiguration": {"WebConfiguration": {"Ref": "Given"}}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"DataSourceConfiguration": {"Type": "S3", "S3Configuration": {}}}},
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
