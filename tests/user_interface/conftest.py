"""Parts of a foreign stack that distribution and web ACLs are given."""

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template

from genai_defense.user_interface import (
    BlockedAddresses,
    ChatDistribution,
    DistributionLog,
    DistributionReach,
    OriginProof,
    PageBucket,
)

WEB_ACL = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/front/3c0e8f2a"


@pytest.fixture
def api(stack: cdk.Stack) -> apigateway.RestApi:
    api = apigateway.RestApi(stack, "ForeignApi", deploy_options=apigateway.StageOptions(stage_name="v1"))
    api.root.add_method("GET")
    return api


@pytest.fixture
def distribute(
    stack: cdk.Stack, log_key: kms.Key, api: apigateway.RestApi
) -> Callable[..., ChatDistribution]:
    """Builds the distribution with what it needs; the arguments are those of its reach."""

    def build(**reach: object) -> ChatDistribution:
        page = PageBucket(stack, "Page", encryption_key=log_key)
        return ChatDistribution(
            stack,
            "Distribution",
            page=page,
            api=api,
            origin_proof=OriginProof(stack, "OriginProof", encryption_key=log_key),
            connect_to=["https://sign-in.example.com"],
            web_acl_arn=WEB_ACL,
            log=DistributionLog(stack, "Log", encryption_key=log_key, access_logs=page.access_logs),
            reach=DistributionReach(**reach),  # type: ignore[arg-type] # the test's own arguments
        )

    return build


@pytest.fixture
def blocked(stack: cdk.Stack) -> BlockedAddresses:
    """Address sets of the Regional scope."""
    return BlockedAddresses(stack, "Blocked")


@pytest.fixture
def edge_stack() -> cdk.Stack:
    """An empty stack where the scope CLOUDFRONT lives."""
    return cdk.Stack(cdk.App(), "ForeignEdge", env=cdk.Environment(region="us-east-1"))


@pytest.fixture
def rules_of() -> Callable[[Template], dict[str, dict[str, Any]]]:
    """The rules of the one web ACL of a template, by name, in the order of their priorities."""

    def rules(template: Template) -> dict[str, dict[str, Any]]:
        (acl,) = template.find_resources("AWS::WAFv2::WebACL").values()
        ordered = sorted(acl["Properties"]["Rules"], key=lambda rule: int(rule["Priority"]))
        return {rule["Name"]: rule for rule in ordered}

    return rules
