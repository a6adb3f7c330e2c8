"""Bedrock guardrails: filters, topics, words, personal data, grounding, tier, key."""

from collections.abc import Iterator
from typing import Any

from genai_defense.mutation.factories import GENAI, at_most, changed, dropped, number
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import is_set, places, removal
from genai_defense.mutation.shapes import is_object

_GUARDRAIL = "AWS::Bedrock::Guardrail"
_STRENGTHS = ("NONE", "LOW", "MEDIUM", "HIGH")
_FILTERS = "ContentPolicyConfig.FiltersConfig.*"
_TAKES_ALL = 0.05
_LISTS = {
    "filter": _FILTERS,
    "personal data": "SensitiveInformationPolicyConfig.PiiEntitiesConfig.*",
    "pattern": "SensitiveInformationPolicyConfig.RegexesConfig.*",
    "topic": "TopicPolicyConfig.TopicsConfig.*",
    "word": "WordPolicyConfig.WordsConfig.*",
    "word list": "WordPolicyConfig.ManagedWordListsConfig.*",
}


@operator(id="guardrail-filter-strength-down", mutant_class=GENAI, resource_types=(_GUARDRAIL,))
def strength_down(site: Site) -> Iterator[Weakening]:
    """Each strength of each filter, one step down and off."""
    for place in places(site.properties, _FILTERS):
        for side in ("InputStrength", "OutputStrength"):
            present = place.value.get(side) if is_object(place.value) else None
            if present not in _STRENGTHS[1:]:
                continue
            lower = _STRENGTHS[_STRENGTHS.index(present) - 1]
            for weaker in dict.fromkeys((lower, "NONE")):
                yield site.weakening(
                    f"{side} of {place.label} is {weaker}.", site.edit((*place.path, side), weaker)
                )


def _action(entry: dict[str, Any], side: str) -> Any:
    """What an entry does on one side: the action of the side wins over the common one."""
    return entry.get(f"{side}Action", entry.get("Action"))


@operator(id="guardrail-entry-only-watches", mutant_class=GENAI, resource_types=(_GUARDRAIL,))
def only_watches(site: Site) -> Iterator[Weakening]:
    """Each entry of each list: its action on input and on output becomes NONE."""
    for what, pattern in _LISTS.items():
        for place in places(site.properties, pattern):
            entry = place.value if is_object(place.value) else {}
            for side in ("Input", "Output"):
                off = entry.get(f"{side}Strength") == "NONE" or entry.get(f"{side}Enabled") is False
                if entry and not off and _action(entry, side) != "NONE":
                    yield site.weakening(
                        f"The {what} {place.label} does nothing on {side.lower()}.",
                        site.edit((*place.path, f"{side}Action"), "NONE"),
                    )


@operator(id="guardrail-entry-disabled", mutant_class=GENAI, resource_types=(_GUARDRAIL,))
def disabled(site: Site) -> Iterator[Weakening]:
    """Each entry of each list is not evaluated on input, or not on output."""
    for what, pattern in _LISTS.items():
        for place in places(site.properties, pattern):
            entry = place.value if is_object(place.value) else {}
            for side in ("Input", "Output"):
                off = entry.get(f"{side}Strength") == "NONE" or _action(entry, side) == "NONE"
                if entry and not off and entry.get(f"{side}Enabled") is not False:
                    yield site.weakening(
                        f"The {what} {place.label} is not evaluated on {side.lower()}.",
                        site.edit((*place.path, f"{side}Enabled"), value=False),
                    )


@operator(id="guardrail-personal-data-passes", mutant_class=GENAI, resource_types=(_GUARDRAIL,))
def personal_data(site: Site) -> Iterator[Weakening]:
    """Each kind of personal data and each pattern: every action NONE; what is blocked only masked."""
    for what in ("personal data", "pattern"):
        for place in places(site.properties, _LISTS[what]):
            entry = place.value if is_object(place.value) else {}
            actions = [key for key in ("Action", "InputAction", "OutputAction") if key in entry]
            for weaker, before in (("NONE", ("BLOCK", "ANONYMIZE")), ("ANONYMIZE", ("BLOCK",))):
                changed_ones = [key for key in actions if entry[key] in before]
                if changed_ones:
                    yield site.weakening(
                        f"{place.label} becomes {weaker}.",
                        *(site.edit((*place.path, key), weaker) for key in changed_ones),
                    )


@operator(id="guardrail-grounding-acts-no-more", mutant_class=GENAI, resource_types=(_GUARDRAIL,))
def grounding_off(site: Site) -> Iterator[Weakening]:
    """Each grounding filter without action, and not enabled."""
    for place in places(site.properties, "ContextualGroundingPolicyConfig.FiltersConfig.*"):
        if is_object(place.value):
            for key, weak in (("Action", "NONE"), ("Enabled", False)):
                if place.value.get(key) != weak:
                    yield site.weakening(
                        f"{key} of {place.label} is {weak}.", site.edit((*place.path, key), weak)
                    )


@operator(id="guardrail-profile-removed", mutant_class=GENAI, resource_types=(_GUARDRAIL,))
def profile(site: Site) -> Iterator[Weakening]:
    """Without a profile for several regions the standard tier is not to be had."""
    if is_set(site.get("CrossRegionConfig")):
        tiers = (
            place.path
            for policy in (
                "ContentPolicyConfig.ContentFiltersTierConfig",
                "TopicPolicyConfig.TopicsTierConfig",
            )
            for place in places(site.properties, policy)
        )
        yield site.weakening(
            "It has the classic tier, in one region.",
            site.edit(("CrossRegionConfig",)),
            *(removal(site, path) for path in tiers),
        )


ENTRY_OUT = tuple(
    dropped(f"guardrail-{what.replace(' ', '-')}-out", GENAI, _GUARDRAIL, path, f"The {what} {{}} is gone.")
    for what, path in _LISTS.items()
)
FILTER_OUT, PERSONAL_DATA_OUT, PATTERN_OUT, TOPIC_OUT, WORD_OUT, WORD_LIST_OUT = ENTRY_OUT
GROUNDING_OUT = dropped(
    "guardrail-grounding-out",
    GENAI,
    _GUARDRAIL,
    "ContextualGroundingPolicyConfig.FiltersConfig.*",
    "The filter {} of grounding is gone.",
)
THRESHOLD = changed(
    "guardrail-grounding-threshold-down",
    GENAI,
    _GUARDRAIL,
    "ContextualGroundingPolicyConfig.FiltersConfig.*.Threshold",
    at_most(_TAKES_ALL),
    "{} takes every answer.",
)
HALF_THRESHOLD = changed(
    "guardrail-grounding-threshold-half",
    GENAI,
    _GUARDRAIL,
    "ContextualGroundingPolicyConfig.FiltersConfig.*.Threshold",
    # Half of 0.1 is what the operator before this one makes.
    lambda raw: round(known / 2, 2) if (known := number(raw)) and known / 2 > _TAKES_ALL else None,
    "The threshold of {} is half of what it was.",
)
POLICIES_OUT = tuple(
    dropped(
        f"guardrail-{name.lower()}-policy-out",
        GENAI,
        _GUARDRAIL,
        f"{name}PolicyConfig",
        f"{name} is not filtered.",
    )
    for name in (
        "Content",
        "ContextualGrounding",
        "SensitiveInformation",
        "Topic",
        "Word",
        "AutomatedReasoning",
    )
)
CONTENT_OUT, CONTEXTUAL_OUT, SENSITIVE_OUT, TOPICS_OUT, WORDS_OUT, REASONING_OUT = POLICIES_OUT
KEY = dropped(
    "guardrail-key-removed",
    GENAI,
    _GUARDRAIL,
    "KmsKeyArn",
    "The guardrail is not encrypted with a key of ours.",
)
TIER = changed(
    "guardrail-content-tier-classic",
    GENAI,
    _GUARDRAIL,
    "ContentPolicyConfig.ContentFiltersTierConfig.TierName",
    "CLASSIC",
    "Filters of the classic tier know fewer languages and attacks.",
)
TOPIC_TIER = changed(
    "guardrail-topic-tier-classic",
    GENAI,
    _GUARDRAIL,
    "TopicPolicyConfig.TopicsTierConfig.TierName",
    "CLASSIC",
    "Topics of the classic tier know fewer languages.",
)
