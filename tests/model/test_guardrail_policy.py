"""What Bedrock would refuse is refused here, before a deployment waits for it."""

from typing import Any, cast, get_args

import boto3
import pytest
from pydantic import ValidationError

from genai_defense.model import CustomRegex, DeniedTopic, GuardrailPolicy, HarmFilter, PersonalData
from genai_defense.model.guardrail_parts import PersonalDataType, SensitiveAction, Strength
from genai_defense.model.guardrail_policy import STRICT_PERSONAL_DATA

REASON = "Tuning of the filters on recorded traffic of the staff until the end of March."


def _topics(count: int) -> list[dict[str, str]]:
    return [{"name": f"Topic {number}", "definition": "x"} for number in range(count)]


def _regexes(count: int) -> list[dict[str, str]]:
    return [{"name": f"regex {number}", "pattern": "x"} for number in range(count)]


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"denied_topics": _topics(30)},
        {"denied_topics": [{"name": "x" * 100, "definition": "x" * 1000, "examples": ["x" * 100] * 5}]},
        {"regexes": _regexes(10)},
        {"blocked_words": [f"word {number}" for number in range(10_000)]},
        {"blocked_request": "x" * 500, "blocked_answer": "x" * 500},
        {"grounding_threshold": 0.99, "relevance_threshold": 0.5},
    ],
)
def test_what_is_at_the_limit_is_taken(content: dict[str, Any]) -> None:
    assert GuardrailPolicy.model_validate(content).tier == "STANDARD"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"prompt_attack": {"output": "HIGH"}}, "Bedrock judges attacks on the way in only"),
        ({"hate": {"input": "STRONG"}}, "Input should be 'NONE', 'LOW', 'MEDIUM' or 'HIGH'"),
        ({"tier": "PREMIUM"}, "Input should be 'STANDARD' or 'CLASSIC'"),
        ({"denied_topics": _topics(31)}, "at most 30 items"),
        ({"denied_topics": [{"name": "a/b", "definition": "x"}]}, "pattern"),
        ({"denied_topics": [{"name": "x" * 101, "definition": "x"}]}, "pattern"),
        ({"denied_topics": [{"name": "x", "definition": ""}]}, "at least 1 character"),
        ({"denied_topics": [{"name": "x", "definition": "x" * 1001}]}, "at most 1000 characters"),
        (
            {"tier": "CLASSIC", "denied_topics": [{"name": "Law", "definition": "x" * 201}]},
            "the definition of 'Law' has 201 characters; the CLASSIC tier takes 200",
        ),
        ({"denied_topics": [{"name": "x", "definition": "x", "examples": ["a"] * 6}]}, "at most 5 items"),
        ({"denied_topics": [{"name": "x", "definition": "x", "examples": ["a" * 101]}]}, "at most 100 char"),
        (
            {"denied_topics": [{"name": "Law", "definition": "x"}, {"name": "law", "definition": "y"}]},
            "denied_topics: law stands there twice",
        ),
        ({"regexes": _regexes(11)}, "at most 10 items"),
        ({"regexes": [{"name": "x", "pattern": "("}]}, "must be a regular expression"),
        ({"regexes": [{"name": "x", "pattern": "(?<=a)b"}]}, "without look-around"),
        ({"regexes": [{"name": "x", "pattern": "a(?!b)"}]}, "without look-around"),
        ({"regexes": [{"name": "x", "pattern": "x" * 501}]}, "at most 500 characters"),
        ({"regexes": [{"name": "x", "pattern": "a"}, {"name": "X", "pattern": "b"}]}, "stands there twice"),
        ({"blocked_words": ["w"] * 10_001}, "at most 10000 items"),
        ({"blocked_words": ["x" * 101]}, "at most 100 characters"),
        ({"blocked_words": ["one two three four"]}, "has 4 words; Bedrock takes one to three"),
        ({"blocked_words": [" "]}, "has 0 words"),
        ({"blocked_words": ["Acme", "acme"]}, "blocked_words: acme stands there twice"),
        (
            {"personal_data": [*STRICT_PERSONAL_DATA, {"type": "PIN"}]},
            "personal_data: pin stands there twice",
        ),
        ({"personal_data": [{"type": "SHOE_SIZE"}]}, "Input should be 'ADDRESS'"),
        ({"personal_data": [{"type": "NAME", "input_action": "HIDE"}]}, "'BLOCK', 'ANONYMIZE' or 'NONE'"),
        ({"grounding_threshold": 1.0}, "less than or equal to 0.99"),
        ({"relevance_threshold": -0.1}, "greater than or equal to 0"),
        ({"blocked_request": ""}, "at least 1 character"),
        ({"blocked_answer": "x" * 501}, "at most 500 characters"),
        ({"topics": []}, "Extra inputs are not permitted"),
    ],
)
def test_what_bedrock_would_refuse_is_refused(content: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError) as caught:
        GuardrailPolicy.model_validate(content)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ({"hate": HarmFilter(input="LOW")}, "OwaspLlm-GuardrailFiltersHarm"),
        ({"violence": HarmFilter(output="NONE")}, "OwaspLlm-GuardrailFiltersHarm"),
        (
            {"prompt_attack": HarmFilter(input="MEDIUM", output="NONE")},
            "OwaspLlm-GuardrailBlocksPromptAttacks",
        ),
        ({"personal_data": ()}, "OwaspLlm-GuardrailStopsSecrets"),
        (
            {
                "personal_data": (
                    *STRICT_PERSONAL_DATA[1:],
                    PersonalData(type="AWS_ACCESS_KEY", input_action="NONE"),
                )
            },
            "OwaspLlm-GuardrailStopsSecrets",
        ),
        ({"grounding_threshold": 0.4}, "OwaspLlm-GuardrailChecksGrounding"),
        ({"relevance_threshold": 0.0}, "OwaspLlm-GuardrailChecksGrounding"),
    ],
)
def test_a_weaker_guardrail_needs_a_reason(content: dict[str, Any], rule: str) -> None:
    with pytest.raises(ValidationError, match=f"weaker than {rule} asks for"):
        GuardrailPolicy(**content)
    assert GuardrailPolicy(**content, weaker_because=REASON).weaknesses == (rule,)


def test_a_reason_without_a_weakness_is_refused() -> None:
    with pytest.raises(ValidationError, match="weaker_because is set, but nothing is weaker"):
        GuardrailPolicy(weaker_because=REASON)


def test_the_default_is_strict() -> None:
    assert GuardrailPolicy().weaknesses == ()


def _api() -> Any:
    return cast("Any", boto3).client("bedrock", region_name="eu-west-1").meta.service_model


def test_limits_and_names_are_those_of_the_api() -> None:
    """Botocore carries the API's own model: what changes there is noticed with the next lock."""
    api = _api()
    assert set(get_args(PersonalDataType)) == set(api.shape_for("GuardrailPiiEntityType").enum)
    assert set(get_args(Strength)) == set(api.shape_for("GuardrailFilterStrength").enum)
    assert set(get_args(SensitiveAction)) == set(api.shape_for("GuardrailSensitiveInformationAction").enum)
    longest = {
        "GuardrailTopicsConfig": 30,
        "GuardrailTopicExamples": 5,
        "GuardrailTopicExample": 100,
        "GuardrailRegexesConfig": 10,
        "GuardrailRegexConfigPatternString": 500,
        "GuardrailWordsConfig": 10_000,
        "GuardrailWordConfigTextString": 100,
        "GuardrailBlockedMessaging": 500,
    }
    assert {name: api.shape_for(name).metadata["max"] for name in longest} == longest


def test_parts_are_values() -> None:
    assert DeniedTopic(name="Law", definition="x") == DeniedTopic(name="Law", definition="x")
    assert CustomRegex(name="x", pattern="y").output_action == "BLOCK"
