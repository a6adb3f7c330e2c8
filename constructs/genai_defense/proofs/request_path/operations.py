"""The operations of an API that is written as OpenAPI, as places that a request comes to."""

from collections.abc import Iterator

from genai_defense.checks.api_body import Operation, is_authorized, operations
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, Value, dig, flag, items, references, shown
from genai_defense.proofs.mentions import mentions
from genai_defense.proofs.request_path.links import PLACES
from genai_defense.proofs.request_path.rights import ways_by_role
from genai_defense.proofs.request_path.step import MODEL, Control, Guard, Place, Step, Way

_VALIDATOR = "x-amazon-apigateway-request-validator"
_WITHOUT_BODY = ("GET ", "HEAD ", "DELETE ", "OPTIONS ")


def ways_to_operations(api: Resource) -> Iterator[Way]:
    """The operations of an API; in doubt where its document is not in the template."""
    for operation in operations(api):
        if not operation.is_preflight:
            yield Way(Place(api, operation.name))
    body = api.get("Body")
    outside = api.get("BodyS3Location") is not None
    if outside or isinstance(body, Opaque):
        yield Way(MODEL, "its document is not in the template" if outside else shown(body))


def at_operation(place: Place, graph: TemplateGraph) -> Step:
    """What stands at an operation, and where it leads.

    Args:
        place: The API, with the operation's name as the part.
        graph: Where its integration leads.
    """
    api = place.resource
    found = [each for each in operations(api) if each.name == place.part] if api else []
    if api is None or not found:
        return Step()
    operation = found[0]
    ways = [Way(Place(each)) for each in _targets(operation, api, graph)]
    ways.extend(
        ways_by_role(dig(operation.integration, "credentials"), graph) if operation.integration else ()
    )
    return Step(tuple(_guards(operation, api)), tuple(ways))


def _targets(operation: Operation, api: Resource, graph: TemplateGraph) -> Iterator[Resource]:
    named = [found.resource for found in references(operation.integration)]
    if not named and isinstance(operation.integration, Opaque):
        named = list(mentions(api, "Body", graph))
    for target in named:
        if target.type in PLACES and target.type != "AWS::IAM::Role":
            yield target


def _guards(operation: Operation, api: Resource) -> Iterator[Guard]:
    authorized = is_authorized(operation, api)
    if isinstance(authorized, Unresolved):
        yield Guard(Control.AUTHORIZER, "authorizer of the API", authorized.why)
    elif authorized and _has_scope(operation, api):
        yield Guard(Control.AUTHORIZER, "authorizer of the API")
    if _is_validated(operation, api):
        yield Guard(Control.SCHEMA, "schema of the API")


def _has_scope(operation: Operation, api: Resource) -> bool:
    """Whether each way to sign in asks for a scope, where its authorizer knows any."""
    required = dig(operation.body, "security")
    required = api.get("Body.security") if required is None else required
    for entry in items(required):
        for name, scopes in entry.items() if isinstance(entry, dict) else ():
            if not scopes and _knows_scopes(name, api):
                return False
    return True


def _knows_scopes(name: str, api: Resource) -> bool:
    for section in ("securityDefinitions", "components.securitySchemes"):
        schemes = api.get(f"Body.{section}")
        scheme = schemes.get(name) if isinstance(schemes, dict) else None
        if isinstance(scheme, dict):
            kind = str(dig(scheme.get("x-amazon-apigateway-authorizer"), "type")).lower()
            return (
                kind in {"jwt", "cognito_user_pools"}
                or "cognito" in str(scheme.get("x-amazon-apigateway-authtype")).lower()
            )
    return False


def _is_validated(operation: Operation, api: Resource) -> bool:
    body = operation.body if isinstance(operation.body, dict) else {}
    name = body.get(_VALIDATOR)
    document = api.get("Body")
    if name is None and isinstance(document, dict):
        name = document.get(_VALIDATOR)
    validators = document.get(f"{_VALIDATOR}s") if isinstance(document, dict) else None
    validator: Value = (
        validators.get(name) if isinstance(validators, dict) and isinstance(name, str) else None
    )
    if operation.name.startswith(_WITHOUT_BODY):
        return flag(dig(validator, "validateRequestParameters"), default=False) is True
    has_schema = body.get("requestBody") is not None or any(
        dig(each, "in") == "body" for each in items(body.get("parameters"))
    )
    return has_schema and flag(dig(validator, "validateRequestBody"), default=False) is True
