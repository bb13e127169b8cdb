"""A lever from outside the package as its runs know it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class OwnLever:
    """What a run needs of a lever from outside; its values stand among those of the other levers.

    digest: over its two files [64 hexadecimal digits], a part of the identity of each run. account, rule,
    carry_over: of its programme, as the file of a lever says; no account: it spends nothing. thrust: of the
    plan. units: of its fields. source: the text of its module, which travels with a run to whoever computes
    it; empty where a results folder tells of it, whose code is never run.
    """

    name: str
    digest: str
    en: str
    zh: str
    account: str | None = None
    rule: str = ""
    carry_over: bool = False
    thrust: str = "none"
    units: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    source: str = field(default="", compare=False, repr=False)
