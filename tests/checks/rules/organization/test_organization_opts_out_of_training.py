"""An organization that governs models and opts out of nothing is found."""

from collections.abc import Callable

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from tests.checks.rules.organization.governed import organization

RULE = "OwaspLlm-OrganizationOptsOutOfTraining"
Ask = Callable[..., Answer]


def asked(ask: Ask, *without: str) -> Answer:
    policies = {name: policy for name, policy in organization().items() if name not in without}
    own = policies.pop("Subject")
    return ask(RULE, own["Properties"], others=policies)


def test_a_policy_that_opts_out_is_compliant(ask: Ask) -> None:
    assert isinstance(asked(ask), Compliant)


def test_none_is_found(ask: Ask) -> None:
    assert isinstance(asked(ask, "Training"), NonCompliant)


def test_two_policies_are_not_asked(ask: Ask) -> None:
    assert isinstance(asked(ask, "Training", "Perimeter"), NotApplicable)
