"""How a function in a VPC reaches an AWS service: through which endpoint, or not at all."""

import json
from dataclasses import dataclass
from typing import Any

from genai_defense.local.clients import emulator_module
from genai_defense.local.provisioner import Props, account_and_region
from genai_defense.local.service_call import client

# Emulator's service name to the last part of the endpoint's service name.
_ENDPOINT_NAMES = {"bedrock": "bedrock", "bedrock-runtime": "bedrock-runtime"}
_MAX_CHAIN = 3
_policies: dict[str, dict[str, Any] | None] = {}
_subnets: dict[tuple[str, str], list[str]] = {}


@dataclass(frozen=True, kw_only=True)
class NetworkPath:
    """The way from a function to a service.

    Attributes:
        vpc: VPC of the function.
        endpoint: VPC endpoint on the way, if any.
        policy: Its policy; unset lets everything through.
        open: Whether there is a way at all.
    """

    vpc: str
    endpoint: str | None
    policy: dict[str, Any] | None
    open: bool

    def condition_keys(self) -> dict[str, str]:
        """What IAM sees of the way. Without an endpoint it sees nothing."""
        return {"aws:SourceVpce": self.endpoint, "aws:SourceVpc": self.vpc} if self.endpoint else {}


def record_function(physical_id: str, props: Props) -> dict[str, Any]:
    """Remember the subnets of a function: the emulator's CloudFormation drops them. No attributes."""
    account, _ = account_and_region()
    _subnets[account, physical_id] = list(props.get("VpcConfig", {}).get("SubnetIds", []))
    return {}


def record_endpoint(physical_id: str, props: Props) -> dict[str, Any]:
    """Remember the policy of an endpoint: the emulator's EC2 does not tell it. No attributes."""
    policy = props.get("PolicyDocument")
    _policies[physical_id] = json.loads(policy) if isinstance(policy, str) else policy
    return {}


def calling_function(access_key: str) -> str | None:
    """The function behind a session, also behind a role that the function assumed."""
    sessions = emulator_module("services.sts")._sessions  # noqa: SLF001 - patches.py checks that it is there
    account, _ = account_and_region()
    for _ in range(_MAX_CHAIN):
        session = sessions.get(access_key)
        if session is None:
            return None
        name = str(session.get("Arn", "")).rsplit("/", 1)[-1]
        if (account, name) in _subnets:
            return name
        access_key = session.get("SourceAccessKeyId", "")
    return None


def path_to(service: str, access_key: str) -> NetworkPath | None:
    """The way to a service for the holder of an access key; None when that is no function in a VPC."""
    account, region = account_and_region()
    name = calling_function(access_key)
    subnets = _subnets.get((account, name), []) if name else []
    if not subnets:
        return None
    ec2 = client("ec2")
    vpc = ec2.describe_subnets(SubnetIds=subnets[:1])["Subnets"][0]["VpcId"]
    wanted = f"com.amazonaws.{region}.{_ENDPOINT_NAMES.get(service, service)}"
    for endpoint in ec2.describe_vpc_endpoints()["VpcEndpoints"]:
        if (endpoint["VpcId"], endpoint["ServiceName"]) == (vpc, wanted):
            identifier: str = endpoint["VpcEndpointId"]
            return NetworkPath(vpc=vpc, endpoint=identifier, policy=_policies.get(identifier), open=True)
    return NetworkPath(vpc=vpc, endpoint=None, policy=None, open=_has_default_route(subnets))


def _has_default_route(subnets: list[str]) -> bool:
    associated = [{"Name": "association.subnet-id", "Values": subnets}]
    tables = client("ec2").describe_route_tables(Filters=associated)["RouteTables"]
    return any(
        route.get("DestinationCidrBlock") == "0.0.0.0/0" for table in tables for route in table["Routes"]
    )
