"""Pages, figures and tables are written over what we wrote ourselves, and over nobody else's."""

import os
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure
from sealed_toy import folder_of

from experiments.answer.tidy_tables import export
from experiments.command.facts import write_page
from experiments.evidence.parameter_file import write_files
from experiments.exits import InTheWay
from experiments.figures.files import save, write_file
from experiments.store.own_files import OwnPath
from experiments.store.own_outputs import has_seal, with_seal
from experiments.store.store import claimed
from scenarios.values.errors import InputError

TODAY = {"format": 1, "sources": {}, "data": {}, "versions": {}}


def figure(text="a"):
    drawn = Figure()
    drawn.text(0.5, 0.5, text)
    return drawn


@pytest.fixture
def place(tmp_path):
    """A file in a results folder."""
    return OwnPath(tmp_path / "r") / "figures" / "fan.svg"


def test_what_we_wrote_is_written_again(place):
    for text in ("a", "b"):
        save(figure(text), place)
    assert has_seal(place.read())
    assert ElementTree.fromstring(place.read()).tag.endswith("svg")


@pytest.mark.parametrize(
    "edited", [b"mine", b"", with_seal(b"a") + b"note", with_seal(b"a").replace(b"a", b"b", 1)]
)
def test_what_somebody_wrote_or_changed_is_refused_and_left(place, edited):
    place.parent.make()
    place.path.write_bytes(edited)
    with pytest.raises(InputError, match=r"fan\.svg is not as sanxiang wrote it"):
        save(figure(), place)
    assert place.read() == edited


def test_a_sweep_refuses_somebodys_report_before_it_computes(tmp_path):
    with claimed(tmp_path / "r", TODAY):
        pass
    (tmp_path / "r" / "report.html").write_text("mine")
    with pytest.raises(InputError, match=r"report\.html is not as"), claimed(tmp_path / "r", TODAY):
        pass
    assert (tmp_path / "r" / "report.html").read_text() == "mine"


def test_a_file_that_the_user_named_is_written_over(tmp_path):
    (tmp_path / "mine.svg").write_text("mine")
    save(figure(), tmp_path / "mine.svg")
    assert (tmp_path / "mine.svg").read_text().startswith("<?xml")


VALUES = {("firms", "entry_count"): 1.0}
NAMED = {
    "figure --out": lambda path: save(figure(), path.with_suffix(".svg")),
    "page": lambda path: write_file(path.with_suffix(".svg"), b"x"),
    "facts --report": lambda path: write_page(path.with_suffix(".svg"), "x"),
}


@pytest.mark.parametrize("write", NAMED.values(), ids=NAMED)
@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_named_file_that_is_a_link_or_a_pipe_is_refused_and_left(tmp_path, write, kind):
    (tmp_path / "diary").write_text("mine")
    path = tmp_path / "out.svg"
    path.symlink_to(tmp_path / "diary") if kind == "link" else os.mkfifo(path)
    with pytest.raises(InTheWay, match=f"out.svg is a {kind}"):
        write(path)
    assert (tmp_path / "diary").read_text() == "mine"
    assert OwnPath(tmp_path).names() == ["diary", "out.svg"]


def test_parameters_are_written_through_no_link(tmp_path):
    (tmp_path / "diary").write_text("mine")
    there = tmp_path / "region" / "hunan" / "parameters"
    there.mkdir(parents=True)
    (there / "firms.yaml").symlink_to(tmp_path / "diary")
    with pytest.raises(InTheWay, match=r"firms\.yaml is a link"):
        write_files(VALUES, {("firms", "entry_count"): "s"}, tmp_path)
    assert (tmp_path / "diary").read_text() == "mine"


def test_tables_are_exported_through_no_link_and_over_no_file_of_somebody_else(tmp_path):
    folder, out = folder_of(tmp_path / "r"), tmp_path / "out"
    out.mkdir()
    for name in ("runs.csv", "about.json"):
        (out / name).write_text("mine")
        with pytest.raises(InputError, match="is not as sanxiang wrote it"):
            export(folder, out)
        assert OwnPath(out).names() == [name] and (out / name).read_text() == "mine"
        (out / name).rename(tmp_path / "diary")
    (out / "runs.csv").symlink_to(tmp_path / "diary")
    with pytest.raises(InTheWay, match=r"runs\.csv is a link"):
        export(folder, out)
    assert (tmp_path / "diary").read_text() == "mine"


def test_tables_are_exported_over_those_of_before_and_beside_what_else_is_there(tmp_path):
    folder, out = folder_of(tmp_path / "r"), tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    for _ in range(2):
        export(folder, out)
    tables = ["cells.csv", "codebook.csv", "differences.csv", "runs.csv", "series.csv", "targets.csv"]
    assert OwnPath(out).names() == sorted(["about.json", "notes.txt", *tables])
    (out / "cells.csv").write_text("edited")
    with pytest.raises(InputError, match=r"cells\.csv is not as sanxiang wrote it"):
        export(folder, out)
