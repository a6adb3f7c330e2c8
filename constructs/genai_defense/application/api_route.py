"""One call that the API takes: where, by whom, with which body, how often, answered by which function."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from aws_cdk import Duration
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_lambda as lambda_

from genai_defense.limits import MAX_MESSAGE_CHARS

_LONGEST_WAIT = Duration.seconds(29)
CONVERSATION_ID_PATTERN = "^[0-9a-f-]{36}$"


@dataclass(frozen=True, kw_only=True)
class ApiBody:
    """The shape of a body: an object with these properties and no others.

    Attributes:
        name: Name of the API's model, unique for its shape; routes may share one.
        properties: JSON schema of each property.
        required: Properties that must be there.
    """

    name: str
    properties: Mapping[str, apigateway.JsonSchema]
    required: tuple[str, ...]

    @property
    def schema(self) -> apigateway.JsonSchema:
        """The JSON schema that API Gateway compares bodies with."""
        return apigateway.JsonSchema(
            schema=apigateway.JsonSchemaVersion.DRAFT4,
            type=apigateway.JsonSchemaType.OBJECT,
            required=list(self.required),
            additional_properties=False,
            properties=dict(self.properties),
        )


def bounded_text(*, most: int, least: int = 0) -> apigateway.JsonSchema:
    """A string of `least` to `most` characters."""
    return apigateway.JsonSchema(
        type=apigateway.JsonSchemaType.STRING, min_length=least or None, max_length=most
    )


CONVERSATION_ID = apigateway.JsonSchema(
    type=apigateway.JsonSchemaType.STRING, pattern=CONVERSATION_ID_PATTERN
)
"""Schema of a conversation's id."""
MESSAGE = ApiBody(
    name="Message",
    properties={"message": bounded_text(least=1, most=MAX_MESSAGE_CHARS), "conversation_id": CONVERSATION_ID},
    required=("message",),
)
"""What a user says."""
DECISION = ApiBody(
    name="Decision",
    properties={
        "decision": apigateway.JsonSchema(type=apigateway.JsonSchemaType.STRING, enum=["approve", "refuse"])
    },
    required=("decision",),
)
"""What an approver says on an action of the model."""


@dataclass(frozen=True, kw_only=True)
class ApiRoute:
    """One method on one path.

    Attributes:
        method: HTTP method.
        path: From the stage's root, such as `/api/conversations/{conversation_id}`. Parameters in braces are
            required; API Gateway does not look at their form, so the function must.
        handler: The function that answers. The API alone may invoke it for this route.
        scope: Scope that the caller's access token must carry.
        open_because: Instead of a scope, why anybody may call, for an auditor: at least 40 characters. It
            becomes the acknowledgement of the findings about the missing authorizer.
        body: Shape of the body. A method without one takes none that a function should read.
        requests_per_second: Steady rate over all callers, with bursts of twice as many. Default: the API's.
        streamed: Whether the answer goes out as the function writes it. Default: when it is complete.
        timeout: How long API Gateway waits for the function. Default: 29 seconds, the greatest without a
            raised quota for an answer that is not streamed; up to 15 minutes for a streamed one.

    Raises:
        ValueError: Neither a scope nor a reason is given, or both; or the path is no path.
    """

    method: Literal["GET", "POST", "DELETE"]
    path: str
    handler: lambda_.IFunction
    scope: cognito.OAuthScope | None = None
    open_because: str | None = None
    body: ApiBody | None = None
    requests_per_second: int | None = None
    streamed: bool = False
    timeout: Duration = _LONGEST_WAIT

    def __post_init__(self) -> None:
        """Refuse what would be open by mistake."""
        if (self.scope is None) == (self.open_because is None):
            raise ValueError(
                f"ApiRoute {self.name}: give it either a scope, or open_because with the reason why anybody "
                "may call it.",
            )
        if not self.path.startswith("/") or self.path.endswith("/"):
            raise ValueError(
                f"ApiRoute {self.name}: the path must start with a slash and not end with one: /api/chat."
            )

    @property
    def name(self) -> str:
        """Method and path, as API Gateway's policies and settings name them: `POST/api/chat`."""
        return f"{self.method}{self.path}"

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the path's parameters."""
        return tuple(part[1:-1] for part in self.path.split("/") if part.startswith("{"))
