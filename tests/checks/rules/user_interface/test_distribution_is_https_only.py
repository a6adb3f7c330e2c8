"""Every behavior of a distribution is HTTPS, or the rule names the one that is not."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-DistributionIsHttpsOnly"


def distribution(default: object, *others: object) -> dict[str, Any]:
    return {
        "DistributionConfig": {
            "DefaultCacheBehavior": {"ViewerProtocolPolicy": default},
            "CacheBehaviors": [{"ViewerProtocolPolicy": other} for other in others],
        },
    }


@pytest.mark.parametrize("policies", [("https-only",), ("redirect-to-https", "https-only")])
def test_https_everywhere_is_compliant(ask: Callable[..., Answer], policies: tuple[str, ...]) -> None:
    assert isinstance(ask(RULE, distribution(*policies)), Compliant)


@pytest.mark.parametrize(
    ("policies", "where"),
    [
        (("allow-all",), "DefaultCacheBehavior"),
        (("https-only", "https-only", "allow-all"), "CacheBehaviors.1"),
        ((None,), "DefaultCacheBehavior"),
    ],
)
def test_one_open_behavior_is_not(ask: Callable[..., Answer], policies: tuple[str, ...], where: str) -> None:
    answer = ask(RULE, distribution(*policies))
    assert isinstance(answer, NonCompliant)
    assert answer.property == f"DistributionConfig.{where}.ViewerProtocolPolicy"


@pytest.mark.parametrize(
    "properties",
    [
        distribution({"Ref": "Given"}),
        distribution("https-only", {"Ref": "Given"}),
        {"DistributionConfig": {"Ref": "Given"}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
