from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template
from pydantic import ValidationError

from genai_defense.model import (
    CustomRegex,
    DeniedTopic,
    GuardrailPolicy,
    HarmFilter,
    ModelGuardrail,
    PersonalData,
)
from genai_defense.model.guardrail_policy import STRICT_PERSONAL_DATA

Synth = Callable[[], Template]


def _properties(template: Template) -> dict[str, Any]:
    (guardrail,) = template.find_resources("AWS::Bedrock::Guardrail").values()
    properties: dict[str, Any] = guardrail["Properties"]
    return properties


def _version_description(template: Template) -> str:
    (version,) = template.find_resources("AWS::Bedrock::GuardrailVersion").values()
    return str(version["Properties"]["Description"])


def _with(log_key: kms.Key, **arguments: Any) -> ModelGuardrail:  # one argument varies by test
    arguments = {
        "guardrail_profile_id": "eu.guardrail.v1:0",
        "profile_regions": ["eu-west-1"],
        **arguments,
    }
    return ModelGuardrail(cdk.Stack.of(log_key), "Guardrail", encryption_key=log_key, **arguments)


@pytest.mark.usefixtures("guardrail")
def test_every_harm_filter_stands_at_high_in_both_directions(template: Synth) -> None:
    filters = {
        entry["Type"]: entry for entry in _properties(template())["ContentPolicyConfig"]["FiltersConfig"]
    }
    for harm in ("HATE", "INSULTS", "MISCONDUCT", "SEXUAL", "VIOLENCE"):
        assert (filters[harm]["InputStrength"], filters[harm]["OutputStrength"]) == ("HIGH", "HIGH")


@pytest.mark.usefixtures("guardrail")
def test_prompt_attacks_are_judged_at_high_on_the_way_in(template: Synth) -> None:
    filters = {
        entry["Type"]: entry for entry in _properties(template())["ContentPolicyConfig"]["FiltersConfig"]
    }
    assert filters["PROMPT_ATTACK"] == {
        "Type": "PROMPT_ATTACK",
        "InputStrength": "HIGH",
        "OutputStrength": "NONE",
        "InputAction": "BLOCK",
    }


@pytest.mark.usefixtures("guardrail")
def test_secrets_block_and_contact_data_is_anonymised(template: Synth) -> None:
    entities = _properties(template())["SensitiveInformationPolicyConfig"]["PiiEntitiesConfig"]
    actions = {entity["Type"]: entity["Action"] for entity in entities}
    assert actions["AWS_SECRET_KEY"] == "BLOCK"
    assert actions["CREDIT_DEBIT_CARD_NUMBER"] == "BLOCK"
    assert actions["EMAIL"] == "ANONYMIZE"


@pytest.mark.usefixtures("guardrail")
def test_the_standard_tier_comes_with_its_profile_and_the_key(template: Synth) -> None:
    properties = _properties(template())
    assert properties["ContentPolicyConfig"]["ContentFiltersTierConfig"] == {"TierName": "STANDARD"}
    assert "guardrail-profile/eu.guardrail.v1:0" in str(properties["CrossRegionConfig"])
    assert "KmsKeyArn" in properties


OTHER_CONTENT: dict[str, Any] = {
    "tier": "CLASSIC",
    "hate": HarmFilter(input="MEDIUM"),
    "insults": HarmFilter(output="MEDIUM"),
    "misconduct": HarmFilter(input="MEDIUM", output="MEDIUM"),
    "sexual": HarmFilter(input="MEDIUM"),
    "violence": HarmFilter(input="MEDIUM"),
    "prompt_attack": HarmFilter(input="MEDIUM", output="NONE"),
    "personal_data": (*STRICT_PERSONAL_DATA, PersonalData(type="AGE", input_action="NONE")),
    "regexes": (CustomRegex(name="order", pattern=r"ORD-\d{8}"),),
    "denied_topics": (DeniedTopic(name="Legal advice", definition="Advice on contracts or disputes"),),
    "blocked_words": ("acme corp",),
    "profanity": False,
    "grounding_threshold": 0.8,
    "relevance_threshold": 0.6,
    "blocked_request": "No.",
    "blocked_answer": "Withheld.",
    "blocks_nothing": True,
}
REASON = "Tuning of the filters on recorded traffic of the staff until the end of March."


def _description(policy: GuardrailPolicy, **arguments: Any) -> str:
    stack = cdk.Stack(cdk.App(), "Foreign", env=cdk.Environment(region="eu-west-1"))
    _with(kms.Key(stack, "Key"), policy=policy, **arguments)
    return _version_description(Template.from_stack(stack))


def _changed(field: str) -> GuardrailPolicy:
    change = {field: OTHER_CONTENT[field]}
    try:
        return GuardrailPolicy(**change)
    except ValidationError:
        return GuardrailPolicy(**change, weaker_because=REASON)


def test_every_field_has_other_content_here() -> None:
    assert OTHER_CONTENT.keys() == GuardrailPolicy.model_fields.keys() - {"weaker_because"}


@pytest.mark.parametrize("field", OTHER_CONTENT)
def test_other_content_makes_another_version(field: str) -> None:
    """Roles and function name the version, so they follow every change."""
    assert _description(_changed(field)) != _description(GuardrailPolicy())


def test_the_same_content_keeps_its_version() -> None:
    assert _description(GuardrailPolicy()) == _description(GuardrailPolicy())
    assert _description(GuardrailPolicy(denied_topics=())) == _description(GuardrailPolicy())


def test_another_profile_makes_another_version() -> None:
    assert _description(GuardrailPolicy(), guardrail_profile_id="eu.guardrail.v2:0") != _description(
        GuardrailPolicy()
    )


def test_callers_are_bound_to_the_number_and_never_to_draft(
    stack: cdk.Stack, guardrail: ModelGuardrail
) -> None:
    resolved = str(stack.resolve(guardrail.version_arn))
    assert "'Version'" in resolved
    assert "GuardrailArn" in resolved
    assert "DRAFT" not in resolved


def test_everything_that_a_policy_may_hold_reaches_the_guardrail(log_key: kms.Key, template: Synth) -> None:
    names = ("regexes", "blocked_words", "grounding_threshold", "blocked_request", "blocked_answer")
    topic = DeniedTopic(name="Law", definition="Advice on contracts", examples=("May I sue?",))
    content = {name: OTHER_CONTENT[name] for name in names}
    _with(log_key, policy=GuardrailPolicy(denied_topics=(topic,), **content))
    properties = _properties(template())
    assert properties["TopicPolicyConfig"] == {
        "TopicsConfig": [
            {
                "Name": "Law",
                "Definition": "Advice on contracts",
                "Examples": ["May I sue?"],
                "Type": "DENY",
                "InputAction": "BLOCK",
                "OutputAction": "BLOCK",
            }
        ],
        "TopicsTierConfig": {"TierName": "STANDARD"},
    }
    assert properties["WordPolicyConfig"]["WordsConfig"][0]["Text"] == "acme corp"
    assert properties["WordPolicyConfig"]["ManagedWordListsConfig"][0]["Type"] == "PROFANITY"
    (regex,) = properties["SensitiveInformationPolicyConfig"]["RegexesConfig"]
    assert (regex["Name"], regex["Pattern"], regex["Action"]) == ("order", r"ORD-\d{8}", "BLOCK")
    thresholds = {
        entry["Type"]: entry["Threshold"]
        for entry in properties["ContextualGroundingPolicyConfig"]["FiltersConfig"]
    }
    assert thresholds == {"GROUNDING": 0.8, "RELEVANCE": 0.7}
    assert (properties["BlockedInputMessaging"], properties["BlockedOutputsMessaging"]) == (
        "No.",
        "Withheld.",
    )


def test_directions_may_differ(log_key: kms.Key, template: Synth) -> None:
    name = PersonalData(type="NAME", input_action="NONE", output_action="ANONYMIZE")
    _with(log_key, policy=GuardrailPolicy(personal_data=(*STRICT_PERSONAL_DATA, name)))
    entities = _properties(template())["SensitiveInformationPolicyConfig"]["PiiEntitiesConfig"]
    assert entities[-1] == {
        "Type": "NAME",
        "Action": "ANONYMIZE",
        "InputAction": "NONE",
        "OutputAction": "ANONYMIZE",
    }


def test_a_guardrail_that_blocks_nothing_blocks_nothing(log_key: kms.Key, template: Synth) -> None:
    """Detection is what tuning needs; a filter left at BLOCK would disturb the traffic that is watched."""
    content = {name: OTHER_CONTENT[name] for name in ("regexes", "denied_topics", "blocked_words")}
    _with(log_key, policy=GuardrailPolicy(blocks_nothing=True, weaker_because=REASON, **content))
    written = str(_properties(template()))
    assert "'BLOCK'" not in written
    assert "'ANONYMIZE'" not in written
    assert written.count("'InputAction': 'NONE'") == 19


def test_a_weaker_guardrail_stands_with_its_reason_in_the_report(log_key: kms.Key) -> None:
    guardrail = _with(log_key, policy=GuardrailPolicy(blocks_nothing=True, weaker_because=REASON)).guardrail
    acknowledged = {
        rule: reason
        for entry in guardrail.node.metadata
        if entry.type == cdk.Validations.ACKNOWLEDGED_RULES_METADATA_KEY
        for rule, reason in entry.data.items()
    }
    assert set(acknowledged) == {
        "OwaspLlm::OwaspLlm-GuardrailBlocksPromptAttacks",
        "OwaspLlm::OwaspLlm-GuardrailFiltersHarm",
        "OwaspLlm::OwaspLlm-GuardrailStopsSecrets",
        "OwaspLlm::OwaspLlm-GuardrailChecksGrounding",
    }
    assert all(REASON in str(reason) for reason in acknowledged.values())


def test_the_standard_tier_without_a_profile_is_refused(log_key: kms.Key) -> None:
    with pytest.raises(ValueError, match="the STANDARD tier needs a cross-region guardrail profile"):
        _with(log_key, guardrail_profile_id=None, profile_regions=())


def test_the_classic_tier_needs_no_profile(log_key: kms.Key, template: Synth) -> None:
    _with(log_key, policy=GuardrailPolicy(tier="CLASSIC"), guardrail_profile_id=None, profile_regions=())
    properties = _properties(template())
    assert properties["ContentPolicyConfig"]["ContentFiltersTierConfig"] == {"TierName": "CLASSIC"}
    assert "CrossRegionConfig" not in properties


def test_a_profile_of_another_geography_is_refused(log_key: kms.Key) -> None:
    with pytest.raises(ValueError, match="eu-west-1 lies outside of 'us'"):
        _with(log_key, guardrail_profile_id="us.guardrail.v1:0")


def test_a_profile_without_its_regions_is_refused(log_key: kms.Key) -> None:
    with pytest.raises(ValueError, match="profile_regions is empty"):
        _with(log_key, profile_regions=())
