"""The verified claims name one user with roles and at most one tenant, or nobody."""

from __future__ import annotations

from typing import Any

import pytest

from caller_identity import Caller, IdentityError, caller_of

USER = "33936dae-20a4-42bd-9de9-0ef16bcd8563"


def _event(groups: object = None, sub: object = USER) -> dict[str, Any]:
    claims = {"sub": sub, "token_use": "access"} | ({} if groups is None else {"cognito:groups": groups})
    return {"requestContext": {"authorizer": {"claims": claims}}}


@pytest.mark.parametrize(
    "groups",
    [
        "role-approver,tenant-acme,role-agent",
        "[role-approver tenant-acme role-agent]",
        ["role-approver", "tenant-acme", "role-agent", "role-agent"],
    ],
    ids=["REST API", "HTTP API", "list"],
)
def test_groups_are_roles_and_one_tenant_in_each_form_that_gateways_write(groups: object) -> None:
    assert caller_of(_event(groups)) == Caller(USER, ("agent", "approver"), "acme")


@pytest.mark.parametrize("groups", [None, "", [], "[]", "us-east-1_abc_Google,beta testers,Role-admin"])
def test_other_groups_give_no_role_and_no_tenant(groups: object) -> None:
    assert caller_of(_event(groups)) == Caller(USER)


def test_two_tenants_are_none() -> None:
    with pytest.raises(IdentityError, match="2 tenants"):
        caller_of(_event("tenant-acme,tenant-globex"))


def test_the_same_tenant_twice_is_one() -> None:
    assert caller_of(_event("tenant-acme,tenant-acme")).tenant == "acme"


@pytest.mark.parametrize(
    "group",
    ["role-", "role-Approver", "role-a b", "role- approver", "role-a\n", "tenant-", "tenant-*", "tenant-ä",
     "role-" + "x" * 64],
)  # fmt: skip
def test_a_malformed_role_or_tenant_names_nobody(group: str) -> None:
    with pytest.raises(IdentityError, match="malformed"):
        caller_of(_event([group]))


@pytest.mark.parametrize(
    "groups",
    [7, True, {"role-approver": 1}, [7], ["role-approver", None], ["role-x"] * 101, "a," * 7000],
)
def test_a_claim_of_another_shape_or_size_names_nobody(groups: object) -> None:
    with pytest.raises(IdentityError, match="cognito:groups"):
        caller_of(_event(groups))


@pytest.mark.parametrize("sub", [None, "", 7, "a b", "x" * 129, "../x", f"{USER}\n", "ä"])
def test_a_subject_that_is_no_id_names_nobody(sub: object) -> None:
    with pytest.raises(IdentityError, match="sub is missing or no id"):
        caller_of(_event("role-approver", sub))


@pytest.mark.parametrize(
    "event",
    [None, [], "x", 7, {}, {"requestContext": 7}, {"requestContext": {"authorizer": None}},
     {"requestContext": {"authorizer": {"claims": ["sub"]}}}],
)  # fmt: skip
def test_an_event_of_any_shape_without_claims_names_nobody(event: object) -> None:
    with pytest.raises(IdentityError, match="authorizer"):
        caller_of(event)


def test_an_error_repeats_nothing_of_the_claims() -> None:
    for event in (_event("tenant-marker,tenant-word"), _event(["role-MARKER"]), _event(sub="marker word")):
        with pytest.raises(IdentityError) as caught:
            caller_of(event)
        assert "marker" not in str(caught.value).lower()
