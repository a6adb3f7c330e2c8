"""What callers are told when API Gateway itself refuses, before a function gives the request an id."""

import json

from aws_cdk import aws_apigateway as apigateway

from genai_defense.limits import MAX_MESSAGE_CHARS

# Fixed texts: what API Gateway knows of the fault ($context.error.validationErrorString) holds raw quotes,
# which would break the JSON of the refusal.
_BODY = (
    f"The body must be the JSON object that this address takes, without other fields; a message has 1 to "
    f"{MAX_MESSAGE_CHARS} characters."
)
_TRY_AGAIN = "The chatbot did not answer. Try again in a moment."
_TYPES = apigateway.ResponseType
# Type, status, outcome, message.
_REFUSALS: dict[str, tuple[apigateway.ResponseType, str | None, str, str]] = {
    "BadBody": (_TYPES.BAD_REQUEST_BODY, "400", "invalid", _BODY),
    "BadParameters": (_TYPES.BAD_REQUEST_PARAMETERS, "400", "invalid", "The address lacks something."),
    "TooLarge": (_TYPES.REQUEST_TOO_LARGE, "413", "invalid", "The body is too large."),
    "Unauthorized": (
        _TYPES.UNAUTHORIZED,
        "401",
        "rejected",
        "Sign in: the access token is missing or not valid.",
    ),
    "Expired": (_TYPES.EXPIRED_TOKEN, "401", "rejected", "Sign in again: the token has expired."),
    "AccessDenied": (_TYPES.ACCESS_DENIED, "403", "rejected", "The access token does not allow this."),
    "Filtered": (_TYPES.WAF_FILTERED, "403", "rejected", "A filter refused the request."),
    "Throttled": (
        _TYPES.THROTTLED,
        "429",
        "rejected",
        "Too many requests at once. Wait a moment and try again.",
    ),
    "Timeout": (_TYPES.INTEGRATION_TIMEOUT, "503", "unavailable", _TRY_AGAIN),
    "Failure": (_TYPES.INTEGRATION_FAILURE, "503", "unavailable", _TRY_AGAIN),
    "NoSuchPath": (
        _TYPES.MISSING_AUTHENTICATION_TOKEN,
        "404",
        "rejected",
        "There is nothing at this address, or not with this method.",
    ),
    "Rejected": (_TYPES.DEFAULT_4_XX, None, "rejected", "The request was not accepted."),
    "Error": (_TYPES.DEFAULT_5_XX, "503", "unavailable", _TRY_AGAIN),
}


def add_refusals(api: apigateway.RestApi) -> None:
    """Give every refusal of API Gateway the shape of the functions' own: outcome and message."""
    for name, (response_type, status, outcome, message) in _REFUSALS.items():
        api.add_gateway_response(
            name,
            type=response_type,
            status_code=status,
            response_headers={"Cache-Control": "'no-store'", "X-Content-Type-Options": "'nosniff'"},
            templates={"application/json": json.dumps({"outcome": outcome, "message": message})},
        )
