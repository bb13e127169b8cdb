"""Command-line arguments whose mistakes are told in one line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from experiments.answer.text_table import wrapped
from experiments.language.chosen import EN, current
from experiments.language.words import translated, word
from experiments.plan.chosen_region import chosen_region
from experiments.plan.overrides import parse_override
from experiments.store.sweeps import ALL
from scenarios.values.errors import InputError

ARGUMENTS = "arguments"
"""The words of what arguments are; found by their English, which stands where they are made."""
FORMAT = "json: for another program"
WORKERS = "processes; all processors unless given"
DRAWS = "sets of parameters of the posterior, or of the priors where there is none"
"""What --format, --workers and --draws are, in the help of every verb that takes them."""


class Unbroken(argparse.HelpFormatter):
    """Help whose lines break between Chinese letters, each of which takes two places."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(" ".join(text.split()), width, 0)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in self._split_lines(text, width - len(indent)))


class Parser(argparse.ArgumentParser):
    """An argument parser that raises InputError instead of printing its usage and leaving."""

    def format_help(self) -> str:
        """The help in the language that is spoken, as far as the words of `arguments` go."""
        if current() == EN:
            return super().format_help()
        for group in self._action_groups:
            group.title = translated(ARGUMENTS, group.title or "")
        for action in self._actions:
            if action.help not in (None, argparse.SUPPRESS):
                action.help = translated(ARGUMENTS, action.help or "")
        self.epilog = self.epilog and translated(ARGUMENTS, self.epilog)
        if self.formatter_class is argparse.HelpFormatter:
            self.formatter_class = Unbroken
        return super().format_help().replace("usage:", word("help.used"), 1)

    def error(self, message: str) -> NoReturn:
        """Raises: InputError with the mistake and the usage in one line."""
        raise InputError(f"{message} - usage: {' '.join(self.format_usage().split()[1:])}")


def with_region(words: Sequence[str]) -> tuple[list[str], str]:
    """The words without `region=NAME`, and the region they choose, or that of config.yaml.

    Raises:
        InputError: no such region.
    """
    return [word for word in words if not word.startswith("region=")], chosen_region(words)


OWN = "levers="
"""How the word begins that names the folder of levers from outside; every verb takes it in one form."""


def with_levers(words: Sequence[str]) -> tuple[list[str], str | None]:
    """The words without `levers=FOLDER`, and the folder that it names; None where no word names one.

    Raises:
        InputError: two words name one, or the word names nothing.
    """
    given = [str(parse_override(word, {})[1][0]) for word in words if word.startswith(OWN)]
    if len(given) > 1:
        raise InputError("levers stands twice")
    return [word for word in words if not word.startswith(OWN)], given[0] if given else None


LEVERS = f"{OWN}FOLDER: the folder of the levers from outside that its runs have"
"""What the word is, in the help of the verbs that compute again."""


def which_sweep(parser: argparse.ArgumentParser) -> None:
    """Adds the words that say which sweep of a folder is meant; the last one unless given."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--sweep", metavar="ID", help="the sweep whose id begins so, not the last one")
    group.add_argument("--all", action="store_true", help="every run in DIR, of whichever sweep")


def meant(parsed: argparse.Namespace) -> str | None:
    """Which sweep the words say, as sweeps.chosen takes it."""
    return ALL if parsed.all else parsed.sweep
