"""S3 buckets: encryption, public access, versions, locks, logs, lifetimes."""

from collections.abc import Iterator

from genai_defense.mutation.factories import CONVENTIONAL, at_most, changed, dropped
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import is_set, places
from genai_defense.mutation.shapes import is_object

_BUCKET = "AWS::S3::Bucket"
_PUBLIC = "PublicAccessBlockConfiguration"
_BY_DEFAULT = "BucketEncryption.ServerSideEncryptionConfiguration.*.ServerSideEncryptionByDefault"


def _is_of_s3(raw: object) -> bool:
    algorithms = [
        place.value
        for place in places(
            raw, "ServerSideEncryptionConfiguration.*.ServerSideEncryptionByDefault.SSEAlgorithm"
        )
    ]
    return bool(algorithms) and all(value == "AES256" for value in algorithms)


ENCRYPTION = dropped(
    "bucket-encryption-removed",
    CONVENTIONAL,
    _BUCKET,
    "BucketEncryption",
    "S3 encrypts it with a key of its own.",
    # With AES256 it does so anyway, and without this property as well.
    when=lambda raw: is_set(raw) and not _is_of_s3(raw),
)
KEY = changed(
    "bucket-key-removed",
    CONVENTIONAL,
    _BUCKET,
    _BY_DEFAULT,
    {"SSEAlgorithm": "AES256"},
    "S3 encrypts it with a key of its own.",
)
AWS_KEY = dropped(
    "bucket-key-of-aws", CONVENTIONAL, _BUCKET, f"{_BY_DEFAULT}.KMSMasterKeyID", "AWS manages its key."
)
PUBLIC = dropped(
    "bucket-public-access-unblocked",
    CONVENTIONAL,
    _BUCKET,
    _PUBLIC,
    "No setting of the bucket blocks public access.",
)
PUBLIC_ONE = tuple(
    changed(
        f"bucket-{name.lower()}-off",
        CONVENTIONAL,
        _BUCKET,
        f"{_PUBLIC}.{name}",
        value=False,
        sentence=f"{name} is off.",
    )
    for name in ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
)
BLOCK_ACLS, BLOCK_POLICY, IGNORE_ACLS, RESTRICT = PUBLIC_ONE
VERSIONS = changed(
    "bucket-versions-suspended",
    CONVENTIONAL,
    _BUCKET,
    "VersioningConfiguration.Status",
    "Suspended",
    "What is overwritten is lost.",
)
LOGS = dropped("bucket-logs-removed", CONVENTIONAL, _BUCKET, "LoggingConfiguration", "Access is not logged.")
RETENTION = dropped(
    "bucket-retention-removed",
    CONVENTIONAL,
    _BUCKET,
    "ObjectLockConfiguration.Rule",
    "Nothing is locked unless the writer asks for it.",
)
LOCK_MODE = changed(
    "bucket-lock-governance",
    CONVENTIONAL,
    _BUCKET,
    "ObjectLockConfiguration.Rule.DefaultRetention.Mode",
    "GOVERNANCE",
    "Who has the permission deletes what is locked.",
)
LOCK_DAYS = changed(
    "bucket-lock-one-day",
    CONVENTIONAL,
    _BUCKET,
    "ObjectLockConfiguration.Rule.DefaultRetention.Days",
    at_most(1),
    "What is written is locked for a day.",
)
CORS = changed(
    "bucket-cors-anybody",
    CONVENTIONAL,
    _BUCKET,
    "CorsConfiguration.CorsRules.*.AllowedOrigins",
    ["*"],
    "Any page may read.",
)
OWNERSHIP = changed(
    "bucket-object-writer",
    CONVENTIONAL,
    _BUCKET,
    "OwnershipControls.Rules.*.ObjectOwnership",
    "ObjectWriter",
    "Who writes an object decides who reads it.",
)
EXPIRY = dropped(
    "bucket-expiry-removed",
    CONVENTIONAL,
    _BUCKET,
    "LifecycleConfiguration.Rules.*",
    "The lifecycle rule {} is gone: its objects are kept for ever.",
    when=lambda rule: is_object(rule) and bool({"ExpirationInDays", "Expiration"} & rule.keys()),
)


@operator(id="bucket-lock-removed", mutant_class=CONVENTIONAL, resource_types=(_BUCKET,))
def lock(site: Site) -> Iterator[Weakening]:
    """Object Lock goes with what depends on it."""
    names = [name for name in ("ObjectLockEnabled", "ObjectLockConfiguration") if is_set(site.get(name))]
    if names:
        yield site.weakening("Objects can be deleted at once.", *(site.edit((name,)) for name in names))


@operator(id="bucket-readable-by-everybody", mutant_class=CONVENTIONAL, resource_types=(_BUCKET,))
def readable(site: Site) -> Iterator[Weakening]:
    """A public list of access, with the settings that would ignore it off."""
    blocked = [(_PUBLIC,)] if is_set(site.get(_PUBLIC)) else []
    yield site.weakening(
        "Everybody reads it.",
        site.edit(("AccessControl",), "PublicRead"),
        *(site.edit(path) for path in blocked),
        site.edit(("OwnershipControls",), {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}),
    )
