"""A log, queue or lock that is far shorter than all others is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-RecordsStayLikeTheirSiblings"
LOGS, QUEUE, BUCKET = "AWS::Logs::LogGroup", "AWS::SQS::Queue", "AWS::S3::Bucket"
LOCK = "ObjectLockConfiguration.Rule.DefaultRetention"


def locked(days: object, mode: object = "COMPLIANCE") -> dict[str, Any]:
    return {"ObjectLockConfiguration": {"Rule": {"DefaultRetention": {"Mode": mode, "Days": days}}}}


def like(kind: str, properties: dict[str, Any], number: int = 3) -> dict[str, Any]:
    return {f"R{i}": {"Type": kind, "Properties": properties} for i in range(number)}


LOG, MESSAGES = {"RetentionInDays": 365}, {"MessageRetentionPeriod": 1_209_600}


@pytest.mark.parametrize(
    ("kind", "own", "others", "where"),
    [
        (LOGS, {"RetentionInDays": 1}, LOG, "RetentionInDays"),
        (QUEUE, {"MessageRetentionPeriod": 60}, MESSAGES, "MessageRetentionPeriod"),
        (QUEUE, {"MessageRetentionPeriod": 60}, {}, "MessageRetentionPeriod"),
        (BUCKET, locked(1), locked(365), LOCK),
        (BUCKET, locked(365, "GOVERNANCE"), locked(365), f"{LOCK}.Mode"),
    ],
)
def test_what_is_far_shorter_is_not(
    ask: Callable[..., Answer], kind: str, own: dict[str, Any], others: dict[str, Any], where: str
) -> None:
    answer = ask(RULE, own, resource_type=kind, others=like(kind, others))
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    ("kind", "own", "others"),
    [
        (LOGS, {"RetentionInDays": 30}, LOG),
        (LOGS, {"RetentionInDays": 1}, {"RetentionInDays": 7}),
        (QUEUE, {}, MESSAGES),
        (QUEUE, {"MessageRetentionPeriod": 60}, {"MessageRetentionPeriod": 300}),
        (BUCKET, locked(30), locked(365)),
        (BUCKET, locked(1, "GOVERNANCE"), locked(1, "GOVERNANCE")),
    ],
)
def test_what_is_of_one_order_is_compliant(
    ask: Callable[..., Answer], kind: str, own: dict[str, Any], others: dict[str, Any]
) -> None:
    answer = ask(RULE, own, resource_type=kind, others=like(kind, others))
    assert isinstance(answer, Compliant)


@pytest.mark.parametrize(
    ("kind", "own", "others"), [(LOGS, {"RetentionInDays": 1}, LOG), (BUCKET, locked(1), locked(365))]
)
def test_two_others_make_no_practice(
    ask: Callable[..., Answer], kind: str, own: dict[str, Any], others: dict[str, Any]
) -> None:
    answer = ask(RULE, own, resource_type=kind, others=like(kind, others, 2))
    assert not isinstance(answer, NonCompliant | Unknown)


@pytest.mark.parametrize(
    ("kind", "own", "others"),
    [
        (LOGS, {"RetentionInDays": {"Ref": "Given"}}, LOG),
        (BUCKET, locked({"Ref": "Given"}), locked(365)),
        (BUCKET, locked(365, {"Ref": "Given"}), locked(365)),
    ],
)
def test_a_token_is_unknown(
    ask: Callable[..., Answer], kind: str, own: dict[str, Any], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, own, resource_type=kind, others=like(kind, others)), Unknown)
