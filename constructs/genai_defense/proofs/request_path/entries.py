"""Where requests of strangers come in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from genai_defense.checks.load_balancers import is_public
from genai_defense.checks.values import dig, flag, items, references

if TYPE_CHECKING:
    from collections.abc import Callable

    from genai_defense.checks.template_graph import Resource, TemplateGraph

_MAPPINGS: Final = (
    "AWS::ApiGateway::BasePathMapping",
    "AWS::ApiGateway::BasePathMappingV2",
    "AWS::ApiGatewayV2::ApiMapping",
)


class Entries(NamedTuple):
    """What could be public.

    Attributes:
        public: What answers callers who hold no credentials of AWS, or might.
        private: What does not, each with the reason.
    """

    public: list[Resource]
    private: list[tuple[Resource, str]]


def entries_of(graph: TemplateGraph) -> Entries:
    """Sort the entries of a deployment."""
    found = Entries([], [])
    for kind, why_private in _TYPES.items():
        for resource in graph.of_type(kind):
            if reason := why_private(resource, graph):
                found.private.append((resource, reason))
            else:
                found.public.append(resource)
    return found


def _always(_resource: Resource, _graph: TemplateGraph) -> str:
    return ""


def _distribution(resource: Resource, _graph: TemplateGraph) -> str:
    enabled = flag(resource.get("DistributionConfig.Enabled"), default=True)
    return "it is disabled" if enabled is False else ""


def _rest_api(api: Resource, graph: TemplateGraph) -> str:
    if dig(api.get("EndpointConfiguration"), "Types") == ["PRIVATE"]:
        return "it is private"
    return _http_api(api, graph)


def _http_api(api: Resource, graph: TemplateGraph) -> str:
    closed = flag(api.get("DisableExecuteApiEndpoint"), default=False)
    named = any(
        found.resource is api
        for mapping in graph.of_type(*_MAPPINGS)
        for found in references(mapping.properties)
    )
    return "its own address is closed, and no name leads to it" if closed is True and not named else ""


def _graphql_api(api: Resource, _graph: TemplateGraph) -> str:
    return "it is private" if api.get("Visibility") == "PRIVATE" else ""


def _balancer(balancer: Resource, _graph: TemplateGraph) -> str:
    return "" if is_public(balancer) else "no stranger reaches it"


def _service(service: Resource, _graph: TemplateGraph) -> str:
    path = "NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible"
    return "it is private" if flag(service.get(path), default=True) is False else ""


def _url(url: Resource, _graph: TemplateGraph) -> str:
    return "IAM decides about every call" if url.get("AuthType") == "AWS_IAM" else ""


def _runtime(runtime: Resource, _graph: TemplateGraph) -> str:
    return "" if items(runtime.get("AuthorizerConfiguration")) else "IAM decides about every call"


def _gateway(gateway: Resource, _graph: TemplateGraph) -> str:
    return "IAM decides about every call" if gateway.get("AuthorizerType") == "AWS_IAM" else ""


_TYPES: Final[dict[str, Callable[[Resource, TemplateGraph], str]]] = {
    "AWS::CloudFront::Distribution": _distribution,
    "AWS::ApiGateway::RestApi": _rest_api,
    "AWS::ApiGatewayV2::Api": _http_api,
    "AWS::AppSync::GraphQLApi": _graphql_api,
    "AWS::ElasticLoadBalancingV2::LoadBalancer": _balancer,
    "AWS::AppRunner::Service": _service,
    "AWS::Lambda::Url": _url,
    "AWS::BedrockAgentCore::Runtime": _runtime,
    "AWS::BedrockAgentCore::Gateway": _gateway,
    "AWS::Cognito::IdentityPoolRoleAttachment": _always,
}
