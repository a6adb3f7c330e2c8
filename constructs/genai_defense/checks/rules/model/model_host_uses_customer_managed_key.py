"""Disks and captured prompts of a model host are encrypted under a key of one's own."""

import re
from collections.abc import Iterator

from genai_defense.checks.answer import Answer, worst
from genai_defense.checks.encryption import customer_managed_key
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import dig, flag, items

_CAPTURE = "DataCaptureConfig"
_OUTPUT = "AsyncInferenceConfig.OutputConfig"
# Families with NVMe disks of their own, which the hardware encrypts.
_LOCAL_DISK = re.compile(r"ml\.(\w*d|g4dn|g5|g6|g6e|gr6|p4d|p4de|p5|p5e|p5en|trn1|trn1n|trn2|inf1|i\w+)\.")


@rule(
    id="OwaspLlm-ModelHostUsesCustomerManagedKey",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The model host's storage is not encrypted under a customer managed key.",
    explanation="Model files, notebooks and captured prompts are read by whoever gets at the storage;"
    " no key can be disabled in an incident.",
    remedy="Set KmsKeyId (and that of DataCaptureConfig and AsyncInferenceConfig) to a key of your own.",
    source=Source("https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM07", "LLM02"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy",),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=(
        "AWS::SageMaker::Domain",
        "AWS::SageMaker::EndpointConfig",
        "AWS::SageMaker::NotebookInstance",
    ),
)
def model_host_uses_customer_managed_key(host: Resource, _graph: TemplateGraph) -> Answer:
    """Serverless variants and instances with local disks take no key for their volume."""
    return worst(_keys(host))


def _keys(host: Resource) -> Iterator[Answer]:
    captures = flag(host.get("DataCaptureConfig.EnableCapture"), default=host.get(_CAPTURE) is not None)
    if captures is not False:
        yield customer_managed_key(host.get(f"{_CAPTURE}.KmsKeyId"), f"{_CAPTURE}.KmsKeyId")
    if isinstance(host.get(_OUTPUT), dict):
        yield customer_managed_key(host.get(f"{_OUTPUT}.KmsKeyId"), f"{_OUTPUT}.KmsKeyId")
    if host.type != "AWS::SageMaker::EndpointConfig" or _takes_key(host):
        yield customer_managed_key(host.get("KmsKeyId"), "KmsKeyId")


def _takes_key(config: Resource) -> bool:
    variants = items(config.get("ProductionVariants"))
    kinds = [dig(variant, "InstanceType") for variant in variants if isinstance(variant, dict)]
    return not variants or any(isinstance(kind, str) and not _LOCAL_DISK.match(kind) for kind in kinds)
