"""What was deleted or logged long ago is gone at last, in every bucket alike."""

from genai_defense.checks.answer import Answer, worst
from genai_defense.checks.buckets import BUCKET
from genai_defense.checks.log_buckets import services_that_write
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Held, Practice, as_siblings_do
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_NOW = ("ExpirationInDays", "ExpirationDate")
_OLD = ("NoncurrentVersionExpiration", "NoncurrentVersionExpirationInDays")
_RULES = "LifecycleConfiguration.Rules"


def _expires(bucket: Resource, fields: tuple[str, ...]) -> Held:
    rules = bucket.get(_RULES)
    for each in items(rules):
        if isinstance(each, Opaque):
            return each
        if dig(each, "Status") == "Enabled" and any(dig(each, field) is not None for field in fields):
            return True
    return False


def _old_versions(bucket: Resource, _graph: TemplateGraph) -> Held:
    """Whether old versions go; asked of buckets that keep them."""
    return _expires(bucket, _OLD) if bucket.get("VersioningConfiguration.Status") == "Enabled" else None


def _logs(bucket: Resource, graph: TemplateGraph) -> Held:
    """Whether objects go; asked of buckets that a service of AWS writes to."""
    return _expires(bucket, _NOW) if services_that_write(bucket, graph) else None


_PRACTICES = (
    Practice(
        property=_RULES,
        types=(BUCKET,),
        held=_old_versions,
        otherwise="what users delete stays for ever as an old version",
    ),
    Practice(
        property=_RULES,
        types=(BUCKET,),
        held=_logs,
        otherwise="what services log about users stays for ever",
    ),
)


@rule(
    id="OwaspLlm-BucketForgetsLikeItsSiblings",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The bucket keeps for ever what all other buckets of the deployment let go.",
    explanation="What is kept without need is what a thief finds: prompts, documents and addresses of people"
    " who believe them deleted.",
    remedy="Give the bucket's LifecycleConfiguration the expiration that its siblings have.",
    source=Source(
        "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-10", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy",),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=(BUCKET,),
)
def bucket_forgets_like_its_siblings(bucket: Resource, graph: TemplateGraph) -> Answer:
    """The practice of a deployment: where buckets do not agree, none is found."""
    return worst(as_siblings_do(bucket, graph, practice) for practice in _PRACTICES)
