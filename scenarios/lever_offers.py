"""What a lever offers, heard before any run: what is claimed on it must have a programme that pays.

A lever speaks to a listener in place of the economy, with every value at the upper end of its range.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from agents.money.families import FAMILIES, Family
from agents.money.flows import Flow
from agents.money.offers import terms_of
from scenarios.spec import FIRST_YEAR
from scenarios.values.errors import InputError, quoted, unknown


class AnyFirms:
    """Firms of which there are none: each column is empty, so that a lever may compare it."""

    def __getattr__(self, column: str) -> np.ndarray:
        return np.zeros(0)


class Listener:
    """Stands in for the economy while a lever says what it offers. heard: names of families, in order."""

    year, quarter = FIRST_YEAR, 0

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.firms = AnyFirms()

    def offer(self, family: str, lever: str, to: object = None, **terms: float) -> None:
        """Notes the family. Raises: InputError: no such family or term, or not for a part of the firms."""
        if family not in FAMILIES:
            raise InputError(unknown("offer", family, FAMILIES))
        kind = FAMILIES[family]
        for term in terms.keys() - set(kind.terms._fields):
            raise InputError(unknown("term", term, kind.terms._fields, f"{family}."))
        if to is not None and not kind.columns:
            raise InputError(f"offers {family} to some firms; it is offered to everybody alike")
        self.heard.append(family)


class LooksAroundError(Exception):
    """A lever looks at the economy before it says what it offers."""


class Blindfold:
    """Stands in for the economy while a lever that sees nothing of it says what it offers to everybody.

    heard: family, lever and terms, in order.
    """

    def __init__(self) -> None:
        self.heard: list[tuple[Family, str, Any]] = []

    def __getattr__(self, name: str) -> Any:
        raise LooksAroundError(name)

    def offer(self, family: str, lever: str, to: object = None, **terms: float) -> None:
        """Notes the terms. Raises: ValueError, no such family or term."""
        if to is not None:
            raise LooksAroundError(family)
        kind, offered = terms_of(family, terms)
        self.heard.append((kind, lever, offered))


def offered_anyhow(lever: Any) -> list[tuple[Family, str, Any]] | None:
    """What a lever offers to everybody in every state of the economy; None where it looks at it first."""
    blindfold = Blindfold()
    try:
        lever.offer(blindfold)
    except LooksAroundError:
        return None
    return blindfold.heard


def offers_of(lever: Any, where: str) -> tuple[str, ...]:
    """The families of which a lever offers something, each once.

    Raises:
        InputError: it offers nothing, something unknown, or cannot be heard.
    """
    listener = Listener()
    speak(lever, listener, where)
    return families_of([listener], where)


def speak(lever: Any, listener: object, where: str, when: str = "") -> None:
    """Lets a lever say what it offers. when: in words, where it speaks several times.

    Raises:
        InputError: something unknown, or it cannot be heard.
    """
    try:
        lever.offer(listener)
    except InputError as error:
        raise InputError(*(f"{where}: {message}" for message in error.messages)) from None
    except Exception as error:
        told = f"cannot say what it offers{when}: {type(error).__name__}: {error}"
        raise InputError(f"{where}: {told}") from error


def families_of(listeners: Iterable[Listener], where: str) -> tuple[str, ...]:
    """The families that were heard, each once. Raises: InputError, where none was."""
    found = tuple(dict.fromkeys(family for one in listeners for family in one.heard))
    if not found:
        raise InputError(f"{where}: offers nothing")
    return found


def check_programme(programme: Any, offers: tuple[str, ...], has_budget: bool, where: str) -> None:
    """Refuses a programme on which nothing can be claimed, and offers that no programme pays.

    programme: of the lever's file, or None. has_budget: whether the lever asks for money.
    """
    paid = [FAMILIES[name] for name in offers if FAMILIES[name].account is not None]
    if programme is None and paid:
        raise InputError(f"{where}: offers {paid[0].name}, and has no programme that pays what is claimed")
    if has_budget != (programme is not None):
        said = "a budget and no programme" if has_budget else "a programme and no budget"
        raise InputError(f"{where}: has {said}; what is claimed is paid by a programme from its budget")
    if programme is not None:
        _check_account(programme.account, paid, f"{where}: programme")
        _check_rule(programme.rule, paid, f"{where}: programme")


def _check_account(account: str, paid: list, where: str) -> None:
    if account not in Flow.__members__:
        raise InputError(f"{where}: {unknown('account', account, Flow.__members__)}")
    if not paid:
        raise InputError(f"{where}: the lever offers nothing that is paid for: nobody could claim from it")
    for family in paid:
        if family.account.name != account:
            raise InputError(
                f"{where}: nothing is claimed from {quoted(account)} for {family.name}"
                f" - did you mean {quoted(family.account.name)}?"
            )


def _check_rule(rule: str, paid: list, where: str) -> None:
    for family in paid:
        if family.rules and rule not in family.rules:
            raise InputError(f"{where}: {unknown('rule', rule, family.rules)}")


def check_local(local: bool, locally: str | None, offers: tuple[str, ...], where: str) -> None:
    """Refuses a lever by place whose families are read for the whole province, and one that says nothing."""
    whole = [name for name in offers if not FAMILIES[name].local]
    if local and whole:
        raise InputError(f"{where}: local is true, and {whole[0]} is offered to the whole province alike")
    if local and locally is None:
        raise InputError(f"{where}: local is true, and 'locally' does not say what a block of it does")


def refuse_two_of_one(offers: dict[str, tuple[str, ...]]) -> None:
    """Refuses two levers that offer of one family whose terms cannot be added up. offers: by lever."""
    first: dict[str, str] = {}
    for lever, families in offers.items():
        for family in families:
            if FAMILIES[family].alone and first.setdefault(family, lever) != lever:
                raise InputError(f"{first[family]} and {lever} both offer {family}; one lever can")
