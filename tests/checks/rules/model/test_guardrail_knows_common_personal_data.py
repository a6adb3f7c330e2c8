"""Card numbers, e-mail addresses and what logs mask are among the kinds of a guardrail that lists any."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-GuardrailKnowsCommonPersonalData"
_ARN = "arn:aws:dataprotection::aws:data-identifier/"


def _listed(*kinds: object, **more: object) -> dict[str, Any]:
    entities = [{"Type": kind, "Action": "BLOCK"} for kind in kinds]
    return {"SensitiveInformationPolicyConfig": {"PiiEntitiesConfig": entities, **more}}


def _log(*identifiers: str) -> dict[str, Any]:
    statement: dict[str, Any] = {
        "DataIdentifier": [_ARN + one for one in identifiers],
        "Operation": {"Deidentify": {}},
    }
    policy: dict[str, Any] = {"Name": "mask", "Version": "2021-06-01", "Statement": [statement]}
    return {"Log": {"Type": "AWS::Logs::LogGroup", "Properties": {"DataProtectionPolicy": policy}}}


@pytest.mark.parametrize(
    ("kinds", "missing"),
    [
        (("EMAIL", "PHONE"), "CREDIT_DEBIT_CARD_NUMBER"),
        (("CREDIT_DEBIT_CARD_NUMBER", "PASSWORD"), "EMAIL"),
        (("CREDIT_DEBIT_CARD_NUMBER", "EMAIL", "NAME", "ADDRESS"), "PHONE"),
    ],
)
def test_a_common_kind_that_is_missing_is_found(
    ask: Callable[..., Answer], kinds: tuple[str, ...], missing: str
) -> None:
    answer = ask(RULE, _listed(*kinds))
    assert isinstance(answer, NonCompliant)
    assert answer.message.startswith(missing)


def test_a_kind_that_only_the_log_masks_is_found(ask: Callable[..., Answer]) -> None:
    listed, log = _listed("EMAIL", "CREDIT_DEBIT_CARD_NUMBER"), _log("Ssn-US", "EmailAddress", "Name")
    answer = ask(RULE, listed, others=log)
    assert isinstance(answer, NonCompliant)
    assert answer.message == "US_SOCIAL_SECURITY_NUMBER is masked in Log, and is not among the entities"
    assert isinstance(ask(RULE, listed, others=_log("EmailAddress", "Address")), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        _listed("AWS_SECRET_KEY", "PASSWORD"),
        _listed("EMAIL", RegexesConfig=[{"Name": "card", "Pattern": "[0-9]{16}", "Action": "BLOCK"}]),
        _listed({"Ref": "Given"}),
        {"SensitiveInformationPolicyConfig": {"Ref": "Given"}},
    ],
)
def test_who_lists_no_kind_or_patterns_is_not_asked(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
