"""Reads CloudFront distributions: their behaviors, and the headers that they add."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genai_defense.checks.values import Opaque, Reference, items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from genai_defense.checks.template_graph import Resource
    from genai_defense.checks.values import Value

HEADERS = "DistributionConfig.DefaultCacheBehavior.ResponseHeadersPolicyId"


def behaviors(distribution: Resource) -> Iterator[tuple[str, Value]]:
    """Every cache behavior with its path below `Properties`, the default one first."""
    yield (
        "DistributionConfig.DefaultCacheBehavior",
        distribution.get("DistributionConfig.DefaultCacheBehavior"),
    )
    others = distribution.get("DistributionConfig.CacheBehaviors")
    for index, behavior in enumerate(items(others)):
        yield f"DistributionConfig.CacheBehaviors.{index}", behavior


def page_headers(distribution: Resource) -> Value | Resource:
    """The headers policy of the default behavior: a resource of the graph, else what stands there."""
    policy = distribution.get(HEADERS)
    if isinstance(policy, Reference) and policy.resource.type == "AWS::CloudFront::ResponseHeadersPolicy":
        return policy.resource
    return policy


def headers_setting(policy: Resource, name: str) -> Value:
    """One of the security headers of a response headers policy."""
    config = "ResponseHeadersPolicyConfig.SecurityHeadersConfig"
    value = policy.get(f"{config}.{name}")
    return value if not isinstance(policy.get(config), Opaque) else policy.get(config)
