"""The Chromium of this machine, and how it is started without a window."""

import os
import shutil

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def chromium_here():
    """Its path: the one that CHROMIUM names, or the first that is found."""
    named = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    assert named, "no Chromium: install Debian's package chromium, or name one with CHROMIUM"
    return shutil.which(named)
