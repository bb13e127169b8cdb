"""What is said to a user whose input cannot be used: one line a mistake, with what is allowed."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from itertools import accumulate

LONGEST_QUOTE = 80
LONGEST_NAME = 200  # characters of a name whose nearest is looked for
LONGEST_LIST = 400  # characters of the names that are known
MOST_MISTAKES = 20  # told at once; what is wrong throughout is not searched to its end


class InputError(Exception):
    """One or several mistakes in what a user gave; the command line prints them and exits with 2."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*(one_line(message) for message in messages))

    @property
    def messages(self) -> tuple[str, ...]:
        """One line per mistake."""
        return self.args

    def __str__(self) -> str:
        return "\n".join(self.messages)


class Mistakes:
    """Collects the mistakes of several independent checks, so that a user sees all of them at once."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def attempt[**P, T](self, check: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """What the check returns, or None when it failed and its mistakes were noted."""
        try:
            return check(*args, **kwargs)
        except InputError as error:
            self.note(*error.messages)
            return None

    def note(self, *messages: str) -> None:
        """Keeps mistakes that were found. Raises: InputError when there are too many to go on."""
        self.messages += [message for message in messages if message not in self.messages]
        if len(self.messages) > MOST_MISTAKES:
            raise InputError(*self.messages[:MOST_MISTAKES], "and more; these first")

    def stop_if_any(self) -> None:
        """Raises InputError with every mistake noted so far."""
        if self.messages:
            raise InputError(*self.messages)


def with_place[**P, T](place: str, check: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What the check returns; its mistakes are raised again with the place in front."""
    try:
        return check(*args, **kwargs)
    except InputError as error:
        raise InputError(*(place + message for message in error.messages)) from None


def one_line(text: str) -> str:
    """The text without line breaks and control characters, safe to print on a terminal."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def quoted(thing: object) -> str:
    """The thing as a user wrote it, shortened, in quotes when it is text."""
    try:
        text = str(thing).lower() if isinstance(thing, bool) else repr(thing)
    except (RecursionError, ValueError):
        text = "something too deep or too long to print"
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}..."


def unknown(kind: str, name: str, known: Iterable[str], prefix: str = "") -> str:
    """`unknown lever 'lever.rd_subsdy' - did you mean 'lever.rd_subsidy'?`

    Without a near name the known ones are listed, as many as fit in a line that can be read.
    """
    names = sorted(known)
    near = get_close_matches(name, names, n=1, cutoff=0.6) if len(name) <= LONGEST_NAME else []
    said = f"unknown {kind} {quoted(prefix + name)}"
    if near:
        return f"{said} - did you mean {quoted(prefix + near[0])}?"
    ends = accumulate(len(name) + 2 for name in names)
    told = [name for name, end in zip(names, ends, strict=True) if end <= LONGEST_LIST]
    more = f" and {len(names) - len(told)} more" if len(told) < len(names) else ""
    return f"{said} - known: {', '.join(told)}{more}" if told else said
