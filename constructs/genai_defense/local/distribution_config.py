"""What the deployed distribution says: which path goes to which origin, and what is added to the answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from genai_defense.local.deployment import Deployment
from genai_defense.local.errors import LocalRunError

_FIX = "Deploy the distribution's stack, or adapt genai_defense/local/distribution_config.py."


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where the distribution gets an answer.

    Attributes:
        bucket: Name of the bucket, if it is one.
        url: Address of the API's stage in the embedded AWS, if it is no bucket.
        headers: What the distribution adds to every request, such as the origin's proof.
    """

    bucket: str | None
    url: str | None
    headers: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class HeaderRules:
    """A response headers policy.

    Attributes:
        set: Header to value and whether it replaces the origin's.
        removed: Headers that the viewer does not get, in lower case.
    """

    set: Mapping[str, tuple[str, bool]]
    removed: frozenset[str]

    def apply(self, headers: Mapping[str, str]) -> dict[str, str]:
        """The headers of an answer as the viewer gets them."""
        present = {name.lower() for name in headers}
        replaced = {name.lower() for name, (_, override) in self.set.items() if override}
        kept = {name: value for name, value in headers.items() if name.lower() not in self.removed | replaced}
        added = {
            name: value
            for name, (value, override) in self.set.items()
            if override or name.lower() not in present
        }
        return {**kept, **added}


@dataclass(frozen=True, kw_only=True)
class Behavior:
    """What happens with the requests of a path pattern.

    Attributes:
        pattern: Path pattern; `*` is the default behavior.
        origin: Where they go.
        methods: Methods that are let through.
        headers: What the answers carry.
    """

    pattern: str
    origin: Origin
    methods: frozenset[str]
    headers: HeaderRules


@dataclass(frozen=True, kw_only=True)
class DistributionConfig:
    """The distribution as it was deployed.

    Attributes:
        behaviors: In the order in which they are tried; the last one matches every path.
        root: What `/` stands for.
    """

    behaviors: tuple[Behavior, ...]
    root: str

    def behavior(self, path: str) -> Behavior:
        """The behavior of a path."""
        return next(entry for entry in self.behaviors if fnmatchcase(path, entry.pattern))


def read_distribution(deployment: Deployment) -> DistributionConfig:
    """Read the one distribution from the embedded AWS, with every reference resolved as CloudFormation did.

    Raises:
        LocalRunError: There is none, or more than one.
    """
    cloudfront = deployment.client("cloudfront")
    listed = cloudfront.list_distributions()["DistributionList"].get("Items", [])
    if len(listed) != 1:
        raise LocalRunError(f"The embedded AWS has {len(listed)} distributions; one is expected.", _FIX)
    config = cloudfront.get_distribution_config(Id=listed[0]["Id"])["DistributionConfig"]
    origins = {item["Id"]: _origin(item, deployment) for item in config["Origins"]["Items"]}
    patterns = [(item["PathPattern"], item) for item in config.get("CacheBehaviors", {}).get("Items", [])]
    behaviors = [
        Behavior(
            pattern=pattern,
            origin=origins[item["TargetOriginId"]],
            methods=frozenset(item["AllowedMethods"]["Items"]),
            headers=_header_rules(cloudfront, item.get("ResponseHeadersPolicyId")),
        )
        for pattern, item in [*patterns, ("*", config["DefaultCacheBehavior"])]
    ]
    return DistributionConfig(behaviors=tuple(behaviors), root=config.get("DefaultRootObject", ""))


def _origin(item: Mapping[str, Any], deployment: Deployment) -> Origin:
    host: str = item["DomainName"]
    headers = {
        header["HeaderName"]: header["HeaderValue"]
        for header in item.get("CustomHeaders", {}).get("Items", [])
    }
    first, _, rest = host.partition(".")
    if rest.startswith("s3."):
        return Origin(bucket=first, url=None, headers=headers)
    if rest.startswith("execute-api."):
        path = str(item.get("OriginPath", "")).strip("/")
        return Origin(
            bucket=None, url=f"{deployment.endpoint.url}/_aws/execute-api/{first}/{path}", headers=headers
        )
    raise LocalRunError(f"The distribution has an origin {host}: neither a bucket nor an API.", _FIX)


def _header_rules(cloudfront: Any, policy_id: str | None) -> HeaderRules:
    if not policy_id:
        return HeaderRules(set={}, removed=frozenset())
    config = cloudfront.get_response_headers_policy(Id=policy_id)["ResponseHeadersPolicy"][
        "ResponseHeadersPolicyConfig"
    ]
    if "CorsConfig" in config:
        raise LocalRunError("The distribution's headers open CORS; page and API are one origin.", _FIX)
    custom = {
        item["Header"]: (item["Value"], bool(item["Override"]))
        for item in config.get("CustomHeadersConfig", {}).get("Items", [])
    }
    removed = {item["Header"].lower() for item in config.get("RemoveHeadersConfig", {}).get("Items", [])}
    return HeaderRules(
        set={**custom, **_security_headers(config.get("SecurityHeadersConfig", {}))},
        removed=frozenset(removed),
    )


def _security_headers(config: Mapping[str, Any]) -> dict[str, tuple[str, bool]]:
    values = {
        "ContentSecurityPolicy": ("Content-Security-Policy", "ContentSecurityPolicy"),
        "FrameOptions": ("X-Frame-Options", "FrameOption"),
        "ReferrerPolicy": ("Referrer-Policy", "ReferrerPolicy"),
    }
    found = {
        header: (str(config[section][key]), bool(config[section]["Override"]))
        for section, (header, key) in values.items()
        if section in config
    }
    if options := config.get("ContentTypeOptions"):
        found["X-Content-Type-Options"] = ("nosniff", bool(options["Override"]))
    if transport := config.get("StrictTransportSecurity"):
        parts = [f"max-age={transport['AccessControlMaxAgeSec']}"]
        parts += ["includeSubDomains"] if transport.get("IncludeSubdomains") else []
        parts += ["preload"] if transport.get("Preload") else []
        found["Strict-Transport-Security"] = ("; ".join(parts), bool(transport["Override"]))
    return found
