"""A hub without a standard is found."""

from collections.abc import Callable

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-HubChecksAStandard"


OFF = {"EnableDefaultStandards": False}
STANDARD = {"Standard": {"Type": "AWS::SecurityHub::Standard", "Properties": {"StandardsArn": "arn"}}}


def test_default_or_own_standards_are_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}), Compliant)
    assert isinstance(ask(RULE, OFF, others=STANDARD), Compliant)


@pytest.mark.parametrize("off", [False, "false"])
def test_none_is_not(ask: Callable[..., Answer], off: object) -> None:
    assert isinstance(ask(RULE, {"EnableDefaultStandards": off}), NonCompliant)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"EnableDefaultStandards": {"Ref": "Given"}}), Unknown)
