"""Who decrypts documents does not thereby decrypt the quarantine."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.buckets import BUCKET, is_called
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, Unresolved, Value, dig, items, shown

_ENCRYPTION = "BucketEncryption.ServerSideEncryptionConfiguration"


@rule(
    id="OwaspLlm-QuarantineHasAKeyOfItsOwn",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The quarantine is encrypted with the key of another bucket, or with none of your own.",
    explanation="The bucket's policy is then the only thing between a role that reads documents and malware.",
    remedy="Give the quarantine a KMS key that no role of the application may decrypt with.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM04"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0070",),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::S3::Bucket",),
)
def quarantine_has_a_key_of_its_own(bucket: Resource, graph: TemplateGraph) -> Answer:
    """A bucket is a quarantine when its name or logical id says so."""
    if not is_called(bucket, graph, "quarantine"):
        return NotApplicable()
    key = _key(bucket)
    if isinstance(key, Unresolved):
        return Unknown(_ENCRYPTION, key.why)
    if key is None:
        return NonCompliant(_ENCRYPTION, "it names no key")
    for other in graph.of_type(BUCKET):
        if other is not bucket and _same(key, _key(other)):
            return NonCompliant(_ENCRYPTION, f"{other.logical_id} has the same key: {shown(key)}")
    return Compliant("no other bucket has its key")


def _key(bucket: Resource) -> Value:
    configured = bucket.get(_ENCRYPTION)
    if isinstance(configured, Unresolved):
        return configured
    keys = (dig(each, "ServerSideEncryptionByDefault.KMSMasterKeyID") for each in items(configured))
    return next((key for key in keys if key is not None), None)


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, Reference) and isinstance(other, Reference):
        return one.resource is other.resource
    return one == other
