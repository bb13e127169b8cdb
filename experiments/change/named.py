"""Names in two languages, of what tables and figures of the change tell."""

from __future__ import annotations

from typing import NamedTuple


class Named(NamedTuple):
    """How something is called in English and in Chinese."""

    en: str
    zh: str

    def name(self, language: str) -> str:
        """The name in `language`."""
        return self.zh if language == "zh" else self.en
