"""What a deployment may choose, one profile at a time, read from `context` in cdk.json."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, Literal, Self

from aws_cdk import RemovalPolicy
from aws_cdk import aws_logs as logs
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from genai_defense.limits import least_tokens_per_day
from genai_defense.setting_types import LOG_RETENTION, Host, HttpsUrl, LogDays, Region, VpcCidr, check_host

DEFAULT_PROFILE = "dev"
_REPORTED_VALUE_CHARS = 120


class SettingsError(ValueError):
    """A profile in cdk.json cannot be used; the text names the key, the value and what is allowed."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class NetworkSettings(_Section):
    """Where the chatbot runs and what it may reach.

    Attributes:
        cidr: Private IPv4 network of the VPC, /16 to /22.
        availability_zones: Names of two or three zones, for example `us-east-1a`. Named, not looked up:
            synth is pure.
        egress: `none`: no route out exists. `inspected`: one way out, through AWS Network Firewall.
        gateway_prefix_lists: Ids of AWS's prefix lists for S3 and DynamoDB in the Region (`aws ec2
            describe-managed-prefix-lists`); given, the functions' security groups open to these alone.
        allowed_domains: Hosts that `inspected` egress lets through (exact; a leading `*.` admits subdomains).
    """

    cidr: VpcCidr
    availability_zones: Annotated[tuple[str, ...], Field(min_length=2, max_length=3, strict=False)]
    egress: Literal["none", "inspected"] = "none"
    gateway_prefix_lists: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=r"^pl-[0-9a-f]{8,17}$")], ...],
        Field(strict=False),
    ] = ()
    allowed_domains: Annotated[tuple[str, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _domains_and_mode_agree(self) -> Self:
        for domain in self.allowed_domains:
            try:
                check_host(domain.removeprefix("*."))
            except ValueError as error:
                raise ValueError(
                    f"allowed_domains: {domain!r} {error}, or *.example.com for its subdomains"
                ) from None
        if (self.egress == "inspected") != bool(self.allowed_domains):
            raise ValueError(
                'allowed_domains and egress belong together: "inspected" needs a domain, "none" takes none',
            )
        return self


class ModelSettings(_Section):
    """The one model that the chatbot may invoke.

    Attributes:
        model_id: Bedrock foundation model, for example `amazon.nova-pro-v1:0`.
        inference_profile_id: Cross-region inference profile through which it is called; unset calls the
            model directly.
        inference_regions: Every Region to which the profile may send a request, the deployment's own
            included.
        guardrail_profile_id: Guardrail profile that the STANDARD tier of Bedrock Guardrails needs.
        max_output_tokens: Longest answer, 1 to 8192 tokens.
    """

    model_id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.[a-zA-Z0-9.:-]+$")]
    inference_profile_id: (
        Annotated[str, StringConstraints(pattern=r"^(us|eu|apac|us-gov|jp|au)\.[a-z0-9-]+\.[a-zA-Z0-9.:-]+$")]
        | None
    ) = None
    inference_regions: Annotated[tuple[Region, ...], Field(min_length=1, strict=False)]
    guardrail_profile_id: Annotated[str, StringConstraints(pattern=r"^[a-z-]+\.guardrail\.v\d+:\d+$")]
    max_output_tokens: Annotated[int, Field(ge=1, le=8192)] = 1024


class QuotaSettings(_Section):
    """What one user may spend in a day (UTC).

    Attributes:
        requests_per_day: 1 to 100,000 requests.
        tokens_per_day: 1,000 to 100,000,000 tokens, input and output together.
    """

    requests_per_day: Annotated[int, Field(ge=1, le=100_000)]
    tokens_per_day: Annotated[int, Field(ge=1_000, le=100_000_000)]


class RetentionSettings(_Section):
    """How long things are kept.

    Attributes:
        audit_days: Object Lock on audit records and trail, 1 to 3,650 days.
        audit_lock: `governance` (a privileged role may lift it) or `compliance` (nobody can, root included).
        conversation_days: Conversations expire after 1 to 365 days.
        log_days: CloudWatch Logs retention: 1, 3, 7, 14, 30, 60, 90, 180, 365, 731, 1096, 1827 or 3653 days.
    """

    audit_days: Annotated[int, Field(ge=1, le=3650)]
    audit_lock: Literal["governance", "compliance"]
    conversation_days: Annotated[int, Field(ge=1, le=365)]
    log_days: LogDays

    @property
    def log_retention(self) -> logs.RetentionDays:
        """`log_days` as the CDK names it."""
        return LOG_RETENTION[self.log_days]


class AlarmSettings(_Section):
    """When people are called.

    Attributes:
        email: Address that is subscribed to the alarm topic; unset subscribes nobody.
        refused_per_five_minutes: Refused requests in five minutes that count as an attack.
        tokens_per_hour: Tokens spent by all users in an hour that call somebody.
    """

    email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] | None = None
    refused_per_five_minutes: Annotated[int, Field(ge=1)]
    tokens_per_hour: Annotated[int, Field(ge=1)]


class Settings(_Section):
    """One profile.

    Attributes:
        region: Region of every stack.
        network: Addresses, zones, the way out.
        model: The approved model.
        quota: Requests and tokens per user and day.
        retention: Audit, conversations, logs.
        alarms: Thresholds and recipient.
        sign_in_callback_urls: Where Cognito may send a user back to; https only.
        allowed_link_hosts: Hosts to which links and images in answers may point; empty allows none.
        api_gateway_account_role: `create` the Region's one API Gateway logging role, or use the `existing`
            one.
        reserved_concurrency: Concurrent executions reserved for each of the two functions, at least 1. An
            account keeps at least 100 unreserved, so its limit must be 140 or more with the default of 20.
        deletable: True lets `cdk destroy` delete keys, tables and buckets. For development only.
    """

    region: Region
    network: NetworkSettings
    model: ModelSettings
    quota: QuotaSettings
    retention: RetentionSettings
    alarms: AlarmSettings
    sign_in_callback_urls: Annotated[tuple[HttpsUrl, ...], Field(min_length=1, strict=False)]
    allowed_link_hosts: Annotated[tuple[Host, ...], Field(strict=False)] = ()
    api_gateway_account_role: Literal["create", "existing"] = "create"
    reserved_concurrency: Annotated[int, Field(ge=1, le=1000)] = 20
    deletable: bool = False

    @property
    def removal_policy(self) -> RemovalPolicy:
        """What `cdk destroy` does to keys, tables and buckets."""
        return RemovalPolicy.DESTROY if self.deletable else RemovalPolicy.RETAIN

    @model_validator(mode="after")
    def _sections_agree(self) -> Self:
        for zone in self.network.availability_zones:
            if not re.fullmatch(re.escape(self.region) + "[a-z]", zone):
                raise ValueError(
                    f"network.availability_zones: {zone!r} is not a zone of region {self.region!r}"
                )
        least = least_tokens_per_day(self.model.max_output_tokens)
        if self.quota.tokens_per_day < least:
            raise ValueError(
                f"quota.tokens_per_day: {self.quota.tokens_per_day} would not let one long message through; "
                f"model.max_output_tokens {self.model.max_output_tokens} needs at least {least}",
            )
        if self.region not in self.model.inference_regions:
            raise ValueError(
                f"model.inference_regions must include the deployment's own region {self.region!r}"
            )
        if len(self.model.inference_regions) > 1 and self.model.inference_profile_id is None:
            raise ValueError(
                "model.inference_regions names several Regions, so model.inference_profile_id must be set"
            )
        if self.deletable and self.retention.audit_lock == "compliance":
            raise ValueError(
                'deletable must be false with retention.audit_lock "compliance": nobody can delete those'
            )
        return self


def load_settings(profiles: object, profile: object = None) -> Settings:
    """Validate the chosen profile.

    Args:
        profiles: What cdk.json holds under `context.profiles`: profile name to settings.
        profile: What `-c profile=` gave; unset means `dev`.

    Raises:
        SettingsError: With one readable line per fault: the key, the value, what is allowed.
    """
    name = DEFAULT_PROFILE if profile is None else profile
    if not isinstance(profiles, Mapping) or not profiles:
        raise SettingsError('cdk.json has no profiles: add "context": {"profiles": {"dev": {…}}}')
    if name not in profiles:
        known = ", ".join(sorted(map(str, profiles)))  # pyright: ignore[reportUnknownArgumentType] - JSON from outside
        raise SettingsError(
            f"unknown profile {name!r}: cdk.json defines {known}. Choose one with -c profile=NAME"
        )
    try:
        return Settings.model_validate(profiles[name])
    except ValidationError as error:
        lines = [_explain(fault) for fault in error.errors()]
        raise SettingsError("\n".join([f"profile {name!r} in cdk.json cannot be used:", *lines])) from None


def _explain(fault: ErrorDetails) -> str:
    location, given = fault["loc"], fault["input"]
    text = fault["msg"].removeprefix("Value error, ").removeprefix("Input ")
    if not location:
        return f"  {text}"
    if fault["type"] == "extra_forbidden":
        known = sorted(_section_at(location[:-1]).model_fields)
        near = get_close_matches(str(location[-1]), known, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        text = f"is no setting (extra keys are not permitted); {hint}Allowed: {', '.join(known)}"
    if fault["type"] == "missing":
        text = "is missing. Field required: add it; docs/settings.md says what it means"
    key = ".".join(map(str, location))
    if isinstance(given, Mapping):
        return f"  {key}: {text}"
    shown = repr(given)
    if len(shown) > _REPORTED_VALUE_CHARS:
        shown = shown[:_REPORTED_VALUE_CHARS] + "…"
    return f"  {key}: {shown}: {text}"


def _section_at(location: tuple[int | str, ...]) -> type[BaseModel]:
    section: type[BaseModel] = Settings
    for name in location:
        annotation = section.model_fields[str(name)].annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            section = annotation
    return section
