"""What a guardrail stops, as a typed value that Bedrock would take.

Limits are those of the API: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateGuardrail.html
(its service model in botocore 1.43, read 2026-11-24), unless a line names another source.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from genai_defense.checks.bounds import DEFAULT_BOUNDS
from genai_defense.checks.guardrail_bounds import (
    LEAST_HARM_STRENGTH,
    SECRETS,
    STOPPING_ACTIONS,
    at_least,
)
from genai_defense.model.guardrail_parts import (
    CustomRegex,
    DeniedTopic,
    HarmFilter,
    PersonalData,
    PersonalDataType,
    check_distinct,
    check_words,
)
from genai_defense.section import Section

# The longest definition of a topic, by tier.
# Source: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-tiers.html (read 2026-11-24).
DEFINITION_CHARS = {"STANDARD": 1000, "CLASSIC": 200}
_BLOCKED: tuple[PersonalDataType, ...] = (
    "AWS_ACCESS_KEY",
    "AWS_SECRET_KEY",
    "CREDIT_DEBIT_CARD_NUMBER",
    "PASSWORD",
    "PIN",
    "US_SOCIAL_SECURITY_NUMBER",
)
_ANONYMISED: tuple[PersonalDataType, ...] = ("EMAIL", "INTERNATIONAL_BANK_ACCOUNT_NUMBER", "PHONE")
STRICT_PERSONAL_DATA = (
    *(PersonalData(type=kind) for kind in _BLOCKED),
    *(PersonalData(type=kind, input_action="ANONYMIZE", output_action="ANONYMIZE") for kind in _ANONYMISED),
)

_Message = Annotated[str, StringConstraints(min_length=1, max_length=500)]
_Threshold = Annotated[float, Field(ge=0, le=0.99)]
_Word = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class GuardrailPolicy(Section):
    """What the managed guardrail stops. Every default is the strict one.

    Attributes:
        tier: `STANDARD` (more languages, better at attacks; needs a cross-region guardrail profile) or
            `CLASSIC` (English, French and Spanish).
        hate: Strength of the filter against hate, by direction. Default: HIGH on both, as for every harm.
        insults: The same against insults.
        misconduct: The same against help with crime.
        sexual: The same against sexual content.
        violence: The same against violence.
        prompt_attack: The same against jailbreaks and injections; Bedrock judges the way in only, so the
            output strength is NONE.
        personal_data: Kinds of personal data and secrets, each with an action by direction. Default: secrets,
            card and social security numbers block, contact data is anonymised.
        regexes: Patterns of your own, up to 10.
        denied_topics: Subjects that are refused, up to 30.
        blocked_words: Words and phrases of up to three words that are refused, up to 10,000.
        profanity: Whether profane words are refused. Default: they are.
        grounding_threshold: Least grounding of an answer with a source, 0 to 0.99. Default: 0.7.
        relevance_threshold: Least relevance of an answer with a source, 0 to 0.99. Default: 0.7.
        blocked_request: What the user reads for a stopped request, up to 500 characters.
        blocked_answer: The same for a stopped answer.
        blocks_nothing: True only detects, for tuning: every filter reports to the trace and lets everything
            through. Needs `weaker_because`.
        weaker_because: Why the guardrail may be weaker than the bounds of the rules, in at least 40
            characters; becomes the acknowledgement in the report. Default: it is not weaker.
    """

    tier: Literal["STANDARD", "CLASSIC"] = "STANDARD"
    hate: HarmFilter = HarmFilter()
    insults: HarmFilter = HarmFilter()
    misconduct: HarmFilter = HarmFilter()
    sexual: HarmFilter = HarmFilter()
    violence: HarmFilter = HarmFilter()
    prompt_attack: HarmFilter = HarmFilter(output="NONE")
    personal_data: Annotated[tuple[PersonalData, ...], Field(strict=False)] = STRICT_PERSONAL_DATA
    regexes: Annotated[tuple[CustomRegex, ...], Field(max_length=10, strict=False)] = ()
    denied_topics: Annotated[tuple[DeniedTopic, ...], Field(max_length=30, strict=False)] = ()
    blocked_words: Annotated[tuple[_Word, ...], Field(max_length=10_000, strict=False)] = ()
    profanity: bool = True
    grounding_threshold: _Threshold = 0.7
    relevance_threshold: _Threshold = 0.7
    blocked_request: _Message = (
        "This request cannot be answered. Rephrase it without instructions to the assistant."
    )
    blocked_answer: _Message = "The answer was withheld because it broke a safety rule."
    blocks_nothing: bool = False
    weaker_because: Annotated[str, StringConstraints(min_length=40, max_length=1000)] | None = None

    @property
    def harms(self) -> dict[str, HarmFilter]:
        """The five harm filters, by Bedrock's name."""
        return {
            "HATE": self.hate,
            "INSULTS": self.insults,
            "MISCONDUCT": self.misconduct,
            "SEXUAL": self.sexual,
            "VIOLENCE": self.violence,
        }

    @property
    def weaknesses(self) -> tuple[str, ...]:
        """The rules that a guardrail of this content breaks."""
        sides = [strength for harm in self.harms.values() for strength in (harm.input, harm.output)]
        actions = {entry.type: (entry.input_action, entry.output_action) for entry in self.personal_data}
        holds = {
            "OwaspLlm-GuardrailBlocksPromptAttacks": self.prompt_attack.input == "HIGH",
            "OwaspLlm-GuardrailFiltersHarm": all(at_least(side, LEAST_HARM_STRENGTH) for side in sides),
            "OwaspLlm-GuardrailStopsSecrets": all(
                action in STOPPING_ACTIONS
                for secret in SECRETS
                for action in actions.get(secret, ("NONE", "NONE"))
            ),
            "OwaspLlm-GuardrailChecksGrounding": min(self.grounding_threshold, self.relevance_threshold)
            >= DEFAULT_BOUNDS.grounding,
        }
        return tuple(rule for rule, strong in holds.items() if self.blocks_nothing or not strong)

    @model_validator(mode="after")
    def _bedrock_takes_it(self) -> Self:
        if self.prompt_attack.output != "NONE":
            raise ValueError(
                f"prompt_attack.output is {self.prompt_attack.output}; Bedrock judges attacks on the way in "
                "only and takes NONE. Leave it out."
            )
        check_distinct("personal_data", [entry.type for entry in self.personal_data])
        check_distinct("regexes", [entry.name for entry in self.regexes])
        check_distinct("denied_topics", [entry.name for entry in self.denied_topics])
        check_words(self.blocked_words)
        longest = DEFINITION_CHARS[self.tier]
        for topic in self.denied_topics:
            if len(topic.definition) > longest:
                raise ValueError(
                    f"denied_topics: the definition of {topic.name!r} has {len(topic.definition)} "
                    f"characters; the {self.tier} tier takes {longest}. Shorten it."
                )
        return self

    @model_validator(mode="after")
    def _weakness_has_a_reason(self) -> Self:
        if self.weaknesses and self.weaker_because is None:
            raise ValueError(
                f"the guardrail is weaker than {', '.join(self.weaknesses)} asks for. Strengthen it, or say "
                "why under weaker_because: the reason stands in the report."
            )
        if self.weaker_because is not None and not self.weaknesses:
            raise ValueError("weaker_because is set, but nothing is weaker. Remove it.")
        return self
