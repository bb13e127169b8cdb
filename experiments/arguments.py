"""Command-line arguments whose mistakes are told in one line."""

from __future__ import annotations

import argparse
from typing import NoReturn

from scenarios.values.errors import InputError


class Parser(argparse.ArgumentParser):
    """An argument parser that raises InputError instead of printing its usage and leaving."""

    def error(self, message: str) -> NoReturn:
        """Raises: InputError with the mistake and the usage in one line."""
        raise InputError(f"{message} - usage: {' '.join(self.format_usage().split()[1:])}")
