"""A vault that forbids deleting copies forbids it to everybody."""

from typing import Final

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.denials import denials, denies, everybody
from genai_defense.checks.policy import Statement
from genai_defense.checks.resource_policies import resource_statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_ENDS: Final = ("backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle")


@rule(
    id="OwaspLlm-BackupVaultDeniesDeletion",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The policy of the backup vault leaves somebody who may delete copies, or end them sooner.",
    explanation="Who gets hold of that caller deletes the copies first and the data then.",
    remedy='Deny backup:DeleteRecoveryPoint and backup:UpdateRecoveryPointLifecycle to Principal "*" on'
    ' Resource "*" in the vault\'s access policy.',
    source=Source(
        "https://docs.aws.amazon.com/config/latest/developerguide/backup-recovery-point-manual-deletion-disabled.html",
        "2026-11-24",
    ),
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
def backup_vault_denies_deletion(vault: Resource, _graph: TemplateGraph) -> Answer:
    """A lock that nobody can take off (it has ChangeableForDays) does the same, and is enough alone."""
    locked = dig(vault.get("LockConfiguration"), "ChangeableForDays") is not None
    listed = list(resource_statements(vault))
    if not listed:
        return NotApplicable() if locked else NonCompliant("AccessPolicy", "the vault has no policy")
    for each in listed:
        if isinstance(each.body, Opaque):
            return Unknown(each.path, each.body.why)
    sound = [each for each in denials(vault) if _holds_for_all(each)]
    left = [action for action in _ENDS if not any(denies(each, action) for each in sound)]
    if left:
        return NonCompliant("AccessPolicy", f"not everybody is denied {' and '.join(left)}")
    return Compliant("nobody deletes copies")


def _holds_for_all(statement: Statement) -> bool:
    return everybody(statement) and "*" in items(dig(statement.body, "Resource"))
