"""The addresses that a responder locks out."""

from typing import Literal

from aws_cdk import Stack, Token
from aws_cdk import aws_wafv2 as wafv2
from constructs import Construct

WebAclScope = Literal["REGIONAL", "CLOUDFRONT"]

EDGE_REGION = "us-east-1"
"""Where everything of the scope CLOUDFRONT lives, whatever the Region of the chatbot."""


class BlockedAddresses(Construct):
    """Two IP sets, empty at first, whose addresses every web ACL that is given them refuses.

    A responder fills them (`wafv2:UpdateIPSet`), people may, too. CloudFormation leaves alone what they put
    in as long as nothing about the sets changes in the template, and nothing here depends on a setting. What
    does write the empty lists again: a tag on the whole stack that is added or changed, and a deployment that
    reverts drift. So keep stack tags away from this construct's stack, and let the responder keep its own
    list to fill the sets anew.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        web_acl_scope: `REGIONAL`, or `CLOUDFRONT` in us-east-1: the scope of the web ACLs that refuse them.

    Attributes:
        web_acl_scope: The scope.
        ipv4: The set of IPv4 networks, 0 to 10,000.
        ipv6: The set of IPv6 networks, 0 to 10,000.

    Raises:
        ValueError: When the scope is CLOUDFRONT and the stack's Region is another one than us-east-1.

    Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-ip-set-managing.html (read 2026-11-24).
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, web_acl_scope: WebAclScope = "REGIONAL"
    ) -> None:
        super().__init__(scope, construct_id)
        region = Stack.of(self).region
        if web_acl_scope == "CLOUDFRONT" and not Token.is_unresolved(region) and region != EDGE_REGION:
            raise ValueError(
                f"BlockedAddresses {self.node.path}: web_acl_scope is CLOUDFRONT in {region}; WAF allows "
                f"it in {EDGE_REGION} only. Put it into a stack there (stacks/edge.py).",
            )
        self.web_acl_scope = web_acl_scope
        self.ipv4 = wafv2.CfnIPSet(self, "Ipv4", scope=web_acl_scope, ip_address_version="IPV4", addresses=[])
        self.ipv6 = wafv2.CfnIPSet(self, "Ipv6", scope=web_acl_scope, ip_address_version="IPV6", addresses=[])
