"""Where tables are backed up, or forget, all of them do."""

from genai_defense.checks.answer import Answer, worst
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Held, Practice, as_siblings_do
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import flag, references

_TABLES = ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable")
_SELECTION = "AWS::Backup::BackupSelection"


def _forgets(table: Resource, _graph: TemplateGraph) -> Held:
    return flag(table.get("TimeToLiveSpecification.Enabled"), default=False)


def _is_backed_up(table: Resource, graph: TemplateGraph) -> Held:
    return any(
        found.resource is table
        for selection in graph.of_type(_SELECTION)
        for found in references(selection.get("BackupSelection.Resources"))
    )


_TABLE = (
    Practice(
        property="TimeToLiveSpecification.Enabled",
        types=_TABLES,
        held=_forgets,
        otherwise="rows are kept for ever",
        in_one_template=True,
    ),
    Practice(
        property="",
        types=_TABLES,
        held=_is_backed_up,
        otherwise="no selection of AWS Backup names it",
    ),
)


@rule(
    id="OwaspLlm-TableIsKeptLikeItsSiblings",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The table keeps its rows for ever, or is in no backup, though the others forget and are backed up.",
    explanation="Rows that nobody needs wait to be leaked and to be answered from; rows that everybody needs"
    " cannot be had back.",
    remedy="Set TimeToLiveSpecification and name the table in the backup selection, as for the other tables.",
    source=Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM04",),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.DS", "RC.RP"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=_TABLES,
)
def table_is_kept_like_its_siblings(table: Resource, graph: TemplateGraph) -> Answer:
    """Time to live is compared among the tables of one template, backups among all."""
    return worst(as_siblings_do(table, graph, practice) for practice in _TABLE)
