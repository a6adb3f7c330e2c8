"""Networks: routes, subnets, access lists, flow logs."""

from collections.abc import Iterator

from genai_defense.mutation.edit import Edit
from genai_defense.mutation.factories import CONVENTIONAL, changed
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import is_set
from genai_defense.mutation.shapes import is_object

_ROUTE = "AWS::EC2::Route"
_TARGETS = (
    "CarrierGatewayId",
    "CoreNetworkArn",
    "EgressOnlyInternetGatewayId",
    "GatewayId",
    "InstanceId",
    "LocalGatewayId",
    "NatGatewayId",
    "NetworkInterfaceId",
    "TransitGatewayId",
    "VpcEndpointId",
    "VpcPeeringConnectionId",
)
_EVERYWHERE = ("0.0.0.0/0", "::/0")


def _gateway(site: Site, kind: str) -> object:
    """A gateway of the same template, or one by its id."""
    for logical_id, resource in site.templates[site.template]["Resources"].items():
        if is_object(resource) and resource.get("Type") == f"AWS::EC2::{kind}":
            return {"Ref": logical_id}
    return "igw-0123456789abcdef0" if kind == "InternetGateway" else "nat-0123456789abcdef0"


@operator(id="route-to-the-internet", mutant_class=CONVENTIONAL, resource_types=(_ROUTE,))
def internet(site: Site) -> Iterator[Weakening]:
    """A default route that led elsewhere leads to the internet gateway, or to the NAT gateway."""
    names = ("DestinationCidrBlock", "DestinationIpv6CidrBlock")
    if not any(site.get(name) in _EVERYWHERE for name in names):
        return
    present = [name for name in _TARGETS if is_set(site.get(name))]
    if len(present) != 1 or present[0] == "GatewayId":
        return
    gone = site.edit((present[0],))
    yield site.weakening(
        "It leads straight to the internet.",
        gone,
        site.edit(("GatewayId",), _gateway(site, "InternetGateway")),
    )
    if present[0] != "NatGatewayId":
        yield site.weakening(
            "It leads round what inspects traffic.",
            gone,
            site.edit(("NatGatewayId",), _gateway(site, "NatGateway")),
        )


@operator(id="route-back-uninspected", mutant_class=CONVENTIONAL, resource_types=(_ROUTE,))
def back(site: Site) -> Iterator[Weakening]:
    """A route through an endpoint of a firewall to part of the network goes: answers come back straight."""
    if is_set(site.get("VpcEndpointId")) and site.get("DestinationCidrBlock") not in _EVERYWHERE:
        yield Weakening(
            "Answers come back uninspected.",
            (Edit(template=site.template, path=("Resources", site.logical_id)),),
        )


PUBLIC_ADDRESS = changed(
    "subnet-public-addresses",
    CONVENTIONAL,
    "AWS::EC2::Subnet",
    "MapPublicIpOnLaunch",
    value=True,
    sentence="What starts there has a public address.",
)
FLOWS = changed(
    "flow-log-less",
    CONVENTIONAL,
    "AWS::EC2::FlowLog",
    "TrafficType",
    "REJECT",
    "Connections that come about are not logged.",
)
FLOW_DELAY = changed(
    "flow-log-coarse",
    CONVENTIONAL,
    "AWS::EC2::FlowLog",
    "MaxAggregationInterval",
    lambda raw: 600 if raw in (60, "60") else None,
    "Ten minutes are one entry.",
)
ACCESS_LIST = changed(
    "access-list-allows",
    CONVENTIONAL,
    "AWS::EC2::NetworkAclEntry",
    "RuleAction",
    "allow",
    "What was denied passes.",
)
ACCESS_LIST_WIDE = changed(
    "access-list-wide",
    CONVENTIONAL,
    "AWS::EC2::NetworkAclEntry",
    "CidrBlock",
    "0.0.0.0/0",
    "It holds for every address.",
)
