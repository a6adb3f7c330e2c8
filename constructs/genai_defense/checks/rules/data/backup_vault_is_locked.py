"""Copies outlive whoever wants them gone."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, whole


@rule(
    id="OwaspLlm-BackupVaultIsLocked",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The copies in the backup vault can be deleted at any time.",
    explanation="Who gets hold of a backup role deletes the copies first and the data then: poisoned or wiped"
    " tables cannot be restored.",
    remedy="Give the vault a LockConfiguration with MinRetentionDays.",
    source=Source("https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM04",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::Backup::BackupVault",),
)
def backup_vault_is_locked(vault: Resource, _graph: TemplateGraph) -> Answer:
    """A vault's policy can be changed by who may delete copies; its lock keeps each copy for its time."""
    lock = vault.get("LockConfiguration")
    if isinstance(lock, Opaque):
        return Unknown("LockConfiguration", lock.why)
    days = whole(dig(lock, "MinRetentionDays"), default=0)
    if isinstance(days, Opaque):
        return Unknown("LockConfiguration.MinRetentionDays", days.why)
    if days < 1:
        return NonCompliant("LockConfiguration", "the vault is not locked")
    return Compliant(f"each copy is kept for at least {days} days")
