"""A folder of outputs is replaced as a whole, and nothing of anybody else's is lost with it."""

import threading

import pytest

from experiments.exits import CannotWrite, FolderHeld
from experiments.store import outputs


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_what_the_new_outputs_lack_is_gone(tmp_path):
    target = tmp_path / "figures"
    outputs.replace(target, {"a.svg": b"1", "response.svg": b"2"}, {"sweeps": ["x"]})
    outputs.replace(target, {"a.svg": b"3"}, {"sweeps": ["y"]})
    assert names(target) == ["a.svg", "about.json"]
    assert (target / "a.svg").read_bytes() == b"3"
    assert outputs.card_of(target)["sweeps"] == ["y"]
    assert names(tmp_path) == ["figures"]


def test_a_file_of_somebody_else_and_an_edited_one_are_kept_and_told(tmp_path, capsys):
    target = tmp_path / "figures"
    outputs.replace(target, {"a.svg": b"1", "b.svg": b"2"}, {})
    (target / "notes.txt").write_text("mine")
    (target / "a.svg").write_text("edited")
    outputs.replace(target, {"a.svg": b"3"}, {})
    (kept,) = [path for path in tmp_path.iterdir() if path.name.startswith("figures-kept-")]
    assert names(kept) == ["a.svg", "about.json", "notes.txt"]
    assert (kept / "a.svg").read_text() == "edited"
    assert str(kept) in capsys.readouterr().err
    assert names(target) == ["a.svg", "about.json"]


def test_what_cannot_be_written_leaves_the_outputs_before(tmp_path, monkeypatch):
    target = tmp_path / "figures"
    outputs.replace(target, {"a.svg": b"1"}, {})

    def full(path, content):
        raise CannotWrite(f"cannot write {path}: no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("experiments.store.sealed.write", full)
        with pytest.raises(CannotWrite):
            outputs.replace(target, {"a.svg": b"2"}, {})
    assert (target / "a.svg").read_bytes() == b"1"
    outputs.replace(target, {"a.svg": b"3"}, {})
    assert names(tmp_path) == ["figures"]


def test_a_link_in_place_of_the_outputs_is_not_followed(tmp_path):
    elsewhere = tmp_path / "Documents"
    elsewhere.mkdir()
    (elsewhere / "thesis.svg").write_text("mine")
    place = tmp_path / "r" / "outputs"
    place.mkdir(parents=True)
    (place / "figures").symlink_to(elsewhere)
    outputs.replace(place / "figures", {"a.svg": b"1"}, {})
    assert names(elsewhere) == ["thesis.svg"]
    assert names(place / "figures") == ["a.svg", "about.json"]
    (tmp_path / "q").mkdir()
    (tmp_path / "q" / "outputs").symlink_to(elsewhere)
    with pytest.raises(CannotWrite), outputs.held(tmp_path / "q"):
        pass
    assert names(elsewhere) == ["thesis.svg"]


def test_a_card_of_somebody_else_removes_nothing_outside_its_folder(tmp_path):
    target, outside = tmp_path / "figures", tmp_path / "mine.txt"
    outside.write_bytes(b"1")
    outputs.replace(target, {"a.svg": b"1"}, {})
    card = outputs.card_of(target)
    card["files"] |= {"../mine.txt": card["files"]["a.svg"], str(outside): card["files"]["a.svg"]}
    outputs.sealed.write_json(target / outputs.CARD, outputs.KIND, card)
    outputs.replace(target, {"a.svg": b"2"}, {})
    assert outside.read_bytes() == b"1"


def test_two_commands_write_outputs_one_after_the_other(tmp_path, monkeypatch, capsys):
    order, begun = [], threading.Event()

    def first():
        with outputs.held(tmp_path):
            begun.set()
            threading.Event().wait(0.5)
            order.append("first")

    other = threading.Thread(target=first)
    other.start()
    begun.wait()
    with outputs.held(tmp_path):
        order.append("second")
    other.join()
    assert order == ["first", "second"]
    assert capsys.readouterr().err.count("waiting for another command") == 1
    monkeypatch.setattr(outputs, "PATIENCE", 0.0)
    with outputs.held(tmp_path), pytest.raises(FolderHeld), outputs.held(tmp_path):
        pass
