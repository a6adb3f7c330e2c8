"""Knowledge bases, their data sources, and Kendra: keys, what is read, what is kept."""

from genai_defense.mutation.factories import GENAI, changed, dropped

_SOURCE = "AWS::Bedrock::DataSource"
_CRAWLER = "DataSourceConfiguration.WebConfiguration.CrawlerConfiguration"

SOURCE_KEY = dropped(
    "data-source-key-removed",
    GENAI,
    _SOURCE,
    "ServerSideEncryptionConfiguration",
    "What is ingested lies encrypted with no key of ours.",
)
DELETION = changed(
    "data-source-keeps-vectors",
    GENAI,
    _SOURCE,
    "DataDeletionPolicy",
    "RETAIN",
    "Passages outlive their source.",
    unset=True,
)
PREFIXES = dropped(
    "data-source-prefixes-removed",
    GENAI,
    _SOURCE,
    "DataSourceConfiguration.S3Configuration.InclusionPrefixes",
    "Everything in the bucket is ingested.",
)
OWNER = dropped(
    "data-source-owner-removed",
    GENAI,
    _SOURCE,
    "DataSourceConfiguration.S3Configuration.BucketOwnerAccountId",
    "A bucket of that name is read, whoever owns it.",
)
# Without a scope the crawler stays below the path that it starts on, which is the narrowest.
SCOPE = changed(
    "data-source-crawls-wider",
    GENAI,
    _SOURCE,
    f"{_CRAWLER}.Scope",
    "SUBDOMAINS",
    "The crawler leaves the host that it starts on.",
)
INCLUSION = dropped(
    "data-source-crawls-all", GENAI, _SOURCE, f"{_CRAWLER}.InclusionFilters", "The crawler takes every page."
)
LIMITS = dropped(
    "data-source-crawls-unbounded", GENAI, _SOURCE, f"{_CRAWLER}.CrawlerLimits", "Nothing bounds the crawler."
)
KENDRA_KEY = dropped(
    "kendra-key-removed",
    GENAI,
    "AWS::Kendra::Index",
    "ServerSideEncryptionConfiguration",
    "The index is not encrypted with a key of ours.",
)
KENDRA_USERS = changed(
    "kendra-users-ignored",
    GENAI,
    "AWS::Kendra::Index",
    "UserContextPolicy",
    "ATTRIBUTE_FILTER",
    "Answers do not depend on who asks.",
)
KENDRA_TOKENS = dropped(
    "kendra-tokens-removed",
    GENAI,
    "AWS::Kendra::Index",
    "UserTokenConfigurations",
    "No token tells who asks.",
)
