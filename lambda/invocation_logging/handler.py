"""Entry point of the custom resource `Custom::ModelInvocationLogging`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import boto3

from custom_resource import answer
from invocation_logging.provider import InvocationLogging

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_lambda_powertools.utilities.typing import LambdaContext


def handler(event: Mapping[str, Any], context: LambdaContext) -> None:
    """Do what CloudFormation asks."""
    answer(event, context, provider=lambda: InvocationLogging(cast("Any", boto3).client("bedrock")))
