"""Logging of model invocations, which CloudFormation knows only as custom resources."""

from collections.abc import Iterator

from genai_defense.mutation.factories import GENAI, dropped
from genai_defense.mutation.json_texts import opened
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.shapes import is_object

_CUSTOM = "Custom::ModelInvocationLogging"
_AWS = ("Custom::AWS", "AWS::CloudFormation::CustomResource")
_FLAGS = ("textDataDeliveryEnabled", "imageDataDeliveryEnabled", "embeddingDataDeliveryEnabled")

LOG_GROUP = dropped(
    "invocation-log-group-removed", GENAI, _CUSTOM, "LogGroupName", "Invocations are not in a log group."
)
BUCKET = dropped("invocation-bucket-removed", GENAI, _CUSTOM, "BucketName", "Large invocations are nowhere.")


@operator(id="invocation-data-not-delivered", mutant_class=GENAI, resource_types=_AWS)
def data(site: Site) -> Iterator[Weakening]:
    """The call that sets the logging says that a kind of data is left out."""
    for name in ("Create", "Update"):
        document = opened(site, (name,))
        body = document.body if document else None
        if document is None or not is_object(body):
            continue
        if body.get("action") not in (
            "putModelInvocationLoggingConfiguration",
            "PutModelInvocationLoggingConfiguration",
        ):
            continue
        parameters = body.get("parameters")
        config = parameters.get("loggingConfig") if is_object(parameters) else None
        for flag in _FLAGS:
            if is_object(config) and config.get(flag) is not False:
                path = ("parameters", "loggingConfig", flag)
                yield Weakening(f"{flag} is off on {name.lower()}.", document.edit((path, False)))
