"""Who is inside the line comes in by his policies; who is outside does not, whatever they allow.

The statements are synthesized, and then evaluated by the emulator's IAM engine.
"""

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk.assertions import Match, Template
from pydantic import ValidationError

from genai_defense.data import DataPerimeter
from genai_defense.data.data_perimeter import reaches_beside_endpoints
from tests.iam_engine import OURS, STRANGER, decide

Synth = Callable[[], Template]
ORGANIZATION, ENDPOINT = "o-a1b2c3d4e5", "vpce-0123456789abcdef0"


def _verdict(perimeter: DataPerimeter, *, account: str, action: str = "s3:GetObject", **keys: str) -> str:
    stack = cdk.Stack(cdk.App(), "Ours", env=cdk.Environment(account=OURS, region="eu-west-1"))
    bucket = s3.Bucket.from_bucket_name(stack, "Bucket", "ours")
    statements = [
        *(statement.to_statement_json() for statement in perimeter.statements(bucket)),
        {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"},
    ]
    return decide(
        stack,
        {"Version": "2012-10-17", "Statement": statements},
        action=action,
        resource="arn:aws:s3:::ours/record.json",
        role=f"arn:aws:iam::{account}:role/someone" if account else "",
        keys=keys,
    )


def test_the_own_account_comes_in_and_a_stranger_does_not() -> None:
    assert _verdict(DataPerimeter(), account=OURS) == "Allow"
    assert _verdict(DataPerimeter(), account=STRANGER) == "Deny"
    assert _verdict(DataPerimeter(), account="") == "Deny", "nobody signed in"


def test_an_organization_is_inside_as_a_whole() -> None:
    perimeter = DataPerimeter(organization_id=ORGANIZATION)
    inside = {"aws:PrincipalOrgID": ORGANIZATION}
    assert _verdict(perimeter, account=STRANGER, **inside) == "Allow"
    assert _verdict(perimeter, account=STRANGER, **{"aws:PrincipalOrgID": "o-zzzzzzzzzz"}) == "Deny"
    assert _verdict(perimeter, account=STRANGER) == "Deny"


@pytest.mark.parametrize(
    ("perimeter", "source", "verdict"),
    [
        (DataPerimeter(), {"aws:SourceAccount": OURS}, "Allow"),
        (DataPerimeter(), {"aws:SourceAccount": STRANGER}, "Deny"),
        (DataPerimeter(), {}, "Allow"),  # some services name no account; their Allow must narrow them
        (
            DataPerimeter(organization_id=ORGANIZATION),
            {"aws:SourceAccount": STRANGER, "aws:SourceOrgID": ORGANIZATION},
            "Allow",
        ),
        (DataPerimeter(organization_id=ORGANIZATION), {"aws:SourceAccount": STRANGER}, "Deny"),
    ],
)
def test_a_service_comes_in_for_us_and_not_for_a_stranger(
    perimeter: DataPerimeter, source: dict[str, str], verdict: str
) -> None:
    service = {"aws:PrincipalIsAWSService": "true", **source}
    assert _verdict(perimeter, account="", **service) == verdict


def test_with_endpoints_objects_have_no_other_way() -> None:
    perimeter = DataPerimeter(endpoint_ids=(ENDPOINT,))
    assert _verdict(perimeter, account=OURS, **{"aws:SourceVpce": ENDPOINT}) == "Allow"
    assert _verdict(perimeter, account=OURS, **{"aws:SourceVpce": "vpce-00000000"}) == "Deny"
    assert _verdict(perimeter, account=OURS) == "Deny"
    assert _verdict(perimeter, account=OURS, action="s3:PutBucketPolicy") == "Allow", "CloudFormation's work"


@pytest.mark.parametrize(
    "beside",
    [
        {"aws:ViaAWSService": "true"},
        {"aws:PrincipalIsAWSService": "true", "aws:SourceAccount": OURS},
        {"aws:PrincipalTag/perimeter-exception": "true"},
    ],
)
def test_services_and_marked_roles_need_no_endpoint(beside: dict[str, str]) -> None:
    assert _verdict(DataPerimeter(endpoint_ids=(ENDPOINT,)), account=OURS, **beside) == "Allow"


def test_what_is_reached_from_outside_keeps_the_rest_of_the_line() -> None:
    perimeter = DataPerimeter(organization_id=ORGANIZATION, endpoint_ids=(ENDPOINT,)).from_any_endpoint
    assert perimeter == DataPerimeter(organization_id=ORGANIZATION)


def test_a_role_is_marked_by_a_tag(stack: cdk.Stack, template: Synth) -> None:
    role = iam.Role(stack, "Role", assumed_by=iam.ServicePrincipal("bedrock.amazonaws.com"))
    reaches_beside_endpoints(role)
    tag = {"Key": "perimeter-exception", "Value": "true"}
    template().has_resource_properties("AWS::IAM::Role", {"Tags": Match.array_with([tag])})


@pytest.mark.parametrize("fault", [{"organization_id": "acme"}, {"endpoint_ids": ("vpc-01234567",)}])
def test_what_is_no_id_is_refused(fault: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="should match pattern"):
        DataPerimeter(**fault)
