"""What is not ours in a results folder is neither read nor counted nor touched, and links lead nowhere."""

import os

import pytest
from test_store import COLUMNS, TODAY, records

from experiments import digest, verify
from experiments.command.resume import remembered
from experiments.compute.sweep_run import refuse_other_region
from experiments.exits import FolderDiffers, InTheWay
from experiments.store.heartbeat import Heartbeat
from experiments.store.store import Store, claimed
from scenarios.region.folder import DEFAULT_REGION
from scenarios.values.errors import InputError

HEX = "0123456789abcdef0123"
COPIES = (
    "{} (copy)", "{} copy", "{} (1)", "{}-1", "{}.sync-conflict-20261129-051500-ABCDEFG",
    "{} (conflicted copy 2026-11-29)", "{}-DESKTOP", "Copy of {}", "._{}",
)  # fmt: skip
AROUND = (".DS_Store", "Thumbs.db", "desktop.ini", "thesis.csv", "notes.json", "README")
EDITORS = ("{}~", ".{}.swp", "#{}#", ".#{}", "{}.orig", "{}.bak")


def desktop_names(name):
    """What desktops, synchronisers and editors put beside a file of that name."""
    stem, _, suffix = name.partition(".")
    copies = [f"{form.format(stem)}.{suffix}" for form in COPIES]
    return [*copies, *(form.format(name) for form in EDITORS), *AROUND]


def sealed_folder(path):
    with claimed(path, TODAY) as held:
        held.append(records(3), COLUMNS)
        held.keep_sweep({"words": [], "started": "", "asked": ""}, held.table("runs").select(["run_id"]))
    return Store(path)


@pytest.fixture
def store(tmp_path):
    return sealed_folder(tmp_path / "r")


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("kind", ["file", "device"])
def test_what_is_no_folder_is_refused_as_a_place_for_results(tmp_path, kind):
    (tmp_path / "f").write_text("mine")
    path = {"file": str(tmp_path / "f"), "device": os.devnull}[kind]
    with (
        pytest.raises(InputError, match=f"is a {kind} and no folder; name a new or empty folder"),
        claimed(path, TODAY),
    ):
        pass
    assert (tmp_path / "f").read_text() == "mine"


def test_a_folder_holds_one_region(store):
    """Two regions with the same data may differ in their targets, which are counted from a folder's runs."""
    refuse_other_region(store, DEFAULT_REGION)  # recorded without one, as before regions were a choice
    told = {"words": [], "started": "", "asked": "", "region": "/home/ann/my province"}
    store.keep_sweep(told, store.table("runs").select(["run_id"]))
    with pytest.raises(FolderDiffers, match="holds runs of region '/home/ann/my province', not 'hunan'"):
        refuse_other_region(Store(store.path), DEFAULT_REGION)


FOREIGN = {
    "a report": ["report.html"],
    "a thesis among chunks": ["chunks/thesis.csv"],
    "somebody's own folder.json": ["folder.json"],
    "somebody's own lock": ["lock"],
    "hidden files": [".bashrc"],
    "a project": ["a.py", "b.py", "c.py", "d.py", "e.py"],
}


@pytest.mark.parametrize("names", FOREIGN.values(), ids=FOREIGN)
def test_a_folder_that_holds_somebody_elses_work_is_refused_by_name_and_left(tmp_path, names):
    folder = tmp_path / "p"
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("mine")
    before = contents(folder)
    with (
        pytest.raises(InputError, match="is not empty and holds no results") as refused,
        claimed(folder, TODAY),
    ):
        pass
    assert names[0] in str(refused.value)
    assert len(names) == 1 or "and 2 more" in str(refused.value)
    assert contents(folder) == before


@pytest.mark.parametrize(
    "names", [(), (".DS_Store", "Thumbs.db", "._x"), ("lock", f".sanxiang-{'0' * 16}.part")]
)
def test_a_folder_with_nothing_of_anybodys_is_taken(tmp_path, names):
    (tmp_path / "p").mkdir()
    for name in names:
        (tmp_path / "p" / name).write_text("")
    assert sealed_folder(tmp_path / "p").header() == TODAY


def test_a_folder_of_sealed_results_without_its_header_is_still_ours(store):
    (store.path / "folder.json").unlink()
    (store.path / "notes.txt").write_text("mine")
    with claimed(store.path, TODAY) as held:
        assert len(held.finished()) == 3
    assert (store.path / "notes.txt").read_text() == "mine"


def test_a_damaged_header_is_put_aside_and_not_overwritten(store):
    (store.path / "folder.json").write_text("half")
    with claimed(store.path, TODAY):
        pass
    assert (store.root / "quarantine" / "folder.json").read() == b"half"


def test_files_of_other_names_are_neither_read_nor_counted_nor_touched(store):
    whole = digest(store.path)
    card, last = store.chunks()[0].card.name, "last.json"
    for folder in ("", "chunks", "sweeps", "responses", "explanations", "tries", "reaches", "quarantine"):
        (store.root / folder).make() if folder else None
        for name in [*desktop_names(card), *desktop_names(last)]:
            (store.path / folder / name).write_text("mine")
    before = contents(store.path)
    assert verify(store.path) == []
    with claimed(store.path, TODAY) as held:
        assert held.quarantine_damaged() == []
    assert digest(store.path) == whole
    assert remembered(store.path)["file"]
    assert contents(store.path) == before


def test_an_older_file_in_the_quarantine_is_not_overwritten(store):
    card = store.chunks()[0].card
    (store.root / "quarantine").make()
    (store.root / "quarantine" / card.name).write(b"older")
    card.path.write_text("damaged")
    with claimed(store.path, TODAY) as held:
        assert len(held.quarantine_damaged()) == 1
    assert (store.root / "quarantine" / card.name).read() == b"older"
    assert (store.root / "quarantine" / f"{card.name}.2").read() == b"damaged"


NAMES = (
    "lock",
    "folder.json",
    "heartbeat.json",
    "report.html",
    "chunks",
    "sweeps",
    "quarantine",
    "outputs",
    "responses",
    "explanations",
    "tries",
    "searches",
    "reforms",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_link_in_the_place_of_ours_is_refused_and_nothing_behind_it_is_touched(tmp_path, store, name):
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "thesis.csv").write_text("mine")
    behind = documents / "thesis.csv" if "." in name or name == "lock" else documents
    if (store.path / name).exists():
        (store.path / name).rename(tmp_path / "moved")
    (store.path / name).symlink_to(behind)
    with pytest.raises(InTheWay, match=f"{name} is a link"), claimed(store.path, TODAY):
        pass
    assert contents(documents) == {"thesis.csv": b"mine"}
    assert (store.path / name).is_symlink()


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_card_that_is_no_file_is_told_and_neither_followed_nor_waited_for(tmp_path, store, kind):
    card = store.chunks()[0].card.path
    card.rename(tmp_path / "card")
    card.symlink_to(tmp_path / "card") if kind == "link" else os.mkfifo(card)
    assert [f"{card.name} is a {kind}" in line for line in verify(store.path)] == [True]
    with pytest.raises(InTheWay), claimed(store.path, TODAY) as held:
        held.quarantine_damaged()
    assert (tmp_path / "card").exists() and os.path.lexists(card)


def test_a_lock_shared_with_a_file_of_somebody_is_not_written(tmp_path, store):
    (tmp_path / "diary").write_text("mine")
    (store.path / "lock").unlink()
    os.link(tmp_path / "diary", store.path / "lock")
    with pytest.raises(InTheWay, match="did not write"), claimed(store.path, TODAY):
        pass
    assert (tmp_path / "diary").read_text() == "mine"


def test_a_sign_of_life_goes_through_no_link_and_stops_no_sweep(tmp_path):
    (tmp_path / "diary").write_text("mine")
    (tmp_path / "heartbeat.json").symlink_to(tmp_path / "diary")
    beating = Heartbeat(tmp_path, dict)
    beating.beat()
    beating.end()
    assert (tmp_path / "diary").read_text() == "mine" and (tmp_path / "heartbeat.json").is_symlink()


def test_a_record_that_names_a_file_elsewhere_is_damaged(store):
    from experiments.exits import CorruptData
    from experiments.store import sealed

    last = store.sweeps / "last.json"
    for name in ("../folder.json", "/etc/passwd", f"{HEX}.json", None):
        about = {"file": name, "of": store.mark(), "checksum": 64 * "0", "words": []}
        sealed.write_json(last, "sweep", about)
        with pytest.raises(CorruptData, match=r"no version writes such a record \(file\)"):
            store.last_sweep()


def test_a_folder_in_which_another_sweep_begins_meanwhile_is_ours(tmp_path, monkeypatch):
    from experiments.store import foreign, sealed
    from experiments.store.own_files import OwnPath

    listed, header = foreign._not_ours, {"format": 1, "sources": {}, "data": {}, "versions": {}}

    def meanwhile(root):
        sealed.write_json(root / "folder.json", "header", header)
        return listed(root)

    monkeypatch.setattr(foreign, "_not_ours", meanwhile)
    foreign.refuse_foreign(OwnPath(tmp_path))
    assert OwnPath(tmp_path).names() == ["folder.json"]
