"""OpenAPI documents in APIs, as SAM writes them: security and validation of operations."""

from collections.abc import Iterator
from typing import Any

from genai_defense.mutation.edit import Path
from genai_defense.mutation.factories import CONVENTIONAL
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.shapes import is_object

_APIS = ("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api")
_ORIGIN = "method.response.header.Access-Control-Allow-Origin"


def _operations(site: Site) -> Iterator[tuple[Path, dict[str, Any]]]:
    paths = site.get("Body", "paths")
    for path, methods in paths.items() if is_object(paths) else ():
        for method, body in methods.items() if is_object(methods) else ():
            if is_object(body):
                yield ("Body", "paths", path, method), body


@operator(id="api-operation-open", mutant_class=CONVENTIONAL, resource_types=_APIS)
def open_operation(site: Site) -> Iterator[Weakening]:
    """Each operation that asks who calls."""
    for path, body in _operations(site):
        if body.get("security"):
            yield site.weakening(
                f"Nobody has to sign in for {path[-1]} {path[-2]}.", site.edit((*path, "security"))
            )


@operator(id="api-operation-unvalidated", mutant_class=CONVENTIONAL, resource_types=_APIS)
def unvalidated(site: Site) -> Iterator[Weakening]:
    """Each operation that validates, and the validator of all."""
    name = "x-amazon-apigateway-request-validator"
    for path, body in _operations(site):
        if name in body:
            yield site.weakening(f"{path[-1]} {path[-2]} is not validated.", site.edit((*path, name)))
    if site.get("Body", name) is not None:
        yield site.weakening("Requests are not validated.", site.edit(("Body", name)))


@operator(id="api-operation-cors-anybody", mutant_class=CONVENTIONAL, resource_types=_APIS)
def cors(site: Site) -> Iterator[Weakening]:
    """Each answer that names an origin, and the list of an HTTP API."""
    for path, body in _operations(site):
        integration = body.get("x-amazon-apigateway-integration")
        responses = integration.get("responses") if is_object(integration) else None
        for status, response in responses.items() if is_object(responses) else ():
            parameters = response.get("responseParameters") if is_object(response) else None
            if is_object(parameters) and parameters.get(_ORIGIN) not in (None, "'*'"):
                where = (
                    *path,
                    "x-amazon-apigateway-integration",
                    "responses",
                    status,
                    "responseParameters",
                    _ORIGIN,
                )
                yield site.weakening(f"Any page reads {path[-1]} {path[-2]}.", site.edit(where, "'*'"))
    if site.get("Body", "x-amazon-apigateway-cors", "allowOrigins") not in (None, ["*"]):
        yield site.weakening(
            "Any page reads its answers.",
            site.edit(("Body", "x-amazon-apigateway-cors", "allowOrigins"), ["*"]),
        )
