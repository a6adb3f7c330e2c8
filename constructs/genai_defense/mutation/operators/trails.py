"""CloudTrail: on, whole, validated, encrypted, everywhere, with data events."""

from collections.abc import Iterator
from typing import Any

from genai_defense.mutation.factories import CONVENTIONAL, GENAI, changed, dropped
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import is_set, places, removal
from genai_defense.mutation.policies import entries
from genai_defense.mutation.shapes import is_object

_TRAIL = "AWS::CloudTrail::Trail"
_SELECTORS = ("AdvancedEventSelectors.*", "EventSelectors.*")

OFF = changed(
    "trail-off", CONVENTIONAL, _TRAIL, "IsLogging", value=False, sentence="The trail writes nothing."
)
VALIDATION = changed(
    "trail-not-validated",
    CONVENTIONAL,
    _TRAIL,
    "EnableLogFileValidation",
    value=False,
    sentence="Nobody sees that a file of the trail was changed.",
)
REGION = changed(
    "trail-one-region",
    CONVENTIONAL,
    _TRAIL,
    "IsMultiRegionTrail",
    value=False,
    sentence="Other regions are not watched.",
)
GLOBAL = changed(
    "trail-without-global-services",
    CONVENTIONAL,
    _TRAIL,
    "IncludeGlobalServiceEvents",
    value=False,
    sentence="Calls of IAM and STS are not watched.",
)
KEY = dropped("trail-key-removed", CONVENTIONAL, _TRAIL, "KMSKeyId", "No key of ours encrypts the trail.")
MANAGEMENT = changed(
    "trail-without-management",
    CONVENTIONAL,
    _TRAIL,
    "EventSelectors.*.IncludeManagementEvents",
    value=False,
    sentence="Calls that change settings are not watched.",
)
READS = changed(
    "trail-without-reads",
    CONVENTIONAL,
    _TRAIL,
    "EventSelectors.*.ReadWriteType",
    "WriteOnly",
    "Calls that read are not watched.",
)
INSIGHTS = dropped(
    "trail-without-insights", CONVENTIONAL, _TRAIL, "InsightSelectors", "Nobody sees unusual calls."
)
ORGANIZATION = changed(
    "trail-one-account",
    CONVENTIONAL,
    _TRAIL,
    "IsOrganizationTrail",
    value=False,
    sentence="Other accounts are not watched.",
)


@operator(id="trail-without-log-group", mutant_class=CONVENTIONAL, resource_types=(_TRAIL,))
def log_group(site: Site) -> Iterator[Weakening]:
    """The log group and the role that writes it go together."""
    names = [
        name for name in ("CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn") if is_set(site.get(name))
    ]
    if names:
        yield site.weakening("Nothing can alarm on its events.", *(site.edit((name,)) for name in names))


def _about_models(entry: Any) -> bool:
    return "AWS::Bedrock" in str(entry) or "AWS::SageMaker" in str(entry)


def _selectors(site: Site, *, models: bool) -> Iterator[Weakening]:
    for pattern in _SELECTORS:
        for place in places(site.properties, pattern):
            if _about_models(place.value) == models:
                yield site.weakening(
                    f"The events of {place.label} are not watched.", removal(site, place.path)
                )
    for place in places(site.properties, "EventSelectors.*.DataResources.*"):
        if _about_models(place.value) == models:
            yield site.weakening(
                f"The data events of {place.label} are not watched.", removal(site, place.path)
            )
    for place in places(site.properties, "AdvancedEventSelectors.*.FieldSelectors"):
        entry = site.get(*place.path[:-1])
        fields = [field.get("Field") for field in entries(place.value) if is_object(field)]
        if _about_models(entry) == models and fields and "readOnly" not in fields:
            only = [*entries(place.value), {"Field": "readOnly", "Equals": ["false"]}]
            yield site.weakening(f"Of {place.label} only writes are watched.", site.edit(place.path, only))


@operator(id="trail-selector-out", mutant_class=CONVENTIONAL, resource_types=(_TRAIL,))
def selector(site: Site) -> Iterator[Weakening]:
    """Each selector, each kind of data event; and what reads."""
    yield from _selectors(site, models=False)


@operator(id="trail-model-selector-out", mutant_class=GENAI, resource_types=(_TRAIL,))
def model_selector(site: Site) -> Iterator[Weakening]:
    """Each selector of models and agents, each kind of data event; and what reads."""
    yield from _selectors(site, models=True)
