"""What every typed value shares that the settings file or a team writes."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A group of values: strict types, no unknown keys, frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
