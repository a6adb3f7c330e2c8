"""Who adds to training data and who reads it is named by the bucket itself."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.buckets import TRAINING_DATA, denies_all_but_named, is_called
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_SIDES = {"adds": "s3:PutObject", "reads": "s3:GetObject", "deletes": "s3:DeleteObject"}


@rule(
    id="OwaspLlm-TrainingDataNamesItsSides",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The policy of a bucket of training or evaluation data does not say who alone adds to it, reads"
    " it and deletes from it.",
    explanation="One permission too many, anywhere in the account, and somebody poisons what models are"
    " trained and judged with, or carries it away.",
    remedy="Deny s3:PutObject, s3:GetObject and s3:DeleteObject in the bucket's policy to all but an"
    " aws:PrincipalArn or aws:PrincipalTag.",
    source=Source(
        "https://docs.aws.amazon.com/wellarchitected/latest/generative-ai-lens/gensec06-bp01.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM03", "LLM04"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0020",),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::S3::Bucket",),
)
def training_data_names_its_sides(bucket: Resource, graph: TemplateGraph) -> Answer:
    """A bucket is one of training data when its name or logical id says so."""
    if not is_called(bucket, graph, *TRAINING_DATA):
        return NotApplicable()
    for side, action in _SIDES.items():
        named = denies_all_but_named(bucket, graph, action)
        if isinstance(named, Opaque):
            return Unknown("", f"its policy is opaque: {named.why}")
        if not named:
            return NonCompliant("", f"no policy of the bucket says who alone {side}")
    return Compliant("its policy says who alone adds, reads and deletes")
