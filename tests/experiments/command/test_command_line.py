"""The command line as a user meets it: exit codes, one line per mistake, no traceback."""

import subprocess
import sys
from pathlib import Path

import pytest
import toy_province

from experiments.__main__ import VERBS, main

HERE = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return toy_province.results(
        tmp_path_factory.mktemp("r") / "toy",
        [toy_province.scenario(), toy_province.scenario("plan", 0.01)],
        replications=6,
    )


def refused(words, capsys):
    code = main(words)
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1, said
    return code, said.err.strip()


@pytest.mark.parametrize("words", [[], ["--help"], ["help"]])
def test_help_names_every_verb_on_one_screen(words, capsys):
    assert main(words) == 0
    said = capsys.readouterr().out
    assert all(verb in said for verb in VERBS)
    assert said.count("\n") < 45


def test_an_unknown_verb_is_answered_with_the_nearest(capsys):
    assert refused(["swep"], capsys) == (2, "unknown verb 'swep' - did you mean 'sweep'?")


@pytest.mark.parametrize(
    "words",
    [
        ["sweep", "replications=0"],
        ["sweep", "scenario=plam"],
        ["sweep", "lever.rd_subsdy.rate=0.1"],
        ["sweep", "replications=nan"],
        ["sweep", "executor=dask", "executor.queue=long"],
        ["sweep", "executor.memory=4"],
        ["sweep", "executor.timeout=0"],
        ["resume"],
        ["resume", "a", "replications=3"],
        ["sweep", "parameters.prefectures.matching_highest=1.1"],
        ["sweep", "parameters.prefectures.matching_lowest=-0.1"],
        ["sweep", "parameters.prefectures.incentive_highest=-0.1"],
        ["sweep", "lever.mission_projects.stage_gate=1.2"],
        ["sweep", "lever.mission_projects.entrants=2.5"],
        ["sweep", "--fork"],
        ["sweep", "--cfg", "all"],
        ["targets"],
        ["targets", "a", "b"],
        ["targets", "a", "--format", "xml"],
        ["compare", "a"],
        ["export", "a"],
        ["digest"],
    ],
)
def test_bad_input_is_one_line_and_exit_2(words, capsys):
    assert refused(words, capsys)[0] == 2


@pytest.mark.parametrize("verb", ["targets", "digest", "verify"])
def test_a_folder_without_results_is_bad_input(verb, tmp_path, capsys):
    code, said = refused([verb, str(tmp_path)], capsys)
    assert (code, "holds no results" in said) == (2, True)


def test_a_folder_that_cannot_be_written_is_exit_74(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    code, said = refused(["sweep", "replications=1", f"results={tmp_path / 'file' / 'r'}"], capsys)
    assert (code, str(tmp_path / "file" / "r") in said) == (74, True)


def test_damaged_results_are_exit_65_for_verify_and_for_targets(tmp_path, capsys):
    broken = toy_province.results(tmp_path / "broken", [toy_province.scenario()], replications=2)
    next((broken / "chunks").glob("*.runs.parquet")).write_bytes(b"PAR1")
    assert main(["verify", str(broken)]) == 65
    assert "is damaged" in capsys.readouterr().out
    assert refused(["targets", str(broken)], capsys)[0] == 65


def test_whole_results_verify(folder, capsys):
    assert main(["verify", str(folder)]) == 0
    assert "12 runs, every file as it was sealed" in capsys.readouterr().out


def test_a_digest_is_64_digits(folder, capsys):
    assert main(["digest", str(folder)]) == 0
    assert len(capsys.readouterr().out.strip()) == 64


def test_a_comparison_shows_the_differing_value_before_the_differences(folder, capsys):
    assert main(["compare", f"{folder}:plan", f"{folder}:as_in_2020"]) == 0
    lines = capsys.readouterr().out.split("\n")
    assert lines[1].split() == [
        "lever.toy.rate",
        "0",
        "from",
        "2016,",
        "0.01",
        "from",
        "2021",
        "0",
        "from",
        "2016",
    ]
    assert any(line.startswith("6 pairs of equal luck") for line in lines)


def test_the_composed_configuration_is_printed_and_nothing_is_run(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["sweep", "--cfg", "job", "replications=7"]) == 0
    assert "replications: 7" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_a_sweep_with_a_failed_run_ends_with_exit_1_and_its_table(
    tmp_path, monkeypatch, capsys, computed_here
):
    monkeypatch.setattr("experiments.answer.sweep.MODEL", "toy_model")
    monkeypatch.setattr("experiments.command.sweep._report", lambda done: None)
    monkeypatch.setenv("TOY_FAILS", "2")
    code = main(["sweep", "scenario=as_in_2020", "replications=3", f"results={tmp_path / 'r'}"])
    said = capsys.readouterr()
    assert (code, "1 failed" in said.err, "/3" in said.out) == (1, True, True), said.err


def test_a_sweep_prints_its_table_and_one_line_of_progress(tmp_path):
    done = command(["sweep", "scenario=as_in_2020,plan", "replications=2", f"results={tmp_path / 'r'}"])
    assert done.returncode == 0
    first, *others = done.stderr.splitlines()
    assert first.startswith("4/4 runs, 0 failed")
    assert all(line.startswith("the report: ") for line in others)  # a line a minute, on a busy machine
    assert "all together" in done.stdout


def test_a_reader_that_leaves_early_is_no_error():
    line = f"{sys.executable} -m experiments --help | head -1"
    done = subprocess.run(
        check=False,
        args=["bash", "-c", f"set -o pipefail; {line}"],
        capture_output=True,
        text=True,
        cwd=HERE.parents[1],
    )
    assert (done.returncode, done.stderr) == (0, "")


def command(words, **settings):
    import os

    return subprocess.run(
        check=False,
        args=[sys.executable, str(HERE / "toy_command.py"), *words],
        capture_output=True,
        text=True,
        cwd=HERE.parents[1],
        env=os.environ | settings,
    )


def test_a_command_ends_with_its_own_code_whatever_threads_do_at_the_interpreters_end():
    """A thread's destructor that runs while the interpreter is taken down may abort the process."""
    code = (
        "import atexit, os, sys, experiments.__main__ as command\n"
        "class Late:\n    def __del__(self):\n        os._exit(134)\n"
        "late = Late()\nsys.argv[1:] = ['--version']\n"
        "atexit.register(lambda: print('cleared'))\ncommand.program()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split("\n")[1]) == (0, "cleared")


def test_a_terminal_that_knows_no_chinese_does_not_end_a_command(folder):
    settings = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = command(["targets", str(folder)], **settings)
    assert (done.returncode, "\\u4ebf" in done.stdout) == (0, True), done.stderr
