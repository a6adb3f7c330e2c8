"""The one way out, through a firewall in each zone."""

import ipaddress
from collections.abc import Sequence

from aws_cdk import RemovalPolicy, Token
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from constructs import Construct

from genai_defense.checks.acknowledge import CONTROL_PACKS, acknowledge
from genai_defense.egress.domain_firewall import DomainFirewall
from genai_defense.egress.domains import AllowedDomain
from genai_defense.egress.zones import acknowledge_named_zone

_ANYWHERE = "0.0.0.0/0"
_BLOCK_PREFIX = 28
_MOST_ZONES = 4


class InspectedEgress(Construct):
    """A way out of a VPC that has none, for allowed domains only, inspected in both directions.

    In each zone, traffic takes these steps and comes back by the same ones:

        application subnet → firewall endpoint → NAT gateway → internet gateway
        application subnet ← firewall endpoint ← NAT gateway ← internet gateway

    - Application subnets send `0.0.0.0/0` to the firewall endpoint of their own zone.
    - Firewall subnets send `0.0.0.0/0` to the NAT gateway of their own zone.
    - Public subnets send `0.0.0.0/0` to the internet gateway, and each application subnet's range to the
      firewall endpoint of *that* subnet's zone. These routes are narrower than the VPC's local one, so
      answers cannot go round the firewall. All public subnets share this one table: it names the zone by
      destination.

    The firewall is stateful, so both directions of a connection must meet the same endpoint; routes that
    cross zones would break connections and cost transfer. Nothing but NAT gateways stands in a public subnet.
    A VPC without this construct, and without an internet gateway of its own, has no way out at all.

    Not seen by this firewall: DNS through the VPC's resolver (that is Route 53 Resolver DNS Firewall's work),
    private endpoints, and what a connection carries once its host was allowed. A client that lies about the
    host in its TLS greeting (domain fronting) passes.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        vpc: A VPC without internet gateway.
        egress_cidr: Free range of the VPC, /25 or larger; `ApplicationNetwork.egress_cidr` is one. Each zone
            takes two /28 of it, one for the firewall and one for the NAT gateway.
        allowed_domains: One to 450 domains; all else is dropped.
        encryption_key: Key for the firewall's logs; its policy must admit CloudWatch Logs
            (`DataKey.allow_log_groups`).
        application_subnets: The subnets that get the way out, in at most four zones, each with a route table
            of its own that has no default route. Default: the VPC's isolated subnets.
        retention: How long the firewall's logs are kept. Default: one year.
        removal_policy: `RETAIN` (default) protects the firewall against deletion and against another policy,
            and keeps its logs. `DESTROY` lets `cdk destroy` take all away.

    Attributes:
        firewall: The firewall with its policy, rules and logs.

    Raises:
        ValueError: The VPC, its subnets, the range or the domains cannot be used.

    Source: https://docs.aws.amazon.com/network-firewall/latest/developerguide/vpc-config.html and
    https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html (read 2026-11-23).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        vpc: ec2.IVpc,
        egress_cidr: str,
        allowed_domains: Sequence[AllowedDomain],
        encryption_key: kms.IKey,
        application_subnets: Sequence[ec2.ISubnet] | None = None,
        retention: logs.RetentionDays = logs.RetentionDays.ONE_YEAR,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self._vpc = vpc
        applications = list(vpc.isolated_subnets if application_subnets is None else application_subnets)
        zones = self._check(vpc, applications)
        blocks = _blocks(self.node.path, egress_cidr)
        tables = [self._route_table(f"FirewallRoutes{number}") for number, _ in enumerate(zones, start=1)]
        firewall_subnets = {
            zone: self._subnet(f"Firewall{n + 1}", zone, blocks[n], tables[n]) for n, zone in enumerate(zones)
        }
        self.firewall = DomainFirewall(
            self,
            "Inspection",
            vpc=vpc,
            subnets=firewall_subnets,
            home_networks=[subnet.ipv4_cidr_block for subnet in applications],
            allowed_domains=allowed_domains,
            encryption_key=encryption_key,
            retention=retention,
            removal_policy=removal_policy,
        )
        public = self._route_table("PublicRoutes")
        to_internet = self._route_to_internet(public)
        for n, zone in enumerate(zones):
            public_subnet = self._subnet(f"Public{n + 1}", zone, blocks[_MOST_ZONES + n], public)
            self._route_to_nat(n + 1, public_subnet, tables[n], to_internet)
        for number, subnet in enumerate(applications, start=1):
            self._route_through_firewall(number, subnet, public)

    def _check(self, vpc: ec2.IVpc, applications: Sequence[ec2.ISubnet]) -> list[str]:
        zones = list(dict.fromkeys(subnet.availability_zone for subnet in applications))
        if vpc.public_subnets:
            raise ValueError(
                f"InspectedEgress {self.node.path}: the VPC {vpc.node.path} has public subnets, so it "
                "has a way out that no firewall sees. Give a VPC whose subnets are all isolated, such "
                "as ApplicationNetwork's.",
            )
        if not 1 <= len(zones) <= _MOST_ZONES or any(map(Token.is_unresolved, zones)):
            raise ValueError(
                f"InspectedEgress {self.node.path}: the application subnets stand in {len(zones)} zones "
                f"{zones}, but one to {_MOST_ZONES} zones with literal names are needed, since routes "
                "are chosen by zone name. Give subnets that know their zone.",
            )
        if len({subnet.route_table.route_table_id for subnet in applications}) != len(applications):
            raise ValueError(
                f"InspectedEgress {self.node.path}: application subnets share a route table, so they "
                "cannot each use the firewall of their own zone. Give every application subnet a route "
                "table of its own.",
            )
        return zones

    def _route_table(self, construct_id: str) -> ec2.CfnRouteTable:
        return ec2.CfnRouteTable(self, construct_id, vpc_id=self._vpc.vpc_id)

    def _subnet(self, construct_id: str, zone: str, cidr: str, table: ec2.CfnRouteTable) -> ec2.CfnSubnet:
        subnet = ec2.CfnSubnet(
            self,
            construct_id,
            vpc_id=self._vpc.vpc_id,
            availability_zone=zone,
            cidr_block=cidr,
            map_public_ip_on_launch=False,
        )
        acknowledge_named_zone(subnet)
        ec2.CfnSubnetRouteTableAssociation(
            self,
            f"{construct_id}Association",
            subnet_id=subnet.attr_subnet_id,
            route_table_id=table.attr_route_table_id,
        )
        return subnet

    def _route_to_internet(self, public: ec2.CfnRouteTable) -> ec2.CfnRoute:
        gateway = ec2.CfnInternetGateway(self, "InternetGateway")
        attachment = ec2.CfnVPCGatewayAttachment(
            self,
            "InternetGatewayAttachment",
            vpc_id=self._vpc.vpc_id,
            internet_gateway_id=gateway.attr_internet_gateway_id,
        )
        route = ec2.CfnRoute(
            self,
            "PublicToInternet",
            route_table_id=public.attr_route_table_id,
            destination_cidr_block=_ANYWHERE,
            gateway_id=gateway.attr_internet_gateway_id,
        )
        route.node.add_dependency(attachment)
        acknowledge(
            route,
            *(f"{pack}-VPCNoUnrestrictedRouteToIGW" for pack in CONTROL_PACKS),
            reason=(
                "Only NAT gateways stand in the subnets of this route table. What reaches them has passed "
                "the network firewall's allow-list of domains, whose addresses change, so no narrower "
                "destination can be named."
            ),
        )
        return route

    def _route_to_nat(
        self,
        number: int,
        public_subnet: ec2.CfnSubnet,
        firewall_table: ec2.CfnRouteTable,
        to_internet: ec2.CfnRoute,
    ) -> None:
        address = ec2.CfnEIP(self, f"NatAddress{number}", domain="vpc")
        nat = ec2.CfnNatGateway(
            self,
            f"Nat{number}",
            subnet_id=public_subnet.attr_subnet_id,
            allocation_id=address.attr_allocation_id,
        )
        address.node.add_dependency(to_internet)
        nat.node.add_dependency(to_internet)
        ec2.CfnRoute(
            self,
            f"FirewallToNat{number}",
            route_table_id=firewall_table.attr_route_table_id,
            destination_cidr_block=_ANYWHERE,
            nat_gateway_id=nat.attr_nat_gateway_id,
        )

    def _route_through_firewall(self, number: int, subnet: ec2.ISubnet, public: ec2.CfnRouteTable) -> None:
        endpoint_id = self.firewall.endpoint_id(subnet.availability_zone)
        ec2.CfnRoute(
            self,
            f"ApplicationToFirewall{number}",
            route_table_id=subnet.route_table.route_table_id,
            destination_cidr_block=_ANYWHERE,
            vpc_endpoint_id=endpoint_id,
        )
        ec2.CfnRoute(
            self,
            f"PublicToFirewall{number}",
            route_table_id=public.attr_route_table_id,
            destination_cidr_block=subnet.ipv4_cidr_block,
            vpc_endpoint_id=endpoint_id,
        )


def _blocks(path: str, egress_cidr: str) -> list[str]:
    try:
        network = ipaddress.IPv4Network(egress_cidr)
    except ValueError as error:
        raise ValueError(
            f"InspectedEgress {path}: egress_cidr {egress_cidr!r} is not an IPv4 network ({error}). Give "
            "a free range of the VPC, such as 10.0.192.0/25.",
        ) from None
    if network.num_addresses < 2 * _MOST_ZONES * 2 ** (32 - _BLOCK_PREFIX):
        raise ValueError(
            f"InspectedEgress {path}: egress_cidr {egress_cidr!r} has {network.num_addresses} addresses, "
            f"but two /28 for each of up to {_MOST_ZONES} zones are needed. Give a free range of /25 or "
            "larger.",
        )
    subnets = network.subnets(new_prefix=_BLOCK_PREFIX)
    return [str(next(subnets)) for _ in range(2 * _MOST_ZONES)]
