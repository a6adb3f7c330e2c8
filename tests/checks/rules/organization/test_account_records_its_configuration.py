"""OwaspLlm-AccountRecordsItsConfiguration: it is missed when no template has it, and seen in any of them."""

from tests.checks.rules.organization.account import status

RULE, KIND = "OwaspLlm-AccountRecordsItsConfiguration", "AWS::Config::ConfigurationRecorder"


def test_an_account_without_it_is_a_finding() -> None:
    assert status(RULE) == "non_compliant"
    assert status(RULE, "AWS::S3::Bucket") == "non_compliant"


def test_one_in_any_template_is_enough() -> None:
    assert status(RULE, "AWS::S3::Bucket", KIND) == "compliant"


def test_one_that_only_some_deployment_has_is_none() -> None:
    assert (
        status(RULE, KIND, condition={"Fn::Equals": [{"Ref": "AWS::Region"}, "us-east-1"]}) == "non_compliant"
    )
