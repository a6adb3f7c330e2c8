"""What the distribution stands between: a page bucket and an API of somebody else's stack."""

from collections.abc import Callable

import aws_cdk as cdk
import pytest
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_kms as kms

from genai_defense.user_interface import (
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
