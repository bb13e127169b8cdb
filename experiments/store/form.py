"""What every record of a results folder is made of: checked types, and a form that keeps what it has
besides."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from experiments.plan.overrides import LONGEST_PATHS

LONGEST_NAME = 1_000  # characters
LARGEST_NUMBER = 1e18  # of a response; differences of such numbers can still be squared and drawn

Checksum = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}\z")]
Name = Annotated[str, StringConstraints(max_length=LONGEST_NAME)]
Words = Annotated[str, StringConstraints(max_length=10_000)]
Given = Annotated[str, StringConstraints(max_length=LONGEST_PATHS)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,99}\z")]
Number = Annotated[float, Field(ge=-LARGEST_NUMBER, le=LARGEST_NUMBER, allow_inf_nan=False)]


class Form(BaseModel):
    """A record; what it has besides is kept."""

    model_config = ConfigDict(extra="allow", strict=True)
