"""Reads the OpenAPI document that an API holds in `Body`: SAM writes one, and people do."""

from collections.abc import Iterator
from dataclasses import dataclass

from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Opaque, Unresolved, Value, dig

_VERBS = {
    "get",
    "post",
    "put",
    "patch",
    "delete",
    "head",
    "options",
    "trace",
    "x-amazon-apigateway-any-method",
}
_INTEGRATION = "x-amazon-apigateway-integration"
# Where the versions of OpenAPI keep the schemes, and SAM its implicit APIs.
_SCHEMES = ("securityDefinitions", "components.securitySchemes")
_IMPLICIT = {"ServerlessRestApi", "ServerlessHttpApi"}


@dataclass(frozen=True, kw_only=True)
class Operation:
    """A method on a path of an API.

    Attributes:
        name: Such as `POST /chat`.
        path: Where it stands, below `Properties`.
        body: What the document says about it.
    """

    name: str
    path: str
    body: Value

    @property
    def integration(self) -> Value:
        """What answers it."""
        return dig(self.body, _INTEGRATION)

    @property
    def is_preflight(self) -> bool:
        """Whether it is the browser's question, answered by the API itself."""
        return self.name.startswith("OPTIONS ") and str(dig(self.integration, "type")).lower() == "mock"


def is_implicit(api: Resource) -> bool:
    """Whether SAM added the API for the events of functions; nobody wrote it."""
    return api.logical_id in _IMPLICIT


def operations(api: Resource) -> Iterator[Operation]:
    """The operations of the API's document."""
    paths = api.get("Body.paths")
    for where, methods in paths.items() if isinstance(paths, dict) else ():
        for verb, body in methods.items() if isinstance(methods, dict) else ():
            if verb.lower() in _VERBS:
                shown = "ANY" if verb.startswith("x-") else verb.upper()
                path = f"Body.paths.{where}.{verb}"
                yield Operation(name=f"{shown} {where}", path=path, body=body)


def is_authorized(operation: Operation, api: Resource) -> bool | Unresolved:
    """Whether a scheme with an authorizer, or IAM, decides about a call; an API key does not."""
    if isinstance(operation.body, Opaque):
        return Unresolved(operation.body.why)
    required = dig(operation.body, "security")
    if required is None:
        required = api.get("Body.security")
    if isinstance(required, Opaque):
        return Unresolved(required.why)
    if not isinstance(required, list) or not required:
        return dig(operation.body, "x-amazon-apigateway-auth.type") == "AWS_IAM"
    # The caller chooses among the entries; within one, each scheme must agree.
    return all(isinstance(entry, dict) and any(_decides(name, api) for name in entry) for entry in required)


def _decides(name: str, api: Resource) -> bool:
    if name in {"AWS_IAM", "sigv4"}:
        return True
    for section in _SCHEMES:
        scheme = (
            dig(api.get(f"Body.{section}"), name) if isinstance(api.get(f"Body.{section}"), dict) else None
        )
        if isinstance(scheme, dict):
            kind = scheme.get("x-amazon-apigateway-authtype")
            return "x-amazon-apigateway-authorizer" in scheme or str(kind).lower() == "awssigv4"
    return False
