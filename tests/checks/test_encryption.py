"""A key counts as one's own when the template says which it is, or takes it by a parameter."""

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.encryption import customer_managed_key
from genai_defense.checks.values import GIVEN, Pseudo, Text, Unresolved, Value

OPEN = Unresolved("?")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("arn:aws:kms:us-east-1:123456789012:key/1", Compliant),
        (Text(("arn:", Pseudo("AWS::Partition"), ":kms:us-east-1:123456789012:alias/chat")), Compliant),
        (None, NonCompliant),
        ("", NonCompliant),
        ("alias/aws/s3", NonCompliant),
        (OPEN, Unknown),
        (Unresolved(f"the parameter Key {GIVEN}"), Compliant),
        (Text(("arn:aws:kms:us-east-1:123456789012:key/", OPEN)), Unknown),
    ],
)
def test_a_key_is_judged_by_what_the_template_says(key: Value, expected: type[Answer]) -> None:
    assert isinstance(customer_managed_key(key, "KmsKey"), expected)
