"""DynamoDB tables: keys, backups, deletion, lifetimes."""

from genai_defense.mutation.factories import CONVENTIONAL, at_most, changed, dropped

_TABLE = "AWS::DynamoDB::Table"
_GLOBAL = "AWS::DynamoDB::GlobalTable"
_PITR = "PointInTimeRecoverySpecification"

SSE = dropped(
    "table-key-removed", CONVENTIONAL, (_TABLE, _GLOBAL), "SSESpecification", "AWS owns the key of the table."
)
KEY = dropped(
    "table-key-of-aws", CONVENTIONAL, _TABLE, "SSESpecification.KMSMasterKeyId", "AWS manages its key."
)
RECOVERY = changed(
    "table-recovery-off",
    CONVENTIONAL,
    _TABLE,
    f"{_PITR}.PointInTimeRecoveryEnabled",
    value=False,
    sentence="What is overwritten is lost.",
)
RECOVERY_OUT = dropped("table-recovery-removed", CONVENTIONAL, _TABLE, _PITR, "What is overwritten is lost.")
RECOVERY_DAYS = changed(
    "table-recovery-one-day",
    CONVENTIONAL,
    _TABLE,
    f"{_PITR}.RecoveryPeriodInDays",
    at_most(1),
    "It can go back a day.",
)
REPLICA_RECOVERY = changed(
    "table-replica-recovery-off",
    CONVENTIONAL,
    _GLOBAL,
    f"Replicas.*.{_PITR}.PointInTimeRecoveryEnabled",
    value=False,
    sentence="What is overwritten is lost.",
)
PROTECTION = changed(
    "table-deletable",
    CONVENTIONAL,
    _TABLE,
    "DeletionProtectionEnabled",
    value=False,
    sentence="One call deletes it.",
)
EXPIRY = changed(
    "table-expiry-off",
    CONVENTIONAL,
    (_TABLE, _GLOBAL),
    "TimeToLiveSpecification.Enabled",
    value=False,
    sentence="Rows are kept for ever.",
)
EXPIRY_OUT = dropped(
    "table-expiry-removed",
    CONVENTIONAL,
    (_TABLE, _GLOBAL),
    "TimeToLiveSpecification",
    "Rows are kept for ever.",
)
