"""Where stores and keys outlive their stack, all of them do."""

from genai_defense.checks.answer import Answer, NotApplicable
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Held, Practice, as_siblings_do
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_LOGS = "AWS::Logs::LogGroup"
_STORES = (
    "AWS::Backup::BackupVault",
    "AWS::Cognito::UserPool",
    "AWS::DynamoDB::GlobalTable",
    "AWS::DynamoDB::Table",
    "AWS::EFS::FileSystem",
    "AWS::KMS::Key",
    "AWS::OpenSearchService::Domain",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::S3::Bucket",
    "AWS::S3Vectors::Index",
    "AWS::S3Vectors::VectorBucket",
    "AWS::VerifiedPermissions::PolicyStore",
)


def _kept(store: Resource, _graph: TemplateGraph) -> Held:
    policy = store.deletion_policy
    return policy if isinstance(policy, Opaque) else policy in ("Retain", "RetainExceptOnCreate", "Snapshot")


def _practice(*types: str, least: int) -> Practice:
    return Practice(
        property="",
        types=types,
        held=_kept,
        otherwise="its DeletionPolicy lets the data go with the stack",
        least=least,
    )


_OF_ONE_TYPE = {kind: _practice(kind, least=3) for kind in (*_STORES, _LOGS)}
_OF_ALL = _practice(*_STORES, least=10)


@rule(
    id="OwaspLlm-StoreIsKeptLikeItsSiblings",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The store, log or key is deleted with its stack, though all others of the deployment are kept.",
    explanation="One wrong deployment, or one that an attacker starts, deletes the knowledge, the evidence or"
    " the key without which neither can be read.",
    remedy="Set DeletionPolicy and UpdateReplacePolicy to Retain, or acknowledge that nobody needs the data.",
    source=Source(
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM04", "LLM10"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.DS", "RC.RP"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=(*_STORES, _LOGS),
)
def store_is_kept_like_its_siblings(store: Resource, graph: TemplateGraph) -> Answer:
    """Those of its own type count first; the few of a rare type are compared with all stores and keys."""
    answer = as_siblings_do(store, graph, _OF_ONE_TYPE[store.type])
    rare = sum(1 for _ in graph.of_type(store.type)) <= _OF_ONE_TYPE[store.type].least
    if isinstance(answer, NotApplicable) and rare and store.type != _LOGS:
        return as_siblings_do(store, graph, _OF_ALL)
    return answer
