from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template

from genai_defense.model import DeniedTopic, ModelGuardrail

Synth = Callable[[], Template]


def _properties(template: Template) -> dict[str, Any]:
    (guardrail,) = template.find_resources("AWS::Bedrock::Guardrail").values()
    properties: dict[str, Any] = guardrail["Properties"]
    return properties


def _version_description(template: Template) -> str:
    (version,) = template.find_resources("AWS::Bedrock::GuardrailVersion").values()
    return str(version["Properties"]["Description"])


def _with(log_key: kms.Key, **arguments: Any) -> ModelGuardrail:  # one argument varies by test
    return ModelGuardrail(
        cdk.Stack.of(log_key),
        "Guardrail",
        encryption_key=log_key,
        guardrail_profile_id="eu.guardrail.v1:0",
        profile_regions=["eu-west-1"],
        **arguments,
    )


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


def test_other_content_makes_another_version() -> None:
    def description(**arguments: Any) -> str:
        stack = cdk.Stack(cdk.App(), "Foreign", env=cdk.Environment(region="eu-west-1"))
        _with(kms.Key(stack, "Key"), **arguments)
        return _version_description(Template.from_stack(stack))

    topic = DeniedTopic(name="Legal advice", definition="Advice on contracts or disputes")
    assert description() == description()
    assert len({description(), description(grounding_threshold=0.8), description(denied_topics=[topic])}) == 3


def test_callers_are_bound_to_the_number_and_never_to_draft(
    stack: cdk.Stack, guardrail: ModelGuardrail
) -> None:
    resolved = str(stack.resolve(guardrail.version_arn))
    assert "'Version'" in resolved
    assert "GuardrailArn" in resolved
    assert "DRAFT" not in resolved


def test_a_denied_topic_reaches_the_guardrail(log_key: kms.Key, template: Synth) -> None:
    _with(
        log_key,
        denied_topics=[DeniedTopic(name="Legal advice", definition="Advice on contracts or disputes")],
    )
    (topic,) = _properties(template())["TopicPolicyConfig"]["TopicsConfig"]
    assert (topic["Name"], topic["Type"]) == ("Legal advice", "DENY")


@pytest.mark.parametrize("threshold", [-0.1, 1, 2])
def test_a_threshold_that_bedrock_refuses_is_refused_here(log_key: kms.Key, threshold: float) -> None:
    with pytest.raises(ValueError, match=rf"grounding_threshold is {threshold}; Bedrock allows 0 to 0\.99"):
        _with(log_key, grounding_threshold=threshold)


def test_too_many_topics_are_refused(log_key: kms.Key) -> None:
    with pytest.raises(ValueError, match=r"31 denied topics; Bedrock allows 30"):
        _with(log_key, denied_topics=[DeniedTopic(name=str(number), definition="x") for number in range(31)])
