"""What watches the account and what the organization enforces: the local run keeps it and acts on none."""

from collections.abc import Mapping

from genai_defense.local.provisioners_recorded import Recorded

RECORDED: Mapping[str, Recorded] = {
    "AWS::CE::AnomalyMonitor": Recorded(
        ref="arn:aws:ce::{account}:anomalymonitor/{hex}", attributes={"MonitorArn": "{ref}"}
    ),
    "AWS::CE::AnomalySubscription": Recorded(
        ref="arn:aws:ce::{account}:anomalysubscription/{hex}", attributes={"SubscriptionArn": "{ref}"}
    ),
    "AWS::Config::ConfigurationRecorder": Recorded(ref="{name}"),
    "AWS::Config::ConformancePack": Recorded(ref="{name}", name="ConformancePackName"),
    "AWS::Config::DeliveryChannel": Recorded(ref="{name}"),
    "AWS::IAM::ServiceLinkedRole": Recorded(ref="{name}", attributes={"RoleName": "{ref}"}),
    "AWS::Macie::AllowList": Recorded(
        ref="{hex}",
        attributes={"Id": "{ref}", "Arn": "arn:aws:macie2:{region}:{account}:allow-list/{ref}"},
    ),
    "AWS::Organizations::Policy": Recorded(
        ref="p-{hex:.10}",
        attributes={"Id": "{ref}", "Arn": "arn:aws:organizations::{account}:policy/o-local/{ref}"},
    ),
    "AWS::SecurityHub::Standard": Recorded(
        ref="arn:aws:securityhub:{region}:{account}:subscription/{hex}",
        attributes={"StandardsSubscriptionArn": "{ref}"},
    ),
}

PROVISIONERS = {kind: recorded.provisioner() for kind, recorded in RECORDED.items()}
