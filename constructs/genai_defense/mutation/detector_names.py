"""Names of the detectors, apart from what they ask: `--help` starts fast."""

from enum import StrEnum


class DetectorName(StrEnum):
    """Who is asked whether a weakening is noticed."""

    OWASP_LLM = "OwaspLlm"
    OWASP_LLM_BASELINE = "OwaspLlm-Baseline"
    AWS_SOLUTIONS = "aws-solutions"
    NIST_800_53_R5 = "nist-800-53-r5"
    HIPAA = "hipaa"
    PCI = "pci"
    CLOUDFORMATION_VALIDATE = "cloudformation-validate"
    CHECKOV = "checkov"
    CFN_LINT = "cfn-lint"
    CFN_GUARD = "cfn-guard"


NAG_NAMES = (
    DetectorName.AWS_SOLUTIONS,
    DetectorName.NIST_800_53_R5,
    DetectorName.HIPAA,
    DetectorName.PCI,
)
"""Packs of cdk-nag, by the names that `genai-defense check` gives them."""
