"""What a deployment may choose, one profile at a time, read from `context` in cdk.json."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, Literal, Self, get_args

from aws_cdk import RemovalPolicy
from pydantic import BaseModel, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from genai_defense.data.data_perimeter import DataPerimeter
from genai_defense.data.key_administrators import KeyAdministrators
from genai_defense.limits import least_tokens_per_day
from genai_defense.settings.application import ConcurrencySettings, QuotaSettings
from genai_defense.settings.baseline import BaselineSettings
from genai_defense.settings.evaluation import EvaluationSettings
from genai_defense.settings.guardrail import GuardrailPolicy
from genai_defense.settings.knowledge import KnowledgeSettings
from genai_defense.settings.management import ManagementSettings
from genai_defense.settings.model import ModelSettings
from genai_defense.settings.network import NetworkSettings
from genai_defense.settings.records import AlarmSettings, RetentionSettings
from genai_defense.settings.response import ResponsePolicy
from genai_defense.settings.section import Section
from genai_defense.settings.tools import ToolSettings
from genai_defense.settings.types import Host, Region
from genai_defense.settings.user_interface import DistributionSettings, SignInSettings, WebAclSettings

DEFAULT_PROFILE = "dev"
_REPORTED_VALUE_CHARS = 120


class SettingsError(ValueError):
    """A profile in cdk.json cannot be used; the text names the key, the value and what is allowed."""


class Settings(Section):
    """One profile.

    Attributes:
        region: Region of every stack.
        network: Addresses, zones, the way out.
        model: The approved model.
        guardrail: What the managed guardrail stops.
        quota: Requests and tokens per user and day.
        retention: Audit, conversations, logs.
        perimeter: The line around the buckets: this account or organization, and by choice its VPC endpoints.
        key_administrators: Who may change keys, and reads nothing that they protect.
        alarms: Thresholds and recipient.
        distribution: Name, certificate, countries, edges.
        sign_in: Roles, tenants, another identity provider.
        web_acl: The filter in front of every public entry.
        response: What follows from attacks, and how far a machine may go.
        tools: Whether there are tools, the refund limit, the wait for a human.
        baseline: Detectors, recorders and analyzers of the account: created, existing or off.
        management: What the organization's management account enforces; its own app deploys it.
        knowledge: Whether there are documents to answer from, and how they are kept.
        evaluation: The store of training and evaluation data, and what is evaluated.
        allowed_link_hosts: Hosts to which links and images in answers may point; empty allows none.
        api_gateway_account_role: `create` the Region's one API Gateway logging role, or use the `existing`
            one.
        concurrency: Concurrent executions of each function.
        deletable: True lets `cdk destroy` delete keys, tables and buckets. For development only.
    """

    region: Region
    network: NetworkSettings
    model: ModelSettings
    guardrail: GuardrailPolicy = GuardrailPolicy()
    quota: QuotaSettings
    retention: RetentionSettings
    perimeter: DataPerimeter = DataPerimeter()
    key_administrators: KeyAdministrators = KeyAdministrators()
    alarms: AlarmSettings
    distribution: DistributionSettings = DistributionSettings()
    sign_in: SignInSettings = SignInSettings()
    web_acl: WebAclSettings = WebAclSettings()
    response: ResponsePolicy = ResponsePolicy()
    tools: ToolSettings = ToolSettings()
    baseline: BaselineSettings = BaselineSettings()
    management: ManagementSettings = ManagementSettings()
    knowledge: KnowledgeSettings = KnowledgeSettings()
    evaluation: EvaluationSettings = EvaluationSettings()
    allowed_link_hosts: Annotated[tuple[Host, ...], Field(strict=False)] = ()
    api_gateway_account_role: Literal["create", "existing"] = "create"
    concurrency: ConcurrencySettings = ConcurrencySettings()
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
        if self.guardrail.tier == "STANDARD" and self.model.guardrail_profile_id is None:
            raise ValueError(
                'guardrail.tier "STANDARD" needs a cross-region profile, so model.guardrail_profile_id must '
                "be set"
            )
        few = 2
        tenants = len(self.sign_in.tenants)
        if tenants >= few > self.response.kill_switch_after_tenants and self.response.switches_per_day:
            raise ValueError(
                f"response.kill_switch_after_tenants: {self.response.kill_switch_after_tenants} would let "
                f"the users of one of {tenants} tenants stop the chatbot for all; give at least {few}, or "
                "response.switches_per_day 0 to leave it to people"
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
        if isinstance(name, str):  # a number is the place in a list of the section before it
            section = _section_in(section.model_fields[name].annotation) or section
    return section


def _section_in(annotation: object) -> type[BaseModel] | None:
    """The section in a field's type: itself, optional, or listed."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _section_in(inner))), None)
