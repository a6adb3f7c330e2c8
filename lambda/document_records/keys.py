"""Names of documents: in the table, in the buckets, in the knowledge base."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

EVERY_TENANT: Final = "*"
"""Stands for all tenants, those to come included; no tenant has this name."""
TENANT: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, order=True)
class DocumentId:
    """One document of one tenant: the same bytes of another tenant are another document.

    Args:
        tenant: First segment of the landing key.
        sha256: Of the content, 64 hexadecimal digits.
    """

    tenant: str
    sha256: str

    @property
    def row(self) -> str:
        """Key of its row."""
        return f"{self.tenant}#{self.sha256}"

    @property
    def for_every_tenant(self) -> DocumentId:
        """The document that stands for these bytes whoever holds them."""
        return DocumentId(EVERY_TENANT, self.sha256)

    @property
    def passage(self) -> str:
        """Key of its published text."""
        return f"passages/{self.tenant}/{self.sha256}.txt"

    @property
    def metadata(self) -> str:
        """Key of what the knowledge base knows of it."""
        return f"{self.passage}.metadata.json"

    def original(self, file_name: str) -> str:
        """Key of the file itself."""
        return f"originals/{self.tenant}/{self.sha256}/{file_name}"

    def quarantined(self, file_name: str) -> str:
        """Key in the quarantine bucket."""
        return f"{self.tenant}/{self.sha256}/{file_name}"

    def manifest(self, landing_version: str) -> str:
        """Key of what is known of one upload."""
        return f"manifests/{self.tenant}/{self.sha256}/{landing_version}.json"
