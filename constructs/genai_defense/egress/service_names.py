"""The host names by which the private endpoints of an app are called."""

from collections.abc import Iterator
from typing import Any, cast

import aws_cdk as cdk
from constructs import IConstruct

_ENDPOINT = "AWS::EC2::VPCEndpoint"
# Services that are also called by names below their own: a bucket, an API.
_CALLED_BELOW = ("s3", "execute-api")
# Clients that know the account call tables by another name.
_ALSO = {"dynamodb": ("*.ddb",)}


def service_names(root: IConstruct, region: str) -> list[str]:
    """The names that resolve to a private endpoint somewhere below a construct.

    A function that cannot resolve them reaches no service. `com.amazonaws.us-east-1.ecr.api` is called
    `api.ecr.us-east-1.amazonaws.com`.

    Args:
        root: Where to look; usually the app.
        region: The Region that is part of the names.

    Returns:
        Names in order, each once; a leading `*.` stands for every name below.
    """
    services = {
        service
        for node in root.node.find_all()
        if cdk.CfnResource.is_cfn_resource(node)
        for service in _service(cast("cdk.CfnResource", node))
    }
    return sorted(f"{prefix}.{region}.amazonaws.com" for service in services for prefix in _prefixes(service))


def _prefixes(service: str) -> Iterator[str]:
    name = ".".join(reversed(service.split(".")))
    yield name
    yield from _ALSO.get(service, ())
    if service in _CALLED_BELOW:
        yield f"*.{name}"


def _service(resource: cdk.CfnResource) -> Iterator[str]:
    if resource.cfn_resource_type != _ENDPOINT:
        return
    stack = cdk.Stack.of(resource)
    name: Any = stack.resolve(cast("Any", resource).service_name)
    if isinstance(name, dict):
        joined = cast("list[Any]", cast("dict[str, Any]", name)["Fn::Join"][1])
        # A join of the words before the Region, a reference to it, and the service.
        name = "".join(part if isinstance(part, str) else "region" for part in joined)
    yield str(name).split(".", 3)[3]
