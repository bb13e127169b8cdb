"""Q1: the questions of docs/QUESTIONS.md: every command runs as it stands there, and its output has what the
answer quotes.

Tried at a tiny scale with two pairs, so no number of the page is: what comes out is in its words, columns and
scenarios. `make test` asks the questions that are about one small sweep.
"""

import re
import shlex
from pathlib import Path

import pytest
from in_process import engine_for

import experiments as sanxiang
from experiments.__main__ import main
from experiments.exits import Exit

PAGE = Path(__file__).parents[2] / "docs" / "QUESTIONS.md"
SMALLER = (
    (r"scale=0?\.\d+", "scale=0.004"),
    (r"--scale \.\d+", "--scale 0.004"),
    (r"\breplications=\d+", "replications=2"),
    (r"--replications \d+", "--replications 2"),
    (r"--doses \d+", "--doses 3"),
)
QUOTED = {
    1: ("emerging industries' share of gdp", "all together", "p (95 % interval)", "the package sets"),
    2: ("value added", "local taxes", "jobs", "gdp", "public cost"),
    3: ("public cost", "local taxes", "private", "state", "foreign", "changsha", "wages", "households"),
    4: ("park_serviced", "park_free", "projects_invested", "as_in_2020", "plan"),
    5: (".svg",),
    6: ("changsha", "hengyang", "value added"),
    7: ("anchors", "projects_finished", "projects_lost", "as_in_2020", "plan"),
    8: ("alone", "without it", "all together", "plan_earlier", "plan"),
    9: (".svg",),
    10: ("relabelled_counted", "p (95 % interval)", "plan", "as_in_2020"),
    11: (".svg",),
    12: ("tightness", "pay_premium", "graduates_staying", "as_in_2020", "plan"),
    13: ("rd_subsidy", "budget", "yuan"),
    14: ("statistical coverage", "p (95 % interval)", "plan", "as_in_2020"),
    15: ("digital core", "all together", "industry", "talent"),
}
"""What an answer quotes of its commands' output, by question; of a figure, that it is drawn."""
SLICE = (4, 5, 7, 12, 14)
ANSWERS_WITHOUT = "not answered, because"
DRAFT = ("TIMING", "RELABELLED", "RESPONSE", "TODO")


def page():
    return PAGE.read_text("utf-8")


def rows():
    """Of each question by its number: what is asked, its commands and its answer."""
    cells = [line.strip("| \n").split(" | ") for line in page().splitlines() if re.match(r"\| \d+\. ", line)]
    return {int(asked.split(".")[0]): (asked, commands, answer) for asked, commands, answer in cells}


def first():
    """The commands that the page says come first, in order."""
    return [line for line in page().splitlines() if line.startswith("sanxiang ")]


def sweeps():
    """Those of them that fill results folders, by folder."""
    return {found[1]: line for line in first() if (found := re.search(r"results=(\S+)", line))}


def before(command):
    """What has to be run before a command of the page."""
    if command in first():
        return [sweeps()[folder] for folder in sweeps() if f"{folder}:" in command]
    named = "results/thrusts" if command.startswith("found.") else command
    explained = [one for one in first() if " explain " in one and " figure gains " in command]
    return [*(sweep for folder, sweep in sweeps().items() if folder in named), *explained]


def commands(number):
    """The commands of a question, in order."""
    return re.findall(r"`([^`]+)`", rows()[number][1])


def smaller(command):
    for pattern, tiny in SMALLER:
        command = re.sub(pattern, tiny, command)
    return command


@pytest.fixture(scope="module")
def asked(request, tmp_path_factory):
    """A function that runs a command of the page in one folder, once, and gives its exit code and output.

    In `make test` runs are computed in this process; processes are started by `make battery`.
    """
    home, known = tmp_path_factory.mktemp("questions"), {}
    whole = request.config.getoption("--battery")

    def run(command, capsys):
        if command in known:
            return known[command]
        for one in before(command):
            assert run(one, capsys)[0] == Exit.OK
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(home)
            patch.setattr("experiments.command.sweep._report", lambda _: None)  # drawn by nobody here
            if not whole:
                patch.setattr("experiments.compute.sweep_run.engine_for", engine_for)
            capsys.readouterr()
            known[command] = ended(smaller(command), capsys)
        return known[command]

    return run


def ended(command, capsys):
    """The exit code and the output of a command, or what an expression of Python gives."""
    if command.startswith("found."):
        found = sanxiang.results("results/thrusts")
        return Exit.OK, eval(command, {"found": found}).to_string()
    program, *words = shlex.split(command)
    assert program == "sanxiang"
    code = main(words)
    return code, capsys.readouterr().out


@pytest.mark.parametrize("number", QUOTED)
def test_what_an_answer_quotes_is_in_the_output_of_its_commands(battery, asked, capsys, number):
    if not battery.whole and number not in SLICE:
        pytest.skip("all questions are asked by `make battery` alone")
    printed = ""
    for command in commands(number):
        code, text = asked(command, capsys)
        battery.record("Q1", code == Exit.OK, f"{number}: {command} ended with {code}")
        printed += " ".join(text.lower().split())
    missing = [words for words in QUOTED[number] if words not in printed]
    battery.record("Q1", not missing, f"{number}: {missing} of {printed[:2_000]}")


def test_the_page_has_all_questions_each_with_a_command_and_an_answer_or_a_reason():
    found = rows()
    assert list(found) == list(QUOTED) == list(range(1, 16))
    for number, (_, _, answer) in found.items():
        assert commands(number), number
        assert re.search(r"\d", answer) or ANSWERS_WITHOUT in answer, number
        for part in re.findall(r"not answered.{0,10}", answer):
            assert part.startswith(ANSWERS_WITHOUT), (number, part)
    assert not [word for word in DRAFT if word in page()]


def test_every_results_folder_of_the_page_is_one_that_it_fills():
    every = " ".join(one for number in rows() for one in commands(number))
    made = {*sweeps(), *re.findall(r"results=(\S+)", every)}
    assert {*re.findall(r"results/\w+", every)} <= made
