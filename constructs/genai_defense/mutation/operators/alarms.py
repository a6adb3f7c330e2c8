"""CloudWatch alarms: what they tell, when, and whether at all."""

from collections.abc import Iterator

from genai_defense.mutation.factories import CONVENTIONAL, changed, dropped, number
from genai_defense.mutation.operator import Site, Weakening, operator

_ALARM = "AWS::CloudWatch::Alarm"
_COMPOSITE = "AWS::CloudWatch::CompositeAlarm"
_BOTH = (_ALARM, _COMPOSITE)

ACTIONS_OFF = changed(
    "alarm-actions-off",
    CONVENTIONAL,
    _BOTH,
    "ActionsEnabled",
    value=False,
    sentence="The alarm does nothing.",
    unset=True,
)
ACTIONS_OUT = dropped("alarm-actions-removed", CONVENTIONAL, _BOTH, "AlarmActions", "The alarm tells nobody.")
MISSING = changed(
    "alarm-silence-is-fine",
    CONVENTIONAL,
    _ALARM,
    "TreatMissingData",
    lambda raw: "notBreaching" if raw == "breaching" else None,
    "A metric that stops raises no alarm.",
)
RULE = changed(
    "alarm-rule-never", CONVENTIONAL, _COMPOSITE, "AlarmRule", "FALSE", "The alarm is never raised."
)


@operator(id="alarm-threshold-out-of-reach", mutant_class=CONVENTIONAL, resource_types=(_ALARM,))
def threshold(site: Site) -> Iterator[Weakening]:
    """Above what the metric ever is, or below."""
    above = str(site.get("ComparisonOperator")).startswith("Greater")
    present = number(site.get("Threshold"))
    if present is not None and abs(present) < 10**9:
        yield site.weakening(
            "The metric never gets to its threshold.", site.edit(("Threshold",), 10**9 if above else -(10**9))
        )


@operator(id="alarm-watches-other-metric", mutant_class=CONVENTIONAL, resource_types=(_ALARM,))
def metric(site: Site) -> Iterator[Weakening]:
    """A metric that nobody writes."""
    if isinstance(name := site.get("MetricName"), str) and not name.endswith("Unused"):
        yield site.weakening(
            "It watches a metric that nobody writes.", site.edit(("MetricName",), f"{name}Unused")
        )
