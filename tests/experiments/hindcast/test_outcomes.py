"""A file of outcomes: what is read, and what is refused line by line before any run."""

import pytest

from experiments.__main__ import main
from experiments.hindcast.outcomes import Outcome, file_text, read_outcomes
from scenarios.values.errors import InputError

HEADER = "indicator,year,value\n"


def read(tmp_path, text, train_to=2018, last=2030):
    path = tmp_path / "outcomes.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_outcomes(path, train_to, last)


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "rd_total,2019,787.16\nhnte_count,2020,8621\n",
        "\ufeff" + HEADER + "rd_total,2019,787.16\nhnte_count,2020,8621",
        (HEADER + "rd_total,2019,787.16\n\nhnte_count,2020,8621\n\n").replace("\n", "\r\n"),
        "indicator, year , value\n rd_total , 2019, +7.8716e2\nhnte_count,2020, 8621.\n",
    ],
)
def test_marks_of_byte_order_line_ends_and_blanks_change_nothing(tmp_path, text):
    found = [one[:3] for one in read(tmp_path, text)]
    assert found == [("rd_total", 2019, 787.16), ("hnte_count", 2020, 8621.0)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rd_totl,2019,1", "unknown indicator 'rd_totl' - did you mean 'rd_total'?"),
        ("rd_total,2018,1", "year 2018 lies inside the fitting window, which ends in 2018"),
        ("rd_total,2031,1", "year 2031 lies beyond the horizon of runs, 2030"),
        ("rd_total,19,1", "year is '19'; expected four digits"),
        ("rd_total,２０１９,1", "expected four digits"),
        ("rd_total,2019,much", "value is 'much'; expected a finite number"),
        ("rd_total,2019,nan", "value is 'nan'"),
        ("rd_total,2019,inf", "value is 'inf'"),
        ("rd_total,2019,1e999", "value is '1e999'"),
        ("rd_total,2019,1_0", "value is '1_0'"),
        ("rd_total,2019,", "value is ''"),
        ("rd_total,2019", "2 cells; expected indicator,year,value"),
        ('rd_total,2019,"1,200"', "value is '1,200'"),
        ("hnte_count,2020,9", "hnte_count 2020 stands in line 2 too"),
    ],
)
def test_a_line_that_is_wrong_is_refused_with_file_and_line(tmp_path, line, said):
    with pytest.raises(InputError) as refused:
        read(tmp_path, f"{HEADER}hnte_count,2020,8621\n{line}\n")
    (message,) = refused.value.messages
    assert message.startswith(f"{tmp_path / 'outcomes.csv'}:3: ") and said in message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no line"),
        (" \n\n", "no line"),
        (HEADER, "a header and no figure"),
        ("year,indicator,value\nrd_total,2019,1\n", ":1: header is 'year,indicator,value'"),
        ("rd_total,2019,1\n", ":1: header is"),
        (HEADER.encode() + b"rd_total,2019,\xff\n", ":2: not UTF-8"),
        (HEADER + 'rd_total,2019,"1\n', "no table"),
    ],
)
def test_a_file_that_is_no_table_of_outcomes_is_refused(tmp_path, text, said):
    with pytest.raises(InputError, match="outcomes") as refused:
        read(tmp_path, text)
    assert said in refused.value.messages[0]


def test_every_mistake_is_told_at_once_and_nothing_runs(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("experiments.compute.parallel.in_parallel", lambda *given: pytest.fail("ran"))
    path = tmp_path / "outcomes.csv"
    path.write_text(HEADER + "rd_totl,2021,1\nrd_total,2020,1\nrd_total,2021,x\n")
    assert main(["hindcast", "--outcomes", str(path)]) == 2
    said = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[0] for line in said] == [f"{path}:{n}" for n in (2, 3, 4)]


def test_a_pipe_or_a_missing_file_is_refused(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_outcomes(path, 2018)


def test_what_is_written_is_read_again(tmp_path):
    figures = [("rd_total", 2019, 787.16), ("gdp", 2020, 41781.49)]
    assert read(tmp_path, file_text(figures)) == [Outcome(*one, line) for line, one in enumerate(figures, 2)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "takes --outcomes FILE, past-plan or published"),
        (["past-plan", "--outcomes", "a.csv"], "takes --outcomes FILE, past-plan or published"),
        (["past-plan", "--train-to", "2018"], "takes no --train-to"),
        (["--outcomes", "a.csv", "--train-to", "2021"], "a year from 2016 to 2020"),
        (["--outcomes", "a.csv", "--train-to", "2015"], "a year from 2016 to 2020"),
        (["--outcomes", "a.csv", "--draws", "0"], "--draws 0"),
        (["--outcomes", "a.csv", "--scale", "nan"], "--scale nan"),
        (["--outcomes", "a.csv", "--parameters", "best"], "invalid choice"),
    ],
)
def test_words_that_make_no_sense_are_refused_in_one_line(words, said, capsys):
    assert main(["hindcast", *words]) == 2
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 1 and said in errors[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--scenario", "as_in_2021"], "did you mean 'as_in_2020'?"),
        (["--world", "as_hapened"], "did you mean 'as_happened'?"),
        (["--parameters", "fitted", "--train-to", "2017"], "no sets of region hunan know nothing after 2017"),
        (["--parameters", "prior", "--draws", "9999"], "sets of parameters were kept"),
        (["--parameters", "central", "--replications", "1"], "1 runs: a spread takes 2"),
        (["--figure", "a.gif"], "a figure ends in one of"),
        (["region=tests/regions/lakeland"], "has no hindcast.yaml"),
    ],
)
def test_a_setting_that_does_not_exist_is_refused_before_any_run(words, said, tmp_path, capsys):
    path = tmp_path / "outcomes.csv"
    path.write_text(HEADER + "rd_total,2019,787.16\n")
    assert main(["hindcast", "--outcomes", str(path), "--train-to", "2018", *words]) == 2
    assert said in capsys.readouterr().err
