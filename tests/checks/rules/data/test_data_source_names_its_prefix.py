"""A knowledge base reads a prefix, not a bucket."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-DataSourceNamesItsPrefix"


def source(**configured: object) -> dict[str, Any]:
    return {"DataSourceConfiguration": {"S3Configuration": {"BucketArn": "arn:aws:s3:::b", **configured}}}


def test_a_prefix_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, source(InclusionPrefixes=["passages/"])), Compliant)


@pytest.mark.parametrize(
    "properties", [source(), source(InclusionPrefixes=[]), source(InclusionPrefixes=[""])]
)
def test_the_whole_bucket_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


def test_other_sources_are_not_asked(ask: Callable[..., Answer]) -> None:
    web: dict[str, Any] = {"DataSourceConfiguration": {"Type": "WEB", "WebConfiguration": {}}}
    assert isinstance(ask(RULE, web), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, source(InclusionPrefixes={"Ref": "Given"})), Unknown)
