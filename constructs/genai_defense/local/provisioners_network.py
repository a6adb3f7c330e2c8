"""EC2 resource types, kept by the emulator's EC2 service; the firewall, which needs its subnets' zones."""

from typing import Any

from genai_defense.local.provisioner import (
    Props,
    Provisioner,
    Result,
    account_and_region,
    physical_name,
    picked,
    stable_hex,
    typed,
)
from genai_defense.local.service_call import client

_PEER = {
    "ingress": ("SourceSecurityGroupId", "SourcePrefixListId"),
    "egress": ("DestinationSecurityGroupId", "DestinationPrefixListId"),
}


def _permission(props: Props, direction: str) -> Props:
    group, prefix_list = _PEER[direction]
    note = picked(props, "Description")
    permission: Props = {"IpProtocol": str(props["IpProtocol"])}
    permission.update(
        {name: int(props[name]) for name in ("FromPort", "ToPort") if props.get(name) is not None}
    )
    if props.get("CidrIp"):
        permission["IpRanges"] = [{"CidrIp": props["CidrIp"], **note}]
    if props.get("CidrIpv6"):
        permission["Ipv6Ranges"] = [{"CidrIpv6": props["CidrIpv6"], **note}]
    if props.get(group):
        permission["UserIdGroupPairs"] = [{"GroupId": props[group], **note}]
    if props.get(prefix_list):
        permission["PrefixListIds"] = [{"PrefixListId": props[prefix_list], **note}]
    return permission


def _rule(direction: str) -> Provisioner:
    def create(_logical_id: str, props: Props, _stack_name: str) -> Result:
        authorize = getattr(client("ec2"), f"authorize_security_group_{direction}")
        answer = authorize(GroupId=props["GroupId"], IpPermissions=[_permission(props, direction)])
        rule_id = answer["SecurityGroupRules"][0]["SecurityGroupRuleId"]
        return rule_id, {"Id": rule_id}

    def delete(_physical_id: str, props: Props) -> None:
        revoke = getattr(client("ec2"), f"revoke_security_group_{direction}")
        revoke(GroupId=props["GroupId"], IpPermissions=[_permission(props, direction)])

    return Provisioner(create=create, delete=delete)


def _tags(props: Props, kind: str) -> Props:
    return {"TagSpecifications": [{"ResourceType": kind, "Tags": props["Tags"]}]} if props.get("Tags") else {}


def _create_eip(_logical_id: str, props: Props, _stack_name: str) -> Result:
    answer = client("ec2").allocate_address(Domain=props.get("Domain", "vpc"), **_tags(props, "elastic-ip"))
    address = answer["PublicIp"]
    return address, {"AllocationId": answer["AllocationId"], "PublicIp": address}


def _delete_eip(physical_id: str, _props: Props) -> None:
    found = client("ec2").describe_addresses(PublicIps=[physical_id])["Addresses"]
    for address in found:
        client("ec2").release_address(AllocationId=address["AllocationId"])


def _create_nat(_logical_id: str, props: Props, _stack_name: str) -> Result:
    wanted = picked(props, "SubnetId", "AllocationId", "ConnectivityType")
    answer = client("ec2").create_nat_gateway(**wanted, **_tags(props, "natgateway"))
    gateway = answer["NatGateway"]["NatGatewayId"]
    return gateway, {"NatGatewayId": gateway}


def _create_flow_log(_logical_id: str, props: Props, _stack_name: str) -> Result:
    names = (
        "ResourceType",
        "TrafficType",
        "LogDestinationType",
        "LogDestination",
        "LogGroupName",
        "LogFormat",
    )
    wanted = typed(picked(props, *names, "DeliverLogsPermissionArn", "MaxAggregationInterval"))
    answer = client("ec2").create_flow_logs(ResourceIds=[props["ResourceId"]], **wanted)
    flow_log = answer["FlowLogIds"][0]
    return flow_log, {"Id": flow_log}


def _create_acl(_logical_id: str, props: Props, _stack_name: str) -> Result:
    answer = client("ec2").create_network_acl(VpcId=props["VpcId"], **_tags(props, "network-acl"))
    acl = answer["NetworkAcl"]["NetworkAclId"]
    return acl, {"Id": acl}


def _acl_entry(props: Props) -> Props:
    names = ("NetworkAclId", "RuleAction", "CidrBlock", "Ipv6CidrBlock", "PortRange")
    egress = bool(typed(props.get("Egress", False)))
    return {
        **picked(props, *names),
        "RuleNumber": int(props["RuleNumber"]),
        "Protocol": str(props["Protocol"]),
        "Egress": egress,
    }


def _create_acl_entry(_logical_id: str, props: Props, _stack_name: str) -> Result:
    entry = _acl_entry(props)
    client("ec2").create_network_acl_entry(**entry)
    return f"{entry['NetworkAclId']}|{entry['RuleNumber']}|{entry['Egress']}", {}


def _delete_acl_entry(_physical_id: str, props: Props) -> None:
    entry = _acl_entry(props)
    client("ec2").delete_network_acl_entry(**picked(entry, "NetworkAclId", "RuleNumber", "Egress"))


def _create_acl_association(logical_id: str, props: Props, stack_name: str) -> Result:
    association = f"aclassoc-{stable_hex(stack_name, logical_id, props['SubnetId'], length=17)}"
    return association, {"AssociationId": association}


def _create_firewall(logical_id: str, props: Props, stack_name: str) -> Result:
    account, region = account_and_region()
    name = props.get("FirewallName") or physical_name(stack_name, logical_id)
    arn = f"arn:aws:network-firewall:{region}:{account}:firewall/{name}"
    subnets = [str(mapping["SubnetId"]) for mapping in props.get("SubnetMappings", [])]
    zones: dict[str, Any] = {
        subnet["SubnetId"]: subnet["AvailabilityZone"]
        for subnet in client("ec2").describe_subnets(SubnetIds=subnets)["Subnets"]
    }
    endpoints = [f"{zones[subnet]}:vpce-{stable_hex(arn, subnet, length=17)}" for subnet in subnets]
    return arn, {"FirewallArn": arn, "FirewallId": stable_hex(arn, length=32), "EndpointIds": endpoints}


def _forget(_physical_id: str, _props: Props) -> None:
    """Nothing holds it."""


PROVISIONERS = {
    "AWS::EC2::EIP": Provisioner(create=_create_eip, delete=_delete_eip),
    "AWS::EC2::FlowLog": Provisioner(
        create=_create_flow_log, delete=lambda pid, _props: client("ec2").delete_flow_logs(FlowLogIds=[pid])
    ),
    "AWS::EC2::NatGateway": Provisioner(
        create=_create_nat, delete=lambda pid, _props: client("ec2").delete_nat_gateway(NatGatewayId=pid)
    ),
    "AWS::EC2::NetworkAcl": Provisioner(
        create=_create_acl, delete=lambda pid, _props: client("ec2").delete_network_acl(NetworkAclId=pid)
    ),
    "AWS::EC2::NetworkAclEntry": Provisioner(create=_create_acl_entry, delete=_delete_acl_entry),
    "AWS::EC2::SecurityGroupEgress": _rule("egress"),
    "AWS::EC2::SecurityGroupIngress": _rule("ingress"),
    "AWS::EC2::SubnetNetworkAclAssociation": Provisioner(create=_create_acl_association, delete=_forget),
    "AWS::NetworkFirewall::Firewall": Provisioner(create=_create_firewall, delete=_forget),
}
