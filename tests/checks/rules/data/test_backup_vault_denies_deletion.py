"""A vault whose policy leaves somebody who deletes copies is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-BackupVaultDeniesDeletion"
Ask = Callable[..., Answer]
ENDS = ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"]
LOCK = {"ChangeableForDays": 3, "MinRetentionDays": 7}


def vault(**fields: object) -> dict[str, Any]:
    statement = {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": ENDS, "Resource": "*", **fields}
    return {"AccessPolicy": {"Statement": [statement]}, "LockConfiguration": LOCK}


@pytest.mark.parametrize("properties", [vault(), vault(Principal="*"), vault(Action="backup:*")])
def test_a_deny_for_everybody_is_compliant(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"LockConfiguration": {"MinRetentionDays": 7}},
        vault(Principal={"AWS": "arn:aws:iam::111122223333:role/x"}),
        vault(Resource="arn:aws:s3:::papers"),
        vault(Action=ENDS[0]),
        vault(Effect="Allow"),
    ],
)
def test_a_way_to_delete_copies_is_found(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


def test_a_lock_that_nobody_takes_off_is_enough(ask: Ask) -> None:
    assert isinstance(ask(RULE, {"LockConfiguration": LOCK}), NotApplicable)


def test_a_token_is_unknown(ask: Ask) -> None:
    assert isinstance(ask(RULE, {"AccessPolicy": {"Ref": "Given"}}), Unknown)
