"""OwaspLlm-AccountLogsModelInvocations: a custom resource that turns it on is seen, by type or call."""

import pytest

from tests.checks.rules.organization.account import status

RULE = "OwaspLlm-AccountLogsModelInvocations"
_CALL = '{"service": "Bedrock", "action": "putModelInvocationLoggingConfiguration"}'


def test_an_account_without_it_is_a_finding() -> None:
    assert status(RULE) == "non_compliant"
    assert status(RULE, "Custom::Other", "AWS::S3::Bucket") == "non_compliant"


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        ("Custom::ModelInvocationLogging", {}),
        ("Custom::AWS", {"Create": _CALL}),
        ("AWS::CloudFormation::CustomResource", {"Create": _CALL}),
    ],
)
def test_a_custom_resource_that_turns_it_on_is_seen(kind: str, properties: dict[str, str]) -> None:
    assert status(RULE, "AWS::S3::Bucket", kind, properties=properties) == "compliant"


def test_the_name_on_another_resource_is_nothing() -> None:
    assert status(RULE, "AWS::Lambda::Function", properties={"Description": _CALL}) == "non_compliant"
