"""The only table that keeps rows for ever, or is in no backup, is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-TableIsKeptLikeItsSiblings"
FORGETS: dict[str, Any] = {"TimeToLiveSpecification": {"AttributeName": "until", "Enabled": True}}
NAMES = ("A", "B", "C")


def tables(properties: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: {"Type": "AWS::DynamoDB::Table", "Properties": properties} for name in names}


def backup(*names: str) -> dict[str, Any]:
    named = {"Resources": [{"Fn::GetAtt": [name, "Arn"]} for name in names]}
    return {"Sel": {"Type": "AWS::Backup::BackupSelection", "Properties": {"BackupSelection": named}}}


def test_a_table_that_forgets_and_is_backed_up_is_compliant(ask: Callable[..., Answer]) -> None:
    others = {**tables(FORGETS, *NAMES), **backup(*NAMES, "Subject")}
    assert isinstance(ask(RULE, FORGETS, others=others), Compliant)


@pytest.mark.parametrize(
    "properties", [{}, {"TimeToLiveSpecification": {"AttributeName": "u", "Enabled": False}}]
)
def test_the_only_one_that_never_forgets_is_found(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=tables(FORGETS, *NAMES)), NonCompliant)


def test_tables_of_other_templates_may_keep_their_rows(ask: Callable[..., Answer]) -> None:
    elsewhere = {"Resources": tables(FORGETS, *NAMES)}
    assert isinstance(ask(RULE, {}, elsewhere=elsewhere), NotApplicable)


def test_the_only_one_in_no_backup_is_found(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, {}, others={**tables({}, *NAMES), **backup(*NAMES)})
    assert isinstance(answer, NonCompliant)
    assert "AWS Backup" in answer.message


@pytest.mark.parametrize(
    "others", [tables(FORGETS, "A", "B"), {**tables(FORGETS, *NAMES), **tables({}, "D")}]
)
def test_where_there_is_no_practice_nobody_is_asked(
    ask: Callable[..., Answer], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, {}, others=others), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    given = {"TimeToLiveSpecification": {"AttributeName": "u", "Enabled": {"Ref": "Given"}}}
    assert isinstance(ask(RULE, given, others=tables(FORGETS, *NAMES)), Unknown)
