"""Q1: what docs/QUESTIONS.md answers is answered by the commands beside it: each runs, here in small."""

import re
import shlex
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from experiments import results
from experiments.__main__ import VERBS, main
from experiments.figures import EXPLAINED
from experiments.plan.sweep_plan import plan_sweep

PAGE = (Path(__file__).parents[2] / "docs" / "QUESTIONS.md").read_text("utf-8")
ROW = re.compile(r"^\| (\d+)\. (.+?) \| (.+?) \| (.+?) \|$", re.M)
BLOCK = re.compile(r"```sh\n(.*?)```", re.S)
NOT_ANSWERED = "not answered, because"
SMALLER = (
    (r"replications=\d+", "replications=2"), (r"population\.scale=[\d.]+", "population.scale=0.004"),
    (r"--replications \d+", "--replications 2"), (r"--scale [\d.]+", "--scale 0.004"),
    (r"--doses \d+", "--doses 3"), (r"--rows \d+", "--rows 20"),
)  # fmt: skip
COSTLY = ("explain", "response", "sweep", "split")
BUT_ONE = "results=results/thrusts"
"""What a slice runs: the first sweep and what reads it."""


def rows():
    """Number, question, commands and answer of each row."""
    return [
        (int(n), asks, re.findall(r"`(sanxiang [^`]+)`", told), answer)
        for n, asks, told, answer in ROW.findall(PAGE)
    ]


def expressions():
    """Every expression in `found`, the results of the first sweep."""
    return [one for _, _, cell, _ in ROW.findall(PAGE) for one in re.findall(r"`(found\.[^`]+)`", cell)]


def commands():
    """Every command of the page, those of the block first; each once."""
    block = [
        line.split("  #")[0].strip() for line in "\n".join(BLOCK.findall(PAGE)).split("\n") if line.strip()
    ]
    return list(dict.fromkeys([*block, *(one for _, _, told, _ in rows() for one in told)]))


def in_small(command):
    """The words behind `sanxiang`, asked for a few runs of a small province."""
    for old, new in SMALLER:
        command = re.sub(old, new, command)
    return shlex.split(command)[1:]


def test_every_question_has_a_number_a_command_or_a_reason_and_an_answer():
    found = rows()
    assert [n for n, *_ in found] == sorted({n for n, *_ in found}) and {n for n, *_ in found} <= set(
        range(1, 16)
    )
    assert len(found) >= 14
    asked = {int(n) for n, _, cell, _ in ROW.findall(PAGE) if "`found." in cell}
    for n, _, told, answer in found:
        assert told or n in asked or NOT_ANSWERED in answer.lower(), n
        assert re.search(r"\d", answer) or NOT_ANSWERED in answer.lower(), n


def test_every_command_names_a_verb_and_every_sweep_asks_for_what_there_is():
    for words in map(in_small, commands()):
        assert words[0] in VERBS
        if words[0] == "sweep":
            assert plan_sweep(words[1:]).runs > 0


def is_run(words, whole):
    """Whether a command is tried: all by `make battery`, else what costs little."""
    if whole:
        return True
    reads = "results/thrusts" in " ".join(words) and words[0] not in COSTLY
    return BUT_ONE in words or (reads and words[1] not in EXPLAINED)


def test_every_command_runs_to_its_end(battery, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["sanxiang"])
    tried = [words for words in map(in_small, commands()) if is_run(words, battery.whole)]
    assert len(tried) >= 3
    for words in tried:
        with redirect_stdout(StringIO()):
            code = main([*words, *(["executor.workers=1"] if words[0] == "sweep" else [])])
        battery.record("Q1", code == 0, shlex.join(words))
    for one in expressions():
        battery.record("Q1", len(eval(one, {"found": results("results/thrusts")})) > 0, one)


@pytest.mark.parametrize("answer", [row[3] for row in rows()], ids=[f"question {row[0]}" for row in rows()])
def test_an_answer_is_a_sentence(answer):
    assert answer.endswith(".") and len(answer) < 1_200
