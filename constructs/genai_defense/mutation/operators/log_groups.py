"""CloudWatch Logs: lifetimes, keys, masking, filters."""

from genai_defense.mutation.factories import CONVENTIONAL, at_most, changed, dropped
from genai_defense.mutation.shapes import is_array

_GROUP = "AWS::Logs::LogGroup"

RETENTION = changed(
    "log-kept-for-a-day", CONVENTIONAL, _GROUP, "RetentionInDays", at_most(1), "Logs are gone after a day."
)
FOR_EVER = dropped("log-kept-for-ever", CONVENTIONAL, _GROUP, "RetentionInDays", "Logs are kept for ever.")
KEY = dropped("log-key-removed", CONVENTIONAL, _GROUP, "KmsKeyId", "No key of ours encrypts the logs.")
MASKING = dropped(
    "log-masking-removed",
    CONVENTIONAL,
    _GROUP,
    "DataProtectionPolicy",
    "Personal data stands in the logs in the clear.",
)
IDENTIFIERS = changed(
    "log-masks-one-kind",
    CONVENTIONAL,
    _GROUP,
    "DataProtectionPolicy.Statement.*.DataIdentifier",
    lambda raw: raw[:1] if is_array(raw) and len(raw) > 1 else None,
    "{} finds one kind of personal data.",
)
PROTECTION = changed(
    "log-deletable",
    CONVENTIONAL,
    _GROUP,
    "DeletionProtectionEnabled",
    value=False,
    sentence="One call deletes the logs.",
)
FILTER = changed(
    "log-filter-takes-nothing",
    CONVENTIONAL,
    ("AWS::Logs::MetricFilter", "AWS::Logs::SubscriptionFilter"),
    "FilterPattern",
    '{ $.never = "never" }',
    "The filter lets nothing through.",
)
