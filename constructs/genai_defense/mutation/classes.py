"""What a weakening is about, apart from what weakens: `--help` starts fast."""

from enum import StrEnum


class MutantClass(StrEnum):
    """What a weakening is about."""

    GENAI = "genai"
    """What only generative-AI applications have, such as guardrails, models, agents and knowledge bases."""
    CONVENTIONAL = "conventional"
    """What every application has: keys, buckets, networks, logs, identities."""
