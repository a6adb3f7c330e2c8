"""Names are the contract with the buckets' policies, the knowledge base and the chat."""

from __future__ import annotations

from document_records import EVERY_TENANT, TENANT, DocumentId


def test_names_of_a_document() -> None:
    sha256 = "a" * 64
    document = DocumentId("acme", sha256)
    assert document.row == f"acme#{sha256}"
    assert document.passage == f"passages/acme/{sha256}.txt"
    assert document.metadata == f"passages/acme/{sha256}.txt.metadata.json"
    assert document.original("a.pdf") == f"originals/acme/{sha256}/a.pdf"
    assert document.quarantined("a.pdf") == f"acme/{sha256}/a.pdf"
    assert document.manifest("v1") == f"manifests/acme/{sha256}/v1.json"
    assert document.for_every_tenant.row == f"*#{sha256}"


def test_every_tenant_is_nobodys_name() -> None:
    assert TENANT.fullmatch(EVERY_TENANT) is None
