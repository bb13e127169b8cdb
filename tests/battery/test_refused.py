"""C1: what is wrong is refused before the first run: one line a mistake, exit 2, without hanging."""

import os
from pathlib import Path
from shutil import copytree
from time import process_time

import pytest
from corpus import edits, files, words

from experiments.__main__ import main
from experiments.exits import Exit
from experiments.plan.sweep_plan import plan_sweep
from scenarios.load import CONFIGS
from scenarios.values.errors import MOST_MISTAKES, InputError

SECONDS = 30.0  # only what hangs or unfolds without end takes so long; the second promised is a benchmark
FEWEST = 150
ONE_WORD = [((word,), said) for word, said in words.WORDS.items()]
TEXTS = {**files.YAML, **files.REFORMS}


@pytest.fixture(scope="module", autouse=True)
def everything_is_imported():
    plan_sweep(["replications=1"])


@pytest.fixture
def told(tmp_path, monkeypatch, capsys, nothing_runs):
    """A function that gives what the command line says to some words: the lines, unless it did anything else.

    Anything else: another exit code, a traceback, a control character, a wait without end, a file, output.
    """
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)

    def lines(command: tuple[str, ...]) -> list[str]:
        begun = process_time()
        code = main(["sweep", *command])
        took = process_time() - begun
        said = capsys.readouterr()
        fine = code == Exit.BAD_INPUT and took < SECONDS and not said.out and not list(here.iterdir())
        return told_plainly(said.err) if fine else [f"exit {code} after {took:.2f} s: {said.err[:200]}"]

    return lines


def told_plainly(text: str) -> list[str]:
    """The lines, when they are few, of readable length and printable."""
    lines = text.removesuffix("\n").split("\n")
    plain = all(line.isprintable() and len(line) < 600 for line in lines)
    return lines if plain and 1 <= len(lines) <= MOST_MISTAKES + 1 and "Traceback" not in text else []


def test_the_corpus_is_large():
    cases = (words.WORDS, words.SEVERAL_WORDS, files.YAML, files.REFORMS, files.BYTES, files.EXPERIMENTS)
    assert sum(map(len, (*cases, edits.EDITS))) >= FEWEST


@pytest.mark.parametrize(
    ("command", "reason"),
    [*ONE_WORD, *words.SEVERAL_WORDS.values()],
    ids=[*(ascii(word)[:40] for word in words.WORDS), *words.SEVERAL_WORDS],
)
def test_words_are_refused(told, battery, command, reason):
    said = told(command)
    battery.record("C1", any(reason in line for line in said), f"{command}: {said}")


@pytest.mark.parametrize(("text", "reason"), TEXTS.values(), ids=TEXTS.keys())
def test_a_scenario_file_is_refused_by_name(told, battery, tmp_path, text, reason):
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    said = told((f"reform={path}",))
    battery.record(
        "C1", said[0].startswith(str(path)) and any(reason in line for line in said), f"{said[:2]}"
    )


@pytest.mark.parametrize(("raw", "reason"), files.BYTES.values(), ids=files.BYTES.keys())
def test_a_scenario_file_of_other_bytes_is_refused(told, battery, tmp_path, raw, reason):
    (tmp_path / "mine.yaml").write_bytes(raw)
    said = told((f"reform={tmp_path / 'mine.yaml'}",))
    battery.record("C1", any(reason in line for line in said), f"{said}")


def test_a_pipe_is_not_waited_for(told, battery, tmp_path):
    os.mkfifo(tmp_path / "mine.yaml")
    said = told((f"reform={tmp_path / 'mine.yaml'}",))
    battery.record("C1", "a pipe or a device; save it as a file" in said[0], f"{said}")


def test_two_scenario_files_of_one_name_are_refused(told, battery, tmp_path):
    for place in ("a.yaml", "b.yaml"):
        (tmp_path / place).write_text("{name: mine, base: plan}")
    said = told((f"reform={tmp_path}/a.yaml,{tmp_path}/b.yaml",))
    battery.record("C1", any("the name 'mine' is taken by" in line for line in said), f"{said}")


def test_a_ladder_of_scenario_files_is_refused(told, battery, tmp_path):
    for n in range(600):
        (tmp_path / f"{n}").write_text(f"{{name: s{n}, base: {f's{n + 1}' if n < 599 else 'plan'}}}")
    said = told((f"reform={','.join(f'../{n}' for n in range(600))}",))
    battery.record("C1", any("scenarios build on each other" in line for line in said), f"{said[:2]}")


def refusal(command: list[str], folder: Path) -> list[str]:
    """What is said to a sweep over another folder of configs; nothing when it is not refused in time."""
    begun = process_time()
    try:
        plan_sweep(command, folder)
    except InputError as error:
        return list(error.messages) if process_time() - begun < SECONDS else []
    return []


@pytest.mark.parametrize(("text", "reason"), files.EXPERIMENTS.values(), ids=files.EXPERIMENTS.keys())
def test_an_experiment_is_refused(battery, tmp_path, text, reason):
    copytree(CONFIGS, tmp_path / "configs")
    (tmp_path / "configs/experiment/hostile.yaml").write_text(text)
    said = refusal(["experiment=hostile"], tmp_path / "configs")
    battery.record("C1", len(said) == 1 and reason in said[0], f"{said}")


@pytest.mark.parametrize(("file", "text", "reason"), edits.EDITS.values(), ids=edits.EDITS.keys())
def test_an_edit_of_the_shipped_files_is_refused(battery, tmp_path, file, text, reason):
    path = copytree(CONFIGS, tmp_path / "configs") / file
    if text is None:
        path.unlink()
    else:
        path.write_text(path.read_text("utf-8") + text[1:] if text.startswith("+") else text, "utf-8")
    said = refusal([], tmp_path / "configs")
    battery.record("C1", any(reason in line for line in said), f"{said}")
