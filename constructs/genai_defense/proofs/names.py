"""Names of the provers and of their report's formats, apart from what they do: `--help` starts fast."""

from enum import StrEnum


class ProverName(StrEnum):
    """A prover."""

    IAM = "iam"
    NETWORK = "network"
    REQUEST_PATH = "request-path"
    DEPTH = "depth"


class ProofFormat(StrEnum):
    """How the report of the provers is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
