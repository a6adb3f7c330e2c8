"""Which paths a deployment answers on, where its templates say all of them."""

from collections.abc import Iterator

from genai_defense.checks.api_body import operations
from genai_defense.checks.distribution import behaviors
from genai_defense.checks.rest_paths import resource_path
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import dig

_APIS = ("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api")
# What stands behind these decides about paths by itself.
_OTHERS = (
    "AWS::AppRunner::Service",
    "AWS::AppSync::GraphQLApi",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::Lambda::Url",
)


def known_paths(graph: TemplateGraph) -> frozenset[str]:
    """The paths of all APIs and behaviors; none where something else answers on paths of its own."""
    if any(True for _ in graph.of_type(*_OTHERS)):
        return frozenset()
    found: set[str | None] = set()
    found.update(resource_path(each) for each in graph.of_type("AWS::ApiGateway::Resource"))
    found.update(_routes(graph))
    for api in graph.of_type(*_APIS):
        found.update(operation.name.partition(" ")[2] for operation in operations(api))
    if not found or None in found or any("{proxy+}" in str(path) for path in found):
        return frozenset()
    for distribution in graph.of_type("AWS::CloudFront::Distribution"):
        found.update(_patterns(distribution))
    return frozenset(path for path in found if path)


def _routes(graph: TemplateGraph) -> Iterator[str | None]:
    for route in graph.of_type("AWS::ApiGatewayV2::Route"):
        key = route.get("RouteKey")
        yield key.partition(" ")[2] or None if isinstance(key, str) else None


def _patterns(distribution: Resource) -> Iterator[str]:
    for _, behavior in behaviors(distribution):
        pattern = dig(behavior, "PathPattern")
        if isinstance(pattern, str):
            yield pattern
