"""A mistake is said in one line, with the nearest name."""

import pytest

from scenarios.values.errors import InputError, Mistakes, quoted, unknown


def test_an_unknown_name_is_answered_with_the_nearest():
    message = unknown("lever", "rd_subsdy", ["rd_subsidy", "high_tech_award"], "lever.")
    assert message == "unknown lever 'lever.rd_subsdy' - did you mean 'lever.rd_subsidy'?"


def test_without_a_near_name_the_known_ones_are_listed():
    assert unknown("world", "zzz", ["as_happened", "a"]) == "unknown world 'zzz' - known: a, as_happened"


def test_a_message_is_one_line_without_control_characters():
    assert str(InputError("a\nb\x1b[31m")) == r"a\nb\x1b[31m"


def test_a_long_value_is_shortened():
    assert len(quoted("x" * 10_000)) < 100


def test_a_value_nested_too_deep_to_print_is_still_answered():
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    assert "too deep" in quoted(deep)


def test_all_mistakes_are_said_at_once_and_each_only_once():
    mistakes = Mistakes()

    def fail(text: str) -> None:
        raise InputError(text)

    for text in ("one", "two", "one"):
        mistakes.attempt(lambda t=text: fail(t))
    with pytest.raises(InputError) as refusal:
        mistakes.stop_if_any()
    assert refusal.value.messages == ("one", "two")


def test_without_mistakes_nothing_stops():
    mistakes = Mistakes()
    assert mistakes.attempt(lambda: 3) == 3
    mistakes.stop_if_any()
