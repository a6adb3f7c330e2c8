"""Patterns of IAM against texts."""

import pytest

from genai_defense.checks.wildcards import fits


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("bedrock:InvokeModel", "Bedrock:invokemodel", True),
        ("bedrock:Invoke*", "bedrock:InvokeModelWithResponseStream", True),
        ("bedrock:Invoke*", "bedrock:DeleteGuardrail", False),
        ("s3:Get?bject", "s3:GetObject", True),
        ("s3:Get?bject", "s3:Getbject", False),
        ("arn:*:[a]", "arn:aws:[a]", True),
        ("arn:*:[a]", "arn:aws:a", False),
        ("*", "two\nlines", True),
    ],
)
def test_only_asterisk_and_question_mark_are_wildcards(pattern: str, text: str, *, expected: bool) -> None:
    assert fits(pattern, text) is expected
