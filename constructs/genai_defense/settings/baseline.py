"""What watches the whole account, and who takes care of it."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from genai_defense.organization.singleton import Singleton
from genai_defense.settings.section import Section

_Choice = Annotated[Singleton, Field(strict=False)]


class BaselineSettings(Section):
    """What watches the whole account.

    `create` makes it and fails where there is one, `existing` relies on somebody else's, `off` does without.
    An account that is in use has most of it, so that `existing` is the default.

    Attributes:
        trail: CloudTrail; a Region takes five trails, so that another one does no harm.
        threat_detection: GuardDuty's detector, one a Region.
        finding_hub: Security Hub, one a Region.
        resource_recorder: AWS Config's recorder and delivery channel, one a Region; with it, or with an
            existing one, comes the kit's conformance pack.
        config_service_role: The account's service-linked role for Config, for a recorder that is created.
        external_access_analyzer: IAM Access Analyzer for access from outside, one a Region.
        unused_access_analyzer: The same for what nobody uses, billed by roles and users.
        sensitive_data: Macie's session, one a Region; with it, or with an existing one, the document buckets
            are looked through each week, billed by the amount of data.
        macie_decrypts: True lets Macie use the key of the documents, without which it reads none. Its role is
            there once Macie is on, so set it with the second deployment; with an `existing` session it is so.
        allowed_pattern: Regular expression of what Macie is not to report, such as order numbers.
        spend_monitor: The account's cost anomaly monitor for services.
        spend_monitor_arn: Its ARN, when it is an `existing` one whose anomalies are to be sent.
        bedrock_budget: US dollars a month for Bedrock; what is spent or forecast above calls people.
        bedrock_services: Names under which the bill has it: models of other providers have their own.
        anomaly_impact: US dollars above the expected that call people.
    """

    trail: _Choice = Singleton.CREATE
    threat_detection: _Choice = Singleton.EXISTING
    finding_hub: _Choice = Singleton.EXISTING
    resource_recorder: _Choice = Singleton.EXISTING
    config_service_role: _Choice = Singleton.EXISTING
    external_access_analyzer: _Choice = Singleton.EXISTING
    unused_access_analyzer: _Choice = Singleton.EXISTING
    sensitive_data: _Choice = Singleton.EXISTING
    macie_decrypts: bool = False
    allowed_pattern: Annotated[str, StringConstraints(min_length=1, max_length=512)] | None = None
    spend_monitor: _Choice = Singleton.EXISTING
    spend_monitor_arn: (
        Annotated[str, StringConstraints(pattern=r"^arn:[a-z-]+:ce::\d{12}:anomalymonitor/\S+$")] | None
    ) = None
    bedrock_budget: Annotated[int, Field(ge=1)] = 500
    bedrock_services: Annotated[
        tuple[Annotated[str, StringConstraints(min_length=1, max_length=200)], ...],
        Field(strict=False, min_length=1),
    ] = ("Amazon Bedrock",)
    anomaly_impact: Annotated[int, Field(ge=1)] = 50

    @property
    def not_created(self) -> dict[str, Singleton]:
        """What this deployment relies on or does without."""
        choices = {name: getattr(self, name) for name in type(self).model_fields}
        return {
            name: value
            for name, value in choices.items()
            if isinstance(value, Singleton) and value is not Singleton.CREATE
        }

    @model_validator(mode="after")
    def _choices_agree(self) -> Self:
        if self.spend_monitor_arn and self.spend_monitor is not Singleton.EXISTING:
            raise ValueError('spend_monitor_arn names an existing monitor: set spend_monitor to "existing"')
        if self.config_service_role is Singleton.OFF and self.resource_recorder is Singleton.CREATE:
            raise ValueError(
                "resource_recorder is created and works with the account's service-linked role, so "
                'config_service_role must be "create" or "existing"'
            )
        return self
