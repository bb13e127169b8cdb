"""Every verb says what it takes, and a shell can complete it."""

import os
import pty
import select
import shutil
import subprocess
from argparse import SUPPRESS

import pytest

from experiments.__main__ import VERBS, main
from experiments.answer.text_table import wide
from experiments.command import completion, lever_effects
from experiments.command.arguments import Parser
from experiments.figures import FIGURES
from experiments.figures.form import OPTIONS
from experiments.language.words import both, by_english
from experiments.plan.catalogue import levers, params


def helped(args, capsys):
    try:
        code = main(args)
    except SystemExit as left:  # argparse leaves once it has printed
        code = left.code
    return code or 0, capsys.readouterr()


@pytest.mark.parametrize("word", ["--help", "-h"])
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_takes_help(verb, word, capsys):
    code, said = helped([verb, word], capsys)
    assert (code, said.err) == (0, "")
    assert said.out.startswith(f"sanxiang {verb}: {VERBS[verb]}\n")


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_fits_eighty_columns(verb, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    _, said = helped([*([verb] if verb else []), "--help"], capsys)
    assert [line for line in said.out.splitlines() if wide(line) > 80] == []


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_in_chinese_fits_eighty_columns_and_begins_in_chinese(verb, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    _, said = helped([*([verb] if verb else []), "--help", "language=zh"], capsys)
    assert [line for line in said.out.splitlines() if wide(line) > 80] == []
    assert said.out.startswith(f"sanxiang {verb}：{both(f'verbs.{verb}').zh}\n" if verb else "省级")
    assert not [word for word in ("show this help", "options:", "usage:") if word in said.out]


def test_the_locale_chooses_the_language_of_help(capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "结果文件夹" in helped(["report", "--help"], capsys)[1].out
    assert "a results folder" in helped(["report", "--help", "language=en"], capsys)[1].out


def test_every_argument_has_its_chinese_and_no_other_has(capsys, monkeypatch):
    asked = []
    monkeypatch.setattr(Parser, "print_help", lambda parser, file=None: asked.append(parser))
    for words in (*([verb] for verb in VERBS), ["levers", "--effects"]):
        helped([*words, "--help"], capsys)
    asked.append(lever_effects.parser())
    actions = [one for parser in asked for one in parser._actions if one.help != SUPPRESS]
    titles = {group.title for parser in asked for group in parser._action_groups}
    epilogs = {parser.epilog for parser in asked if parser.prog != "sanxiang figure"} - {None}
    said = {one.help for one in actions} | titles | epilogs
    known = set(by_english("arguments"))
    assert said - known == {", ".join(FIGURES)} and known - said == set()


@pytest.mark.parametrize("verb", VERBS)
def test_every_word_a_verb_takes_is_explained(verb, capsys, monkeypatch):
    asked = []
    monkeypatch.setattr(Parser, "print_help", lambda parser, file=None: asked.append(parser))
    helped([verb, "--help"], capsys)
    assert [word.dest for parser in asked for word in parser._actions if not word.help] == []


def test_the_help_of_figures_shows_their_options(capsys):
    _, said = helped(["figure", "--help"], capsys)
    assert all(
        word in said.out for word in (*FIGURES, *OPTIONS, "sei_value_added", "rd_growth", "fund_money")
    )


def test_the_help_of_levers_shows_what_their_effects_take(capsys):
    _, said = helped(["levers", "--effects", "--help"], capsys)
    words = [word for one in lever_effects.parser()._actions for word in one.option_strings]
    assert "--draws" in words and [word for word in words if word not in said.out] == []


def test_a_word_that_is_no_name_is_searched_for():
    assert {row["name"].split(".")[1] for row in params("guarantee")} == {"guarantee"}
    found = [row["name"] for row in params("share of sales")]
    assert found and all(name.startswith("parameters.") for name in found)
    assert {row["about"]["name"] for row in levers("高端人才")} == {"talent_introduction"}


def test_the_verbs_that_are_completed_are_those_there_are():
    assert completion.verbs() == sorted(VERBS)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["targ"], "targets"),
        (["figure", "diff"], "differences"),
        (["sweep", "lever.rd_subsidy.r"], "lever.rd_subsidy.rate="),
        (["sweep", "scenario", "=", "as_in"], "as_in_2020"),
        (["params", "firms.user_cost"], "firms.user_cost_elasticity"),
        (["reach", "hnte"], "hnte_count"),
        (["reach", "hnte_count", "prob"], "probability="),
        (["search", "value"], "value_added"),
        (["sensitivity", "traj"], "trajectories="),
        (["sensitivity", "targets", "=", "rd_"], "rd_growth"),
        (["discover", "tar"], "target="),
        (["sweep", "scenario", "=", "plan,as_in"], "plan,as_in_2020"),
    ],
)
def test_a_shell_completes_verbs_figures_keys_and_names(words, found):
    given = " ".join(f"'{word}'" for word in ["sanxiang", *words])
    call = f"COMP_WORDS=({given}); COMP_CWORD={len(words)}; _sanxiang; echo ${{COMPREPLY[*]}}"
    script = f"{completion.script('bash')}\n{call}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert found in done.stdout.split()


@pytest.mark.parametrize(
    ("begun", "done"),
    [
        ("targ", "targets "),
        ("sweep lever.rd_subsidy.r", "sweep lever.rd_subsidy.rate="),
        ("sweep scenario=plan,as_in", "sweep scenario=plan,as_in_2020 "),
        ("reach prob", "reach probability="),
        ("targets re", "targets res/"),
        ("sweep reform=my", "sweep reform=my_reform.yaml "),
    ],
)
@pytest.mark.parametrize("shell", ["bash --norc -i", "zsh -f -i"])
def test_a_key_is_followed_by_its_value_and_a_folder_by_what_is_in_it(shell, begun, done, tmp_path):
    """Typed in a terminal: where a word is finished the shell writes a space, and none where it is not."""
    name = shell.split()[0]
    if shutil.which(name) is None:
        pytest.skip(f"no {name} here")
    (tmp_path / "res" / "a").mkdir(parents=True)
    (tmp_path / "my_reform.yaml").touch()
    (tmp_path / "script").write_text(completion.script(name))
    shown = typed(shell.split(), [". ./script; echo rea''dy\n", f"sanxiang {begun}\t"], tmp_path)
    assert shown.endswith(f"sanxiang {done}"), shown


def typed(shell, lines, folder):
    """What a terminal shows of the last of these lines."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execvpe(shell[0], shell, os.environ | {"TERM": "dumb", "HOME": str(folder)})
    shown = ""
    for line, until in zip(lines, ["ready", "sanxiang"], strict=True):
        os.write(terminal, line.encode())
        shown = read_until(terminal, until)
    os.close(terminal)
    os.waitpid(child, 0)
    return shown


def read_until(terminal, word, quiet=0.7):
    """What is shown until the word stands there and nothing more comes."""
    shown = ""
    while select.select([terminal], [], [], quiet if word in shown else 30)[0]:
        shown += os.read(terminal, 1 << 16).decode(errors="replace")
    return shown


def test_another_shell_is_refused_in_one_line(capsys):
    assert main(["completion", "powershell"]) == 2
    assert "takes one of bash, zsh" in capsys.readouterr().err
