"""What a table of a configuration file must look like: keys, types, printable words; else a line each."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from scenarios.values.errors import MOST_MISTAKES, InputError, quoted, unknown

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
LONGEST_LINE = 200  # characters


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError(f"{quoted(text)} has a character that cannot be printed")
    return text


def _short(text: str) -> str:
    if len(text) > LONGEST_LINE:
        raise ValueError(f"{quoted(text)} has {len(text)} characters; at most {LONGEST_LINE}")
    return text


Printable = Annotated[Words, AfterValidator(_printable)]
"""Text without line break, control character or anything that turns the direction of writing."""
Line = Annotated[Printable, AfterValidator(_short)]
"""Text that is shown beside numbers."""


class Record(BaseModel):
    """A table of a configuration file: no unknown key, no value of another type, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, strict=True)


class Label(Record):
    """A name to print, in both languages."""

    en: Line
    zh: Line


def read_record[R: BaseModel](record: type[R], table: object, where: str) -> R:
    """A record from a table of a YAML file, with pydantic's complaints as one line each.

    Raises:
        InputError: one line per mistake, naming file and key.
    """
    try:
        return record.model_validate(table)
    except ValidationError as error:
        found = error.errors()[: MOST_MISTAKES + 1]
        lines = dict.fromkeys(_complaint(record, detail, where) for detail in found)
        raise InputError(*lines) from None


def _complaint(record: type[BaseModel], detail: Any, where: str) -> str:
    path = [str(part) for part in detail["loc"]]
    place = ".".join([where, *path] if where else path)
    match detail["type"]:
        case "extra_forbidden" if len(path) == 1:
            return f"{where}: {unknown('key', path[0], record.model_fields)}".removeprefix(": ")
        case "extra_forbidden":
            return f"{where}: unknown key {quoted('.'.join(path))}".removeprefix(": ")
        case "missing":
            return f"{where} has no {quoted('.'.join(path))}"
        case "value_error":
            return f"{place}: {detail['ctx']['error']}"
        case "finite_number":
            return f"{place} is {quoted(detail['input'])}, not a finite number"
    return f"{place} is {kind_of(detail['input'])}; {detail['msg'].replace('Input s', 's')}"


def kind_of(value: object) -> str:
    """What a value is, in words, for a message that expected something else."""
    names: dict[type, str] = {str: "the text", list: "the list", dict: "the table"}
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"the truth value {quoted(value)}"
    return f"{names.get(type(value), 'the value')} {quoted(value)}"
