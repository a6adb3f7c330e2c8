"""Stores of vectors: S3 Vectors, OpenSearch Serverless."""

from collections.abc import Iterator

from genai_defense.mutation.edit import REMOVED
from genai_defense.mutation.factories import GENAI, changed, dropped
from genai_defense.mutation.json_texts import opened
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.policies import entries
from genai_defense.mutation.shapes import is_array, is_object

_S3 = ("AWS::S3Vectors::VectorBucket", "AWS::S3Vectors::Index")
_SECURITY = "AWS::OpenSearchServerless::SecurityPolicy"
_ACCESS = "AWS::OpenSearchServerless::AccessPolicy"

ENCRYPTION = dropped(
    "vectors-key-removed",
    GENAI,
    _S3,
    "EncryptionConfiguration",
    "S3 encrypts the vectors with a key of its own.",
)
ALGORITHM = changed(
    "vectors-key-of-s3",
    GENAI,
    _S3,
    "EncryptionConfiguration",
    {"SseType": "AES256"},
    "S3 encrypts the vectors with a key of its own.",
)


@operator(id="collection-network-public", mutant_class=GENAI, resource_types=(_SECURITY,))
def network(site: Site) -> Iterator[Weakening]:
    """Each rule of a network policy is open to the internet."""
    document = opened(site, ("Policy",))
    if document is None or site.get("Type") != "network" or not is_array(document.body):
        return
    for index, entry in enumerate(document.body):
        if is_object(entry) and entry.get("AllowFromPublic") is not True:
            changes = [((index, "AllowFromPublic"), True)]
            gone = [((index, name), REMOVED) for name in ("SourceVPCEs", "SourceServices") if name in entry]
            yield Weakening("The collection is reached from the internet.", document.edit(*changes, *gone))


@operator(id="collection-key-removed", mutant_class=GENAI, resource_types=(_SECURITY,))
def key(site: Site) -> Iterator[Weakening]:
    """An encryption policy names no key of ours."""
    document = opened(site, ("Policy",))
    if document is None or site.get("Type") != "encryption" or not is_object(document.body):
        return
    if document.body.get("AWSOwnedKey") is not True:
        gone = [(("KmsARN",), REMOVED)] if "KmsARN" in document.body else []
        yield Weakening(
            "The collection is not encrypted with a key of ours.",
            document.edit((("AWSOwnedKey",), True), *gone),
        )


@operator(id="collection-access-wide", mutant_class=GENAI, resource_types=(_ACCESS,))
def access(site: Site) -> Iterator[Weakening]:
    """Each rule of an access policy: every permission, every index; and the account as its principal."""
    document = opened(site, ("Policy",))
    if document is None or not is_array(document.body):
        return
    for index, entry in enumerate(document.body):
        if not is_object(entry):
            continue
        for number, rule in enumerate(entries(entry.get("Rules"))):
            if is_object(rule) and entries(rule.get("Permission")) != ["aoss:*"]:
                yield Weakening(
                    "Every permission is given.",
                    document.edit(((index, "Rules", number, "Permission"), ["aoss:*"])),
                )
            if is_object(rule) and any("/*" not in str(name) for name in entries(rule.get("Resource"))):
                kind = rule.get("ResourceType")
                everything = ["index/*/*"] if kind == "index" else ["collection/*"]
                yield Weakening(
                    "It holds for everything.",
                    document.edit(((index, "Rules", number, "Resource"), everything)),
                )
        added = [*entries(entry.get("Principal")), "arn:aws:iam::999988887777:root"]
        yield Weakening("A foreign account reads and writes.", document.edit(((index, "Principal"), added)))
