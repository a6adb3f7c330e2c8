"""The bucket of training data says who adds, who reads and who deletes."""

from collections.abc import Callable

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from tests.checks.rules.data.buckets import bucket_policy, called, deny, opaque_policy

RULE = "OwaspLlm-TrainingDataNamesItsSides"
ACTIONS = ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"]
DENIED = [deny(action) for action in ACTIONS]


@pytest.mark.parametrize("name", ["training-data", "our-datasets", "fine-tuning-set"])
def test_a_denial_for_all_but_named_roles_is_compliant(ask: Callable[..., Answer], name: str) -> None:
    assert isinstance(ask(RULE, called(name), others=bucket_policy(*DENIED)), Compliant)


@pytest.mark.parametrize("missing", range(len(ACTIONS)))
def test_one_that_is_missing_is_not(ask: Callable[..., Answer], missing: int) -> None:
    rest = [each for index, each in enumerate(DENIED) if index != missing]
    assert isinstance(ask(RULE, called("training-data"), others=bucket_policy(*rest)), NonCompliant)
    assert isinstance(ask(RULE, called("training-data")), NonCompliant)


@pytest.mark.parametrize("name", ["pictures", "orders"])
def test_other_buckets_are_not_asked(ask: Callable[..., Answer], name: str) -> None:
    assert isinstance(ask(RULE, called(name)), NotApplicable)


def test_a_bucket_of_access_logs_is_not_asked(ask: Callable[..., Answer]) -> None:
    logs = {"LoggingConfiguration": {"DestinationBucketName": {"Ref": "Subject"}}}
    other = {"Other": {"Type": "AWS::S3::Bucket", "Properties": logs}}
    assert isinstance(ask(RULE, called("training-data"), others=other), NotApplicable)


def test_a_policy_that_is_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, called("training-data"), others=opaque_policy()), Unknown)
