"""Function reaches named hosts."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-FunctionReachesNamedHosts"
HTTPS = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "0.0.0.0/0"}


def within(egress: object) -> dict[str, Any]:
    """A function whose group lets this out."""
    properties = {} if egress is None else {"SecurityGroupEgress": egress}
    group = {"Type": "AWS::EC2::SecurityGroup", "Properties": properties}
    named = {"SecurityGroupIds": [{"Fn::GetAtt": ["Group", "GroupId"]}]}
    return {"properties": {"VpcConfig": named}, "others": {"Group": group}}


@pytest.mark.parametrize(
    "case",
    [{"properties": {}}, within([HTTPS]), {"properties": {"VpcConfig": {"SecurityGroupIds": ["sg-1"]}}}],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant | NotApplicable)


@pytest.mark.parametrize("case", [within(None), within([{"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}])])
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case", [{"properties": {"VpcConfig": {"SecurityGroupIds": {"Ref": "Given"}}}}, within({"Ref": "Given"})]
)
def test_what_only_a_deployment_knows_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
