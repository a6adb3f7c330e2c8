"""AWS Backup: locks of vaults, plans, what they cover."""

from genai_defense.mutation.factories import CONVENTIONAL, at_most, changed, dropped

_VAULT = "AWS::Backup::BackupVault"
_RULES = "BackupPlan.BackupPlanRule.*"

LOCK = dropped("vault-lock-removed", CONVENTIONAL, _VAULT, "LockConfiguration", "Who may delete backups can.")
GRACE = dropped(
    "vault-lock-stays-open",
    CONVENTIONAL,
    _VAULT,
    "LockConfiguration.ChangeableForDays",
    "The lock can be taken off at any time.",
)
RETENTION = changed(
    "vault-lock-one-day",
    CONVENTIONAL,
    _VAULT,
    "LockConfiguration.MinRetentionDays",
    at_most(1),
    "A day is locked.",
)
KEY = dropped(
    "vault-key-removed", CONVENTIONAL, _VAULT, "EncryptionKeyArn", "AWS manages the key of the backups."
)
POLICY = dropped(
    "vault-policy-removed", CONVENTIONAL, _VAULT, "AccessPolicy", "No policy forbids deleting backups."
)
RULE = dropped("backup-rule-out", CONVENTIONAL, "AWS::Backup::BackupPlan", _RULES, "The rule {} is gone.")
LIFETIME = changed(
    "backup-kept-for-a-day",
    CONVENTIONAL,
    "AWS::Backup::BackupPlan",
    f"{_RULES}.Lifecycle.DeleteAfterDays",
    at_most(1),
    "Backups are gone after a day.",
)
CONTINUOUS = changed(
    "backup-not-continuous",
    CONVENTIONAL,
    "AWS::Backup::BackupPlan",
    f"{_RULES}.EnableContinuousBackup",
    value=False,
    sentence="Backups of {} are snapshots only.",
)
COVERED = dropped(
    "backup-resource-out",
    CONVENTIONAL,
    "AWS::Backup::BackupSelection",
    "BackupSelection.Resources.*",
    "{} is not backed up.",
)
