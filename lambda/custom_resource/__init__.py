"""CloudFormation custom resources: whatever happens, CloudFormation gets one answer."""

from custom_resource.outcome import Outcome, RefusedError
from custom_resource.request import Request, RequestError
from custom_resource.response import NotDeliveredError
from custom_resource.run import Provider, answer

__all__ = [
    "NotDeliveredError",
    "Outcome",
    "Provider",
    "RefusedError",
    "Request",
    "RequestError",
    "answer",
]
