"""Where backup vaults forbid deleting, all of them do."""

from genai_defense.checks.answer import Answer, worst
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Practice, as_siblings_do, given
from genai_defense.checks.template_graph import Resource, TemplateGraph

_VAULT = ("AWS::Backup::BackupVault",)
_TABLE = (
    Practice(
        property="AccessPolicy",
        types=_VAULT,
        held=given("AccessPolicy"),
        otherwise="no policy of it denies deleting copies",
        least=1,
    ),
    Practice(
        property="LockConfiguration.ChangeableForDays",
        types=_VAULT,
        held=given("LockConfiguration.ChangeableForDays"),
        otherwise="its lock can be taken off at any time",
        least=1,
    ),
)


@rule(
    id="OwaspLlm-VaultIsLikeItsSiblings",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The vault lacks a lock that becomes final, or a policy, which the other vaults have.",
    explanation="Who gets hold of a backup role takes this lock off first, deletes the copies, and then the"
    " data.",
    remedy="Set ChangeableForDays, and an AccessPolicy that denies backup:DeleteRecoveryPoint, as in the"
    " other vaults.",
    source=Source("https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM04",),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.DS", "RC.RP"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=_VAULT,
)
def vault_is_like_its_siblings(vault: Resource, graph: TemplateGraph) -> Answer:
    """One other vault makes the practice: there are few."""
    return worst(as_siblings_do(vault, graph, practice) for practice in _TABLE)
