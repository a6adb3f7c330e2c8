"""Aurora and RDS, OpenSearch domains, ElastiCache, EFS, Redshift."""

from genai_defense.mutation.factories import CONVENTIONAL, at_most, changed, dropped

_RDS = ("AWS::RDS::DBCluster", "AWS::RDS::DBInstance")
_ALL = (*_RDS, "AWS::DocDB::DBCluster", "AWS::Neptune::DBCluster")
_DOMAIN = "AWS::OpenSearchService::Domain"
_CACHE = ("AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::ServerlessCache")
_FILES = "AWS::EFS::FileSystem"


STORAGE = changed(
    "database-plain",
    CONVENTIONAL,
    _ALL,
    "StorageEncrypted",
    value=False,
    sentence="The database lies unencrypted.",
)
KEY = dropped(
    "database-key-removed",
    CONVENTIONAL,
    _ALL,
    "KmsKeyId",
    "AWS manages its key.",
)
PUBLIC = changed(
    "database-public",
    CONVENTIONAL,
    _RDS,
    "PubliclyAccessible",
    value=True,
    sentence="The database has a public address.",
)
PROTECTION = changed(
    "database-deletable",
    CONVENTIONAL,
    _ALL,
    "DeletionProtection",
    value=False,
    sentence="One call deletes it.",
)
BACKUP = changed(
    "database-backup-short",
    CONVENTIONAL,
    _RDS,
    "BackupRetentionPeriod",
    at_most(1),
    "Backups are kept for a day.",
)
TOKENS = changed(
    "database-passwords-only",
    CONVENTIONAL,
    _RDS,
    "EnableIAMDatabaseAuthentication",
    value=False,
    sentence="Only passwords open it.",
)
LOGS = dropped(
    "database-logs-removed",
    CONVENTIONAL,
    _RDS,
    "EnableCloudwatchLogsExports",
    "What is done there is not logged.",
)
UPGRADES = changed(
    "database-not-patched",
    CONVENTIONAL,
    "AWS::RDS::DBInstance",
    "AutoMinorVersionUpgrade",
    value=False,
    sentence="Nobody installs fixes.",
)
AT_REST = changed(
    "search-plain",
    CONVENTIONAL,
    _DOMAIN,
    "EncryptionAtRestOptions.Enabled",
    value=False,
    sentence="It lies unencrypted.",
)
BETWEEN = changed(
    "search-nodes-plain",
    CONVENTIONAL,
    _DOMAIN,
    "NodeToNodeEncryptionOptions.Enabled",
    value=False,
    sentence="Its nodes talk in the clear.",
)
HTTPS = changed(
    "search-http",
    CONVENTIONAL,
    _DOMAIN,
    "DomainEndpointOptions.EnforceHTTPS",
    value=False,
    sentence="It answers on HTTP.",
)
TLS = changed(
    "search-old-tls",
    CONVENTIONAL,
    _DOMAIN,
    "DomainEndpointOptions.TLSSecurityPolicy",
    "Policy-Min-TLS-1-0-2019-07",
    "It takes TLS 1.0.",
)
USERS = changed(
    "search-without-users",
    CONVENTIONAL,
    _DOMAIN,
    "AdvancedSecurityOptions.Enabled",
    value=False,
    sentence="It does not know its users.",
)
NETWORK = dropped("search-public", CONVENTIONAL, _DOMAIN, "VPCOptions", "It has a public address.")
SEARCH_KEY = dropped(
    "search-key-removed", CONVENTIONAL, _DOMAIN, "EncryptionAtRestOptions.KmsKeyId", "AWS manages its key."
)
SEARCH_LOGS = dropped(
    "search-logs-removed", CONVENTIONAL, _DOMAIN, "LogPublishingOptions", "It writes no logs."
)
TRANSIT = changed(
    "cache-transit-plain",
    CONVENTIONAL,
    _CACHE[0],
    "TransitEncryptionEnabled",
    value=False,
    sentence="It talks in the clear.",
)
CACHE_REST = changed(
    "cache-plain",
    CONVENTIONAL,
    _CACHE[0],
    "AtRestEncryptionEnabled",
    value=False,
    sentence="It lies unencrypted.",
)
CACHE_TOKEN = dropped("cache-without-token", CONVENTIONAL, _CACHE[0], "AuthToken", "No password opens it.")
CACHE_USERS = dropped("cache-without-users", CONVENTIONAL, _CACHE[0], "UserGroupIds", "It knows no users.")
CACHE_KEY = dropped("cache-key-removed", CONVENTIONAL, _CACHE, "KmsKeyId", "AWS manages its key.")
FILES = changed(
    "files-plain", CONVENTIONAL, _FILES, "Encrypted", value=False, sentence="They lie unencrypted."
)
FILES_KEY = dropped("files-key-removed", CONVENTIONAL, _FILES, "KmsKeyId", "AWS manages its key.")
FILES_BACKUP = changed(
    "files-without-backup", CONVENTIONAL, _FILES, "BackupPolicy.Status", "DISABLED", "Nothing is backed up."
)
