"""A web ACL of the right kind and scope stands in front of the distribution, or the rule speaks up."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-DistributionHasWebAcl"


def _with(web_acl: object) -> dict[str, Any]:
    return {"DistributionConfig": {"WebACLId": web_acl}}


def _acl(scope: object) -> dict[str, Any]:
    return {"Acl": {"Type": "AWS::WAFv2::WebACL", "Properties": {"Scope": scope}}}


def test_the_arn_of_a_web_acl_at_the_edge_is_compliant(ask: Callable[..., Answer]) -> None:
    written = _with("arn:aws:wafv2:us-east-1:123456789012:global/webacl/front/1")
    assert isinstance(ask(RULE, written), Compliant)
    referred = _with({"Fn::GetAtt": ["Acl", "Arn"]})
    assert isinstance(ask(RULE, referred, others=_acl("CLOUDFRONT")), Compliant)


def test_a_web_acl_of_another_region_counts(ask: Callable[..., Answer]) -> None:
    asked = {"Fn::GetStackOutput": {"StackName": "elsewhere", "Region": "us-east-1", "OutputName": "Out"}}
    output = {"Out": {"Value": {"Fn::GetAtt": ["Acl", "Arn"]}}}
    edge = {"Resources": _acl("CLOUDFRONT"), "Outputs": output}
    assert isinstance(ask(RULE, _with(asked), elsewhere=edge), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"DistributionConfig": {}},
        _with(""),
        _with("473e64fd-f30b-4765-81a0-62ad96dd167a"),
        _with("arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/front/1"),
        _with({"Fn::GetAtt": ["Acl", "Arn"]}),
        _with({"Fn::GetAtt": ["Acl", "Id"]}),
    ],
)
def test_none_an_old_one_or_a_regional_one_is_not(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    answer = ask(RULE, properties, others=_acl("REGIONAL"))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "DistributionConfig.WebACLId"


@pytest.mark.parametrize("properties", [_with({"Ref": "Given"}), {"DistributionConfig": {"Ref": "Given"}}])
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
