"""Nobody who decrypts documents decrypts the quarantine."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from tests.checks.rules.data.buckets import called

RULE = "OwaspLlm-QuarantineHasAKeyOfItsOwn"
KEYS: dict[str, Any] = {name: {"Type": "AWS::KMS::Key", "Properties": {}} for name in ("Key", "Other")}


def under(key: object) -> dict[str, Any]:
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    configured = [{"ServerSideEncryptionByDefault": default}]
    return {"BucketEncryption": {"ServerSideEncryptionConfiguration": configured}}


def beside(key: object) -> dict[str, Any]:
    return {**KEYS, "Documents": {"Type": "AWS::S3::Bucket", "Properties": under(key)}}


@pytest.mark.parametrize("key", [{"Fn::GetAtt": ["Key", "Arn"]}, "arn:aws:kms:us-east-1:111122223333:key/1"])
def test_a_key_of_its_own_is_compliant(ask: Callable[..., Answer], key: object) -> None:
    answer = ask(RULE, called("quarantine", under(key)), others=beside({"Fn::GetAtt": ["Other", "Arn"]}))
    assert isinstance(answer, Compliant)


@pytest.mark.parametrize("key", [{"Fn::GetAtt": ["Key", "Arn"]}, "alias/documents"])
def test_the_key_of_another_bucket_is_not(ask: Callable[..., Answer], key: object) -> None:
    answer = ask(RULE, called("quarantine", under(key)), others=beside(key))
    assert isinstance(answer, NonCompliant)
    assert "Documents" in answer.message


def test_no_key_is_not(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, called("quarantine")), NonCompliant)


def test_other_buckets_are_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, called("pictures")), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, called("quarantine", under({"Ref": "Given"}))), Unknown)
    given = {"BucketEncryption": {"Ref": "Given"}}
    assert isinstance(ask(RULE, called("quarantine", given)), Unknown)
