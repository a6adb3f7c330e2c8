from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_lambda as lambda_

from genai_defense.application import ApiBody, ApiRoute, bounded_text

SCOPE = cognito.OAuthScope.custom("their-api/ask")


def _route(stack: cdk.Stack, **arguments: Any) -> ApiRoute:
    arn = "arn:aws:lambda:eu-west-1:123456789012:function:existing"
    handler = lambda_.Function.from_function_arn(stack, "Existing", arn)
    return ApiRoute(**{"method": "GET", "path": "/api/x", "handler": handler, **arguments})


@pytest.mark.parametrize("given", [{}, {"scope": SCOPE, "open_because": "both at once"}])
def test_a_route_is_scoped_or_open_for_a_reason_and_never_by_omission(
    stack: cdk.Stack, given: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match="either a scope, or open_because"):
        _route(stack, **given)


@pytest.mark.parametrize("path", ["api/x", "/api/x/", "/", ""])
def test_a_path_has_one_form(stack: cdk.Stack, path: str) -> None:
    with pytest.raises(ValueError, match="start with a slash and not end with one"):
        _route(stack, path=path, scope=SCOPE)


def test_a_route_knows_its_parameters(stack: cdk.Stack) -> None:
    route = _route(stack, path="/api/{one}/x/{two}", scope=SCOPE)
    assert route.parameters == ("one", "two")
    assert route.name == "GET/api/{one}/x/{two}"


def test_a_body_is_closed() -> None:
    schema = ApiBody(name="X", properties={"x": bounded_text(most=3)}, required=("x",)).schema
    assert schema.additional_properties is False
    assert schema.required == ["x"]
