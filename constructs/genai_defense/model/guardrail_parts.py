"""The parts of a guardrail's policy."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from genai_defense.section import Section

Strength = Literal["NONE", "LOW", "MEDIUM", "HIGH"]
SensitiveAction = Literal["BLOCK", "ANONYMIZE", "NONE"]
PersonalDataType = Literal[
    "ADDRESS",
    "AGE",
    "AWS_ACCESS_KEY",
    "AWS_SECRET_KEY",
    "CA_HEALTH_NUMBER",
    "CA_SOCIAL_INSURANCE_NUMBER",
    "CREDIT_DEBIT_CARD_CVV",
    "CREDIT_DEBIT_CARD_EXPIRY",
    "CREDIT_DEBIT_CARD_NUMBER",
    "DRIVER_ID",
    "EMAIL",
    "INTERNATIONAL_BANK_ACCOUNT_NUMBER",
    "IP_ADDRESS",
    "LICENSE_PLATE",
    "MAC_ADDRESS",
    "NAME",
    "PASSWORD",
    "PHONE",
    "PIN",
    "SWIFT_CODE",
    "UK_NATIONAL_HEALTH_SERVICE_NUMBER",
    "UK_NATIONAL_INSURANCE_NUMBER",
    "UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER",
    "URL",
    "USERNAME",
    "US_BANK_ACCOUNT_NUMBER",
    "US_BANK_ROUTING_NUMBER",
    "US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER",
    "US_PASSPORT_NUMBER",
    "US_SOCIAL_SECURITY_NUMBER",
    "VEHICLE_IDENTIFICATION_NUMBER",
]
_LOOK_AROUND = re.compile(r"\(\?(=|!|<=|<!)")
_PHRASE_WORDS = 3


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"must be a regular expression ({error})") from None
    if _LOOK_AROUND.search(value):
        raise ValueError("must do without look-around, which guardrails do not know")
    return value


class HarmFilter(Section):
    """Strength of one content filter.

    Attributes:
        input: What requests are held to: NONE, LOW, MEDIUM or HIGH. Default: HIGH.
        output: The same for answers. Default: HIGH.
    """

    input: Strength = "HIGH"
    output: Strength = "HIGH"


class PersonalData(Section):
    """One kind of personal data or secret.

    Attributes:
        type: Bedrock's name of the kind.
        input_action: What happens to a request that holds it: BLOCK, ANONYMIZE, or NONE, which only reports.
            Default: BLOCK.
        output_action: The same for an answer.
    """

    type: PersonalDataType
    input_action: SensitiveAction = "BLOCK"
    output_action: SensitiveAction = "BLOCK"


class CustomRegex(Section):
    """A pattern of your own.

    Attributes:
        name: 1 to 100 characters; stands in the place of what is anonymised.
        pattern: Regular expression without look-around, up to 500 characters.
        description: What it finds, up to 1,000 characters.
        input_action: As for personal data.
        output_action: As for personal data.

    Source: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-sensitive-filters.html (read
        2026-11-24).
    """

    name: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    pattern: Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(_pattern)]
    description: Annotated[str, StringConstraints(min_length=1, max_length=1000)] | None = None
    input_action: SensitiveAction = "BLOCK"
    output_action: SensitiveAction = "BLOCK"


class DeniedTopic(Section):
    """A subject that the chatbot does not discuss.

    Attributes:
        name: 1 to 100 letters, digits, spaces and `-_!?.`.
        definition: What belongs to the subject: up to 1,000 characters in the STANDARD tier, 200 in CLASSIC.
        examples: Up to five requests that belong to it, of up to 100 characters each. Default: none.
    """

    name: Annotated[str, StringConstraints(pattern=r"^[0-9a-zA-Z_ !?.-]{1,100}$")]
    definition: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    examples: Annotated[
        tuple[Annotated[str, StringConstraints(min_length=1, max_length=100)], ...],
        Field(max_length=5, strict=False),
    ] = ()


def check_distinct(field: str, names: Sequence[str]) -> None:
    """Refuse a name that stands twice.

    Raises:
        ValueError: One does.
    """
    twice = [name for name, count in Counter(map(str.casefold, names)).items() if count > 1]
    if twice:
        raise ValueError(f"{field}: {', '.join(sorted(twice))} stands there twice. Keep one.")


def check_words(words: Sequence[str]) -> None:
    """Refuse words that Bedrock's list does not take.

    Raises:
        ValueError: A phrase is longer than three words, or stands there twice.

    Source: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-word-filters.html (read
        2026-11-24).
    """
    check_distinct("blocked_words", words)
    for phrase in words:
        if not 1 <= len(phrase.split()) <= _PHRASE_WORDS:
            raise ValueError(
                f"blocked_words: {phrase!r} has {len(phrase.split())} words; Bedrock takes one to three. Use "
                "a denied topic or a regex for longer ones."
            )
