"""A backup is there longer than it takes to notice that it is needed."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Value, dig, items, whole

_RULES, _LOCK = "BackupPlan.BackupPlanRule", "LockConfiguration.MinRetentionDays"
_PLAN, _FOR_EVER = "AWS::Backup::BackupPlan", 36_500


@rule(
    id="OwaspLlm-BackupIsKept",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="Backups, or their lock, end within days.",
    explanation="Who poisons or deletes data waits until the last good copy is gone; or the vault refuses"
    " copies that end before its lock does.",
    remedy="Set DeleteAfterDays and MinRetentionDays to a week at least, and the first no lower than the"
    " second.",
    source=Source("https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM04",),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.DS", "RC.RP"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=(_PLAN, "AWS::Backup::BackupVault"),
)
def backup_is_kept(resource: Resource, graph: TemplateGraph) -> Answer:
    """The longest rule of a plan counts: hourly copies for a day may stand beside daily ones for a month."""
    if resource.type == _PLAN:
        return _of_plan(resource, graph.bounds.backup_days)
    if resource.get("LockConfiguration") is None:
        return NotApplicable()
    locked = whole(resource.get(_LOCK), default=0)
    if isinstance(locked, Opaque):
        return Unknown(_LOCK, locked.why)
    if locked < graph.bounds.backup_days:
        return NonCompliant(_LOCK, f"copies are locked for {locked} days")
    return Compliant(f"copies are locked for {locked} days")


def _of_plan(plan: Resource, least: int) -> Answer:
    longest = 0
    for index, entry in enumerate(items(plan.get(_RULES))):
        path = f"{_RULES}.{index}.Lifecycle.DeleteAfterDays"
        days = whole(dig(entry, "Lifecycle.DeleteAfterDays"), default=_FOR_EVER)
        if isinstance(days, Opaque):
            return Unknown(path, days.why)
        if days < (locked := _locked(dig(entry, "TargetBackupVault"))):
            return NonCompliant(path, f"{days} days are fewer than the {locked} of the vault's lock")
        longest = max(longest, days)
    if longest < least:
        return NonCompliant(_RULES, f"no copy is kept for more than {longest} days")
    return Compliant(f"copies are kept for {longest} days")


def _locked(vault: Value) -> int:
    locked = whole(vault.resource.get(_LOCK), default=0) if isinstance(vault, Reference) else 0
    return locked if isinstance(locked, int) else 0
