"""The sets are a responder's to fill: the template says nothing that would empty them again."""

from collections.abc import Callable

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Template

from genai_defense.user_interface import BlockedAddresses


@pytest.mark.usefixtures("blocked")
def test_both_families_can_be_blocked(template: Callable[[], Template]) -> None:
    sets = template().find_resources("AWS::WAFv2::IPSet").values()
    assert [dict(each["Properties"]) for each in sets] == [
        {"Addresses": [], "IPAddressVersion": version, "Scope": "REGIONAL"} for version in ("IPV4", "IPV6")
    ]


def test_the_scope_of_a_distribution_stays_in_its_region(stack: cdk.Stack) -> None:
    with pytest.raises(ValueError, match="WAF allows it in us-east-1 only"):
        BlockedAddresses(stack, "Edge", web_acl_scope="CLOUDFRONT")
