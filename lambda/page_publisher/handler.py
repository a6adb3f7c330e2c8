"""Lambda entry of the publisher; CloudFormation alone invokes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import boto3

from custom_resource import answer
from page_publisher.publisher import PagePublisher

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_lambda_powertools.utilities.typing import LambdaContext

# boto3's own types name every service; one name of unknown type stands for all of them.
_boto3: Final[Any] = boto3


def handler(event: Mapping[str, Any], context: LambdaContext) -> None:
    """Answer one request of CloudFormation.

    Args:
        event: The request.
        context: Lambda's context.
    """
    answer(event, context, provider=lambda: PagePublisher(_boto3.client("s3")))
