"""CloudTrail, CloudWatch, Budgets and Backup resource types, held by the emulator's own services."""

from genai_defense.local.provisioner import (
    Props,
    Provisioner,
    Result,
    account_and_region,
    physical_name,
    picked,
    typed,
)
from genai_defense.local.service_call import client

_TRAIL = (
    "S3BucketName", "S3KeyPrefix", "IncludeGlobalServiceEvents", "IsMultiRegionTrail",
    "EnableLogFileValidation", "CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn", "IsOrganizationTrail",
)  # fmt: skip
_COMPOSITE = (
    "AlarmRule", "ActionsEnabled", "AlarmActions", "OKActions", "InsufficientDataActions", "AlarmDescription",
)  # fmt: skip


def _create_trail(logical_id: str, props: Props, stack_name: str) -> Result:
    name = props.get("TrailName") or physical_name(stack_name, logical_id)
    wanted = typed(picked(props, *_TRAIL))
    if props.get("KMSKeyId"):
        wanted["KmsKeyId"] = props["KMSKeyId"]
    trail = client("cloudtrail")
    arn = trail.create_trail(Name=name, **wanted)["TrailARN"]
    selectors = typed(picked(props, "EventSelectors", "AdvancedEventSelectors"))
    if selectors:
        trail.put_event_selectors(TrailName=name, **selectors)
    if typed(props.get("IsLogging", False)):
        trail.start_logging(Name=name)
    return name, {"Arn": arn, "SnsTopicArn": ""}


def _create_composite(logical_id: str, props: Props, stack_name: str) -> Result:
    account, region = account_and_region()
    name = props.get("AlarmName") or physical_name(stack_name, logical_id)
    client("cloudwatch").put_composite_alarm(AlarmName=name, **typed(picked(props, *_COMPOSITE)))
    return name, {"Arn": f"arn:aws:cloudwatch:{region}:{account}:alarm:{name}"}


def _create_budget(logical_id: str, props: Props, stack_name: str) -> Result:
    account, _ = account_and_region()
    budget = typed(dict(props["Budget"]))
    budget.setdefault("BudgetName", physical_name(stack_name, logical_id))
    if limit := budget.get("BudgetLimit"):
        budget["BudgetLimit"] = {"Amount": str(limit["Amount"]), "Unit": limit["Unit"]}
    notices = typed(props.get("NotificationsWithSubscribers", []))
    client("budgets").create_budget(AccountId=account, Budget=budget, NotificationsWithSubscribers=notices)
    return budget["BudgetName"], {}


def _delete_budget(physical_id: str, _props: Props) -> None:
    client("budgets").delete_budget(AccountId=account_and_region()[0], BudgetName=physical_id)


def _create_selection(_logical_id: str, props: Props, _stack_name: str) -> Result:
    plan = props["BackupPlanId"]
    answer = client("backup").create_backup_selection(
        BackupPlanId=plan, BackupSelection=typed(props["BackupSelection"])
    )
    return f"{answer['SelectionId']}_{plan}", {"SelectionId": answer["SelectionId"], "BackupPlanId": plan}


def _delete_selection(physical_id: str, _props: Props) -> None:
    selection, _, plan = physical_id.partition("_")
    client("backup").delete_backup_selection(BackupPlanId=plan, SelectionId=selection)


PROVISIONERS = {
    "AWS::Backup::BackupSelection": Provisioner(create=_create_selection, delete=_delete_selection),
    "AWS::Budgets::Budget": Provisioner(create=_create_budget, delete=_delete_budget),
    "AWS::CloudTrail::Trail": Provisioner(
        create=_create_trail, delete=lambda pid, _props: client("cloudtrail").delete_trail(Name=pid)
    ),
    "AWS::CloudWatch::CompositeAlarm": Provisioner(
        create=_create_composite,
        delete=lambda pid, _props: client("cloudwatch").delete_alarms(AlarmNames=[pid]),
    ),
}
