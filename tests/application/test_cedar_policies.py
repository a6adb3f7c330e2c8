"""The very policies and schema that are deployed, decided by Cedar itself, in the broker's terms."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genai_defense.application.cedar_files import cedar_policies, cedar_schema
from genai_defense.local.verified_permissions import PolicyError, Store, faults_of
from tool_calls import ApprovalResource, OrderResource, Person
from tool_calls.entities import NAMESPACE, context_of
from tool_registry import TOOLS

LIMIT = 10_000
POLICIES = cedar_policies(refund_limit_cents=LIMIT)


@pytest.fixture(scope="module")
def store() -> Store:
    """A store as the local run deploys it: every policy validated."""
    made = Store(schema=cedar_schema())
    for name, statement in POLICIES.items():
        made.put(name, statement)
    return made


def _decide(
    store: Store, person: Person, action: str, resource: OrderResource | ApprovalResource, **context: Any
) -> dict[str, Any]:
    return store.decide(
        {
            "principal": person.identifier,
            "action": {"actionType": f"{NAMESPACE}::Action", "actionId": action},
            "resource": resource.identifier,
            "context": context_of(context),
            "entities": {"entityList": [person.entity, resource.entity]},
        }
    )


def _person(*roles: str, tenant: str | None = "acme", user_id: str = "user-1") -> Person:
    return Person(user_id=user_id, roles=roles, tenant=tenant)


def _order(tenant: str | None = "acme") -> OrderResource:
    return OrderResource(order_id="A-1001", tenant=tenant)


def _approval(tenant: str = "acme", requester: str = "user-2") -> ApprovalResource:
    return ApprovalResource(approval_id="approval-1", tenant=tenant, requester=requester)


_LOOKUPS = [
    (_person("support"), _order(), "ALLOW"),
    (_person("support", "approver"), _order(), "ALLOW"),
    (_person(), _order(), "DENY"),
    (_person("approver"), _order(), "DENY"),
    (_person("Support"), _order(), "DENY"),
    (_person("support", tenant="globex"), _order(), "DENY"),
    (_person("support", tenant=None), _order(), "DENY"),
    (_person("support"), _order(None), "DENY"),
    (_person("support", tenant=None), _order(None), "DENY"),
    (_person("admin", "root"), _order(), "DENY"),
]
_REFUNDS = [
    (_person("support"), _order(), 1, "ALLOW"),
    (_person("support"), _order(), LIMIT, "ALLOW"),
    (_person("support"), _order(), LIMIT + 1, "DENY"),
    (_person("support"), _order("globex"), 1, "DENY"),
    (_person("support"), _order(None), 1, "DENY"),
    (_person("approver"), _order(), 1, "DENY"),
    (_person(), _order(), 1, "DENY"),
]
_APPROVALS = [
    (_person("approver"), _approval(), 1, "ALLOW"),
    (_person("approver"), _approval(), LIMIT, "ALLOW"),
    (_person("approver"), _approval(), LIMIT + 1, "DENY"),
    (_person("approver", user_id="user-2"), _approval(), 1, "DENY"),
    (_person("approver", "support", user_id="user-2"), _approval(), 1, "DENY"),
    (_person("approver", tenant="globex"), _approval(), 1, "DENY"),
    (_person("approver", tenant=None), _approval(), 1, "DENY"),
    (_person("support"), _approval(), 1, "DENY"),
]


@pytest.mark.parametrize(("person", "order", "decision"), _LOOKUPS)
def test_who_may_look_up_what(store: Store, person: Person, order: OrderResource, decision: str) -> None:
    assert _decide(store, person, "order_lookup", order)["decision"] == decision


@pytest.mark.parametrize(("person", "order", "cents", "decision"), _REFUNDS)
def test_who_may_ask_for_which_refund(
    store: Store, person: Person, order: OrderResource, cents: int, decision: str
) -> None:
    asked = _decide(store, person, "refund", order, amount_cents=cents, currency="EUR")
    assert asked["decision"] == decision


@pytest.mark.parametrize(("person", "approval", "cents", "decision"), _APPROVALS)
def test_who_may_decide_on_what(
    store: Store, person: Person, approval: ApprovalResource, cents: int, decision: str
) -> None:
    asked = _decide(store, person, "approve", approval, amount_cents=cents, tool="refund")
    assert asked["decision"] == decision


def test_the_policies_fit_the_schema_all_together() -> None:
    assert faults_of("\n".join(POLICIES.values()), cedar_schema()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "permit (principal, action, resource) when { principal.tenat == resource };",
        'permit (principal, action == GenAiDefense::Action::"refnd", resource);',
        "permit (principal, action, resource",
    ],
)
def test_a_policy_that_does_not_fit_is_noticed(statement: str) -> None:
    with pytest.raises(PolicyError):
        Store(schema=cedar_schema()).put("wrong", statement)


def test_every_tool_is_an_action_and_every_limited_argument_its_context() -> None:
    actions = json.loads(cedar_schema())[NAMESPACE]["actions"]
    assert set(actions) == {*TOOLS, "approve"}
    for name, tool in TOOLS.items():
        assert set(actions[name]["appliesTo"]["context"]["attributes"]) == set(tool.limited)


def test_one_file_holds_one_policy_that_says_what_it_is_for() -> None:
    assert len(POLICIES) == 6
    for name, statement in POLICIES.items():
        assert statement.startswith("// "), name
        assert statement.count("permit (") + statement.count("forbid (") == 1, name
        assert "$" not in statement, name


def test_an_action_that_the_schema_does_not_know_is_no_yes(store: Store) -> None:
    with pytest.raises(PolicyError):
        _decide(store, _person("support"), "delete", _order())


def test_a_question_without_its_context_is_no_yes(store: Store) -> None:
    with pytest.raises(PolicyError):
        _decide(store, _person("support"), "refund", _order())


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_that_allows_nothing_is_refused(limit: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        cedar_policies(refund_limit_cents=limit)


_NAMES = st.text(min_size=1, max_size=8)
_ROLES = st.lists(st.sampled_from(["support", "approver", "admin"]) | _NAMES, max_size=4).map(tuple)
_PEOPLE = st.builds(
    Person, user_id=st.sampled_from(["user-1", "user-2"]), roles=_ROLES, tenant=st.none() | _NAMES
)


@given(person=_PEOPLE, tenant=st.none() | _NAMES, cents=st.integers(1, 1_000_000))
def test_no_refund_crosses_a_tenant_a_role_or_the_limit(
    store: Store, person: Person, tenant: str | None, cents: int
) -> None:
    asked = _decide(store, person, "refund", _order(tenant), amount_cents=cents, currency="EUR")
    allowed = tenant is not None and person.tenant == tenant and "support" in person.roles and cents <= LIMIT
    assert (asked["decision"] == "ALLOW") == allowed
    assert asked["errors"] == []


@given(person=_PEOPLE, tenant=_NAMES, cents=st.integers(1, 1_000_000))
def test_nobody_ever_decides_alone_or_elsewhere(
    store: Store, person: Person, tenant: str, cents: int
) -> None:
    asked = _decide(store, person, "approve", _approval(tenant, "user-1"), amount_cents=cents, tool="refund")
    mine = person.user_id == "user-1"
    allowed = person.tenant == tenant and "approver" in person.roles and not mine and cents <= LIMIT
    assert (asked["decision"] == "ALLOW") == allowed


@given(tenant=_NAMES, foreign=_NAMES)
def test_a_new_permit_for_everybody_still_crosses_no_tenant(tenant: str, foreign: str) -> None:
    careless = Store(schema=cedar_schema())
    for name, statement in POLICIES.items():
        careless.put(name, statement)
    careless.put("careless", "permit (principal, action, resource);")
    asked = _decide(careless, _person(tenant=tenant), "order_lookup", _order(foreign))
    assert (asked["decision"] == "ALLOW") == (tenant == foreign)
