"""Templates of resources that requests and routes pass, with references anywhere and anything as values."""

from typing import Any

from hypothesis import strategies as st

from genai_defense.proofs.request_path.links import BACKWARD, FORWARD, PLACES, ROLES

_TYPES = sorted(
    {
        *PLACES,
        "AWS::EC2::GatewayRouteTableAssociation",
        "AWS::EC2::NatGateway",
        "AWS::EC2::Route",
        "AWS::EC2::RouteTable",
        "AWS::EC2::SecurityGroup",
        "AWS::EC2::Subnet",
        "AWS::EC2::SubnetRouteTableAssociation",
        "AWS::EC2::VPC",
        "AWS::EC2::VPCEndpoint",
        "AWS::EC2::VPNGatewayRoutePropagation",
        "AWS::NetworkFirewall::Firewall",
    }
)
_READ = [
    *(path for paths in FORWARD.values() for path in paths),
    *(path for pairs in BACKWARD.values() for _, path in pairs),
    *ROLES.values(),
]
_NAMES = sorted(
    {segment for path in _READ for segment in path.split(".")}
    | {
        "Action",
        "AuthType",
        "Body",
        "CidrBlock",
        "DestinationCidrBlock",
        "Effect",
        "Environment",
        "GatewayId",
        "ManagedPolicyArns",
        "NatGatewayId",
        "Policies",
        "PolicyDocument",
        "Resource",
        "RouteTableId",
        "SecurityGroupIds",
        "ServiceName",
        "Statement",
        "SubnetId",
        "SubnetIds",
        "SubnetMappings",
        "TransitGatewayId",
        "Variables",
        "VpcConfig",
        "VpcEndpointId",
        "VpcEndpointType",
        "VpcId",
        "paths",
    }
)
_TEXTS = st.sampled_from(
    [
        "*",
        "Allow",
        "bedrock:InvokeModel",
        "lambda:InvokeFunction",
        "10.0.0.0/16",
        "10.0.0.0/24",
        "0.0.0.0/0",
        "NONE",
        "local",
        "Interface",
        "GatewayLoadBalancer",
        "com.amazonaws.us-east-1.bedrock-runtime",
    ]
)
_IDS = st.sampled_from("ABCDE")


def _ref(name: str) -> dict[str, Any]:
    return {"Ref": name}


def _attribute(name: str) -> dict[str, Any]:
    return {"Fn::GetAtt": [name, "Arn"]}


def _sub(name: str) -> dict[str, Any]:
    return {"Fn::Sub": f"x${{{name}}}y"}


_REFERENCES: st.SearchStrategy[Any] = st.one_of(
    st.builds(_ref, _IDS), st.builds(_attribute, _IDS), st.builds(_sub, _IDS)
)


def _inside(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(_NAMES), inner, max_size=5))


_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(_TEXTS, _REFERENCES, _REFERENCES, st.none(), st.booleans(), st.integers(-9, 9)),
    _inside,
    max_leaves=20,
)


@st.composite
def any_ways(draw: st.DrawFn) -> dict[str, Any]:
    """A template of five resources that refer to each other as they like."""
    resource = st.fixed_dictionaries(
        {
            "Type": st.sampled_from(_TYPES),
            "Properties": st.dictionaries(st.sampled_from(_NAMES), _VALUES, max_size=10),
        }
    )
    return {"Resources": {name: draw(resource) for name in "ABCDE"}}
