"""What nearly all buckets of a deployment refuse, each of them refuses."""

from genai_defense.checks.answer import Answer, worst
from genai_defense.checks.buckets import BUCKET, bucket_statements
from genai_defense.checks.denials import everybody, excepts
from genai_defense.checks.policy import Statement
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Held, Practice, as_siblings_do
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_STRANGERS = ("aws:principalaccount", "aws:principalorgid", "aws:principalorgpaths")
_ON_BEHALF = ("aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths")


def _excepts_one_of(statements: list[Statement], keys: tuple[str, ...]) -> bool:
    return any(key in keys for each in statements for key, _ in excepts(each))


def _refusals(bucket: Resource, graph: TemplateGraph) -> list[Statement] | Opaque:
    listed = list(bucket_statements(bucket, graph))
    opaque = next((each.body for each in listed if isinstance(each.body, Opaque)), None)
    return opaque or [each for each in listed if not each.may_allow and everybody(each)]


def _services(bucket: Resource, graph: TemplateGraph) -> Held:
    """Whether it refuses services that act for strangers; asked of those that refuse strangers."""
    found = _refusals(bucket, graph)
    if isinstance(found, Opaque):
        return found
    return _excepts_one_of(found, _ON_BEHALF) if _excepts_one_of(found, _STRANGERS) else None


def _old_tls(bucket: Resource, graph: TemplateGraph) -> Held:
    """Whether it refuses old versions of TLS; asked of those that refuse anything."""
    found = _refusals(bucket, graph)
    if isinstance(found, Opaque):
        return found
    return any(key == "s3:tlsversion" for each in found for _, key, _ in each.tests()) if found else None


_PRACTICES = (
    Practice(
        property="BucketPolicy",
        types=(BUCKET,),
        held=_services,
        otherwise="AWS services reach it on behalf of other people's accounts",
    ),
    Practice(
        property="BucketPolicy",
        types=(BUCKET,),
        held=_old_tls,
        otherwise="it takes calls with versions of TLS that are broken",
    ),
)


@rule(
    id="OwaspLlm-BucketRefusesLikeItsSiblings",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The bucket's policy does not refuse what the policies of all other buckets refuse.",
    explanation="A service that is told by a stranger to write here does so, or a caller comes by an old"
    " version of TLS; of one bucket nobody expects it.",
    remedy="Give the policy the Deny that its siblings have: on aws:SourceAccount for AWS services, on"
    " s3:TlsVersion for all.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM04"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0025", "AML.T0070"),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=(BUCKET,),
)
def bucket_refuses_like_its_siblings(bucket: Resource, graph: TemplateGraph) -> Answer:
    """Judges by what a Deny tests, however it is written; says nothing where buckets do not agree."""
    return worst(as_siblings_do(bucket, graph, practice) for practice in _PRACTICES)
