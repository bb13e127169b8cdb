"""The quarters of a traced member in print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from experiments.answer.text_table import terminal_width

if TYPE_CHECKING:
    from sim.trace.member import Payment, TracedQuarter

WIDTH = 110  # places where no terminal says how many it has
LARGE = 1_000


def quarter_lines(one: TracedQuarter) -> list[str]:
    """A quarter: its name, the member's values, what it received and what it paid."""
    values = [f"{name} {number(value)}" for name, value in one.values.items()]
    received = [_paid(payment) for payment in one.payments if payment.amount > 0]
    paid = [_paid(payment) for payment in one.payments if payment.amount < 0]
    return [
        "",
        f"{one.year} Q{one.quarter}",
        *_listed("values", values),
        *_listed("receives", received),
        *_listed("pays", paid),
    ]


def _paid(payment: Payment) -> str:
    about = ", ".join(filter(None, (payment.programme, payment.other)))
    return f"{payment.flow.lower()} {number(abs(payment.amount))}{f' ({about})' if about else ''}"


def _listed(head: str, items: Sequence[str]) -> Iterable[str]:
    """The items after a heading, over as many lines as they need; nothing where there are none."""
    if not items:
        return []
    text = " · ".join(item.replace(" ", "\N{NO-BREAK SPACE}") for item in items)
    begin = f"  {head:<10}"
    lines = wrap(
        text,
        terminal_width() or WIDTH,
        initial_indent=begin,
        subsequent_indent=" " * len(begin),
        break_long_words=False,
    )
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


def number(value: float) -> str:
    """Whole amounts with separators, others with four digits."""
    return f"{value:,.0f}" if isinstance(value, int) or abs(value) >= LARGE else f"{value:z.4g}"
