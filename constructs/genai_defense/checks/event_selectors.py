"""What an advanced event selector of CloudTrail records."""

from genai_defense.checks.values import Opaque, Value, dig, items


def recorded_events(selector: Value) -> set[str]:
    """The kinds of events that a selector records completely; "" for what cannot be resolved.

    A selector that is narrowed further (read-only, single ARNs or events) records no kind completely.
    """
    fields = [field for field in items(dig(selector, "FieldSelectors")) if not _leaves_out_others(field)]
    found = {str(dig(field, "Field")): [*items(dig(field, "Equals"))] for field in fields}
    listed = [value for values in found.values() for value in values]
    if isinstance(selector, Opaque) or any(isinstance(value, Opaque) for value in (*fields, *listed)):
        return {""}
    if found == {"eventCategory": ["Management"]}:
        return {"Management"}
    if set(found) == {"eventCategory", "resources.type"} and found["eventCategory"] == ["Data"]:
        return {str(kind) for kind in found["resources.type"]}
    return set()


def _leaves_out_others(field: Value) -> bool:
    """Whether it only drops events of other services, as trails do for KMS and the RDS Data API."""
    if (
        not isinstance(field, dict)
        or field.keys() != {"Field", "NotEquals"}
        or field["Field"] != "eventSource"
    ):
        return False
    return all(isinstance(each, str) and "bedrock" not in each for each in items(field["NotEquals"]))


def recorded_data(selectors: Value) -> set[str]:
    """The types whose data events advanced selectors record, but for ARNs that are left out by name.

    A selector that is narrowed to some ARNs, events or to writes records no type.
    """
    return {kind for selector in items(selectors) for kind in _data_of(selector)}


def _data_of(selector: Value) -> set[str]:
    whole = [field for field in items(dig(selector, "FieldSelectors")) if not _leaves_out_arns(field)]
    return recorded_events({"FieldSelectors": whole}) - {"Management", ""}


def _leaves_out_arns(field: Value) -> bool:
    if not isinstance(field, dict) or field.get("Field") != "resources.ARN":
        return False
    return field.keys() - {"Field"} <= {"NotEquals", "NotStartsWith", "NotEndsWith"}
