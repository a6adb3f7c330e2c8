"""A wrong setting ends with one readable line that names the key, the value and what is allowed."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from genai_defense.settings import Settings, SettingsError, load_settings
from genai_defense.settings.types import LOG_RETENTION

CDK_JSON = Path(__file__).resolve().parents[1] / "cdk.json"


@pytest.fixture
def profiles() -> dict[str, Any]:
    """The profiles that the repository ships, free to be broken."""
    shipped: dict[str, Any] = json.loads(CDK_JSON.read_text())["context"]["profiles"]
    return copy.deepcopy(shipped)


def _broken(profiles: dict[str, Any], path: str, value: object) -> str:
    *parents, key = path.split(".")
    section = profiles["dev"]
    for parent in parents:
        section = section[parent]
    section[key] = value
    with pytest.raises(SettingsError) as caught:
        load_settings(profiles)
    return str(caught.value)


@pytest.mark.parametrize("profile", [None, "dev", "prod"])
def test_every_shipped_profile_loads(profiles: dict[str, Any], profile: str | None) -> None:
    assert isinstance(load_settings(profiles, profile), Settings)


def test_prod_keeps_everything_and_locks_for_good(profiles: dict[str, Any]) -> None:
    prod = load_settings(profiles, "prod")
    assert (prod.deletable, prod.retention.audit_lock, prod.network.egress) == (
        False,
        "compliance",
        "inspected",
    )
    assert prod.retention.audit_days >= 365


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (
            "reigon",
            "eu-west-1",
            ["reigon", "eu-west-1", "not permitted", "did you mean region?"],
        ),
        ("quota.requests", 5, ["quota.requests", "Allowed: requests_per_day, tokens_per_day"]),
        ("quota.requests_per_day", "many", ["quota.requests_per_day", "many", "integer"]),
        ("quota.requests_per_day", 0, ["quota.requests_per_day", "0", "greater than or equal to 1"]),
        ("quota.requests_per_day", True, ["quota.requests_per_day", "True", "integer"]),
        ("quota.tokens_per_day", 10_000, ["quota.tokens_per_day", "10000", "at least 13224"]),
        ("retention.audit_days", 0, ["retention.audit_days", "0", "greater than or equal to 1"]),
        ("retention.log_days", 31, ["retention.log_days", "31", "30, 60"]),
        ("retention.audit_lock", "none", ["retention.audit_lock", "none", "'governance' or 'compliance'"]),
        ("network.cidr", "10.0.0.0/33", ["network.cidr", "10.0.0.0/33", "10.0.0.0/16"]),
        ("network.cidr", "10.0.0.1/16", ["network.cidr", "10.0.0.1/16", "host bits"]),
        ("network.cidr", "8.8.0.0/16", ["network.cidr", "8.8.0.0/16", "private"]),
        ("network.cidr", "10.0.0.0/24", ["network.cidr", "10.0.0.0/24", "/16 to /22"]),
        ("network.availability_zones", ["us-east-1a"], ["network.availability_zones", "at least 2"]),
        ("network.availability_zones", ["eu-west-1a", "eu-west-1b"], ["eu-west-1a", "us-east-1"]),
        ("network.egress", "open", ["network.egress", "open", "'none' or 'inspected'"]),
        ("network.egress", "inspected", ["network", "allowed_domains", "needs a domain"]),
        ("network.allowed_domains", ["not a host"], ["not a host", "host name"]),
        ("network.allowed_domains", ["*.com"], ["*.com", "host name"]),
        ("network.gateway_prefix_lists", ["s3"], ["network.gateway_prefix_lists.0", "s3", "pl-"]),
        ("allowed_link_hosts", ["10.0.0.1"], ["allowed_link_hosts.0", "10.0.0.1", "not an IP address"]),
        ("allowed_link_hosts", ["Docs.Example.com"], ["allowed_link_hosts.0", "lower-case"]),
        (
            "sign_in",
            {"callback_urls": ["http://chat.example.com"]},
            ["sign_in.callback_urls.0", "https://"],
        ),
        ("model.model_id", "gpt", ["model.model_id", "gpt", "pattern"]),
        ("model.inference_profile_id", None, ["3 regions need an inference profile", "inference_profile_id"]),
        ("model.inference_regions", ["us-west-2"], ["inference_regions", "us-east-1"]),
        ("model.inference_regions", ["us-east-1", "eu-west-1"], ["eu-west-1 lies outside of 'us'"]),
        ("model.inference_profile_id", "us.amazon.nova-lite-v1:0", ["one of amazon.nova-lite-v1:0"]),
        ("model.inference_profile_id", "global.amazon.nova-pro-v1:0", ["leaves_geography_because", "why"]),
        ("model.leaves_geography_because", "x" * 40, ["no profile is global", "Remove it"]),
        ("model.model_id", "meta.llama3-70b-instruct-v1:0", ["model", "llama3"]),
        ("model.guardrail_profile_id", None, ["STANDARD", "model.guardrail_profile_id must be set"]),
        ("model.cost_tags", {"a#b": "c"}, ["model.cost_tags", "pattern"]),
        ("model.invocation_logging", "off", ["not_logged_because", "say why"]),
        ("model.not_logged_because", "x" * 40, ["belong together"]),
        ("model.invocation_logging", "maybe", ["model.invocation_logging", "'adopt'"]),
        ("guardrail", {"hate": {"input": "SOME"}}, ["guardrail.hate.input", "SOME", "'HIGH'"]),
        ("guardrail", {"hate": {"inptu": "HIGH"}}, ["guardrail.hate.inptu", "did you mean input?"]),
        (
            "guardrail",
            {"denied_topics": [{"name": "Law", "defintion": "x"}]},
            ["guardrail.denied_topics.0.defintion", "did you mean definition?"],
        ),
        ("guardrail", {"blocks_nothing": True}, ["weaker than", "weaker_because"]),
        ("retention.audit_lock", "compliance", ["deletable", "compliance"]),
        ("sign_in", {"tenants": ["acme", "umbrella"]}, ["kill_switch_after_tenants", "at least 2"]),
        ("alarms.email", "nobody", ["alarms.email", "nobody"]),
        ("region", "mars", ["region", "mars"]),
        ("web_acl.waf", {}, ["web_acl.waf", "Allowed: ", "anti_ddos"]),
        (
            "web_acl.chat_requests_per_five_minutes",
            9,
            ["web_acl.chat_requests_per_five_minutes", "9", "greater than or equal to 10"],
        ),
        ("web_acl.bot_control", "all", ["bot_control", "all", "'none', 'common'"]),
        (
            "web_acl.account_takeover_login_path",
            "sign-in",
            ["login_path", "sign-in", "pattern"],
        ),
    ],
)
def test_a_wrong_value_is_explained(
    profiles: dict[str, Any],
    path: str,
    value: object,
    says: list[str],
) -> None:
    message = _broken(profiles, path, value)
    assert message.startswith("profile 'dev' in cdk.json cannot be used:")
    for word in says:
        assert word in message
    assert len(message) < 1000


def test_several_faults_are_told_at_once(profiles: dict[str, Any]) -> None:
    profiles["dev"]["region"] = "mars"
    message = _broken(profiles, "quota.tokens_per_day", -1)
    assert "region: 'mars'" in message
    assert "quota.tokens_per_day: -1" in message


def test_a_long_value_is_cut_in_the_message(profiles: dict[str, Any]) -> None:
    assert len(_broken(profiles, "region", "x" * 100_000)) < 500


def test_a_missing_key_is_named(profiles: dict[str, Any]) -> None:
    del profiles["dev"]["quota"]
    with pytest.raises(SettingsError, match=r"quota: is missing. Field required: add it"):
        load_settings(profiles)


def test_an_unknown_profile_names_the_known_ones(profiles: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match=r"unknown profile 'staging': cdk.json defines dev, prod"):
        load_settings(profiles, "staging")


@pytest.mark.parametrize("profiles_given", [None, {}, [], "dev"])
def test_a_cdk_json_without_profiles_says_what_to_add(profiles_given: object) -> None:
    with pytest.raises(SettingsError, match=r'add "context": \{"profiles"'):
        load_settings(profiles_given)


@pytest.mark.parametrize("profile", ["dev", "prod"])
def test_a_profile_that_is_not_an_object_is_refused(profile: str) -> None:
    with pytest.raises(SettingsError, match="cannot be used"):
        load_settings({profile: "everything"}, profile)


def test_log_retention_is_told_in_days(profiles: dict[str, Any]) -> None:
    for days, retention in LOG_RETENTION.items():
        profiles["dev"]["retention"]["log_days"] = days
        assert load_settings(profiles).retention.log_retention is retention


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({}, "us-east-1, us-east-2, us-west-2"),
        (
            {
                "inference_profile_id": "global.amazon.nova-pro-v1:0",
                "leaves_geography_because": "Customers agreed to processing anywhere.",
                "fallback": None,
            },
            "any commercial Region: Customers agreed to processing anywhere.",
        ),
    ],
)
def test_where_prompts_are_processed_is_said(
    profiles: dict[str, Any], change: dict[str, Any], says: str
) -> None:
    profiles["dev"]["model"] |= change
    assert load_settings(profiles).model.processed_in == says


def test_a_model_of_ones_own_is_approved_by_a_record(profiles: dict[str, Any]) -> None:
    llama = "meta.llama3-3-70b-instruct-v1:0"
    record = {
        "model_id": llama,
        "provider": "Meta",
        "version": "Llama 3.3 70B",
        "licence": "https://aws.amazon.com/legal/bedrock/third-party-models/",
        "card": "https://www.llama.com/docs/model-cards-and-prompt-formats/",
        "approved_by": "AI board",
        "approved_on": "2026-11-01",
        "because": "Evaluated for the support chat of the branch offices.",
        "review_by": "2027-05-01",
    }
    profiles["dev"]["model"] |= {
        "model_id": llama,
        "inference_profile_id": f"us.{llama}",
        "provenance": [record],
    }
    assert load_settings(profiles).model.approved.model_id == llama
