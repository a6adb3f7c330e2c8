"""Where an inference profile may send a request: the geography in front of its id."""

GLOBAL = "global"
# Geography to what the Regions in it start with. A profile of "us" is also called from Canada, one of "eu"
# from Tel Aviv, one of "apac" from the Gulf.
# Source: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
# (read 2026-11-24).
_REGIONS = {
    "us": ("us-east-", "us-west-", "ca-"),
    "us-gov": ("us-gov-",),
    "ca": ("ca-",),
    "eu": ("eu-", "il-"),
    "apac": ("ap-", "me-"),
    "jp": ("ap-northeast-1", "ap-northeast-3"),
    "au": ("ap-southeast-2", "ap-southeast-4", "ap-southeast-6"),
}


def check_geography(profile_id: str, regions: tuple[str, ...]) -> None:
    """Refuse a profile that these Regions do not have. `global` has them all.

    Args:
        profile_id: Inference or guardrail profile, for example `eu.amazon.nova-pro-v1:0`.
        regions: Regions that call it or that it may send to.

    Raises:
        ValueError: The geography is unknown, or a Region lies outside.
    """
    geography = profile_id.partition(".")[0]
    if geography == GLOBAL:
        return
    if geography not in _REGIONS:
        raise ValueError(
            f"{profile_id}: {geography!r} is no geography of profiles. "
            f"Known: {', '.join(sorted(_REGIONS))}, {GLOBAL}."
        )
    outside = [region for region in regions if not region.startswith(_REGIONS[geography])]
    if outside:
        raise ValueError(
            f"{profile_id}: {', '.join(outside)} lies outside of {geography!r}. Choose the profile of the "
            "Region's own geography, or other Regions."
        )
