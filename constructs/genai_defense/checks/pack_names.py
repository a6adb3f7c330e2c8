"""Names of the packs that `genai-defense check` can ask, apart from what they ask: `--help` starts fast."""

from enum import StrEnum


class PackName(StrEnum):
    """A pack: the kit's own three, and those of cdk-nag."""

    OWASP_LLM = "OwaspLlm"
    OWASP_LLM_BASELINE = "OwaspLlm-Baseline"
    OWASP_LLM_DEPTH = "OwaspLlm-Depth"
    AWS_SOLUTIONS = "aws-solutions"
    NIST_800_53_R5 = "nist-800-53-r5"
    HIPAA = "hipaa"
    PCI = "pci"
