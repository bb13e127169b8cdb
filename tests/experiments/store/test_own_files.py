"""Files are opened, made, replaced, moved and removed without following a link below a named folder."""

import os
import socket

import pytest

from experiments.exits import CannotWrite, InTheWay
from experiments.store.own_files import OwnPath, is_half_written, own


@pytest.fixture
def folder(tmp_path):
    made = OwnPath(tmp_path / "r") / "chunks"
    made.make()
    return made


@pytest.fixture
def diary(tmp_path):
    """A file of somebody else, outside."""
    path = tmp_path / "diary"
    path.write_text("mine")
    return path


USES = {
    "read": lambda path: path.read(),
    "write": lambda path: path.write(b"x"),
    "remove": lambda path: path.remove(),
    "move": lambda path: path.move_into(path.parent),
    "open": lambda path: [handle for handle in [path.opened(os.O_RDWR | os.O_CREAT)] if handle.__enter__()],
    "exists": lambda path: path.exists(),
}
KINDS = {
    "link": lambda path, diary: path.symlink_to(diary),
    "pipe": lambda path, diary: os.mkfifo(path),
    "socket": lambda path, diary: socket.socket(socket.AF_UNIX).bind(str(path)),
    "folder": lambda path, diary: path.mkdir(),
}


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_what_is_no_file_in_the_place_of_a_file_is_refused_and_left(folder, diary, kind, use, monkeypatch):
    monkeypatch.chdir(folder.path)  # the name of a socket is short
    KINDS[kind](folder.path / "a.json", diary)
    with pytest.raises(InTheWay, match=rf"a\.json is a {kind} and no file"):
        USES[use](folder / "a.json")
    assert (folder / "a.json").kind() == kind
    assert (folder.names(), diary.read_text()) == (["a.json"], "mine")


@pytest.mark.parametrize("use", [*USES, "names", "make"])
def test_a_folder_that_is_a_link_is_refused_and_nothing_behind_it_is_touched(tmp_path, folder, use):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.json").write_text("mine")
    folder.path.rmdir()
    folder.path.symlink_to(tmp_path / "documents")
    uses = USES | {"names": lambda path: path.parent.names(), "make": lambda path: path.parent.make()}
    with pytest.raises(InTheWay, match="chunks is a link and no folder"):
        uses[use](folder / "a.json")
    assert [path.read_text() for path in (tmp_path / "documents").iterdir()] == ["mine"]


def test_a_folder_exchanged_for_a_link_between_two_steps_is_noticed(tmp_path, folder, monkeypatch):
    (tmp_path / "documents").mkdir()
    opened = os.open

    def exchanged(path, flags, *rest, **named):
        if path == "chunks" and not folder.path.is_symlink():
            folder.path.rmdir()
            folder.path.symlink_to(tmp_path / "documents")
        return opened(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", exchanged)
    with pytest.raises(InTheWay, match="chunks is a link"):
        (folder / "a.json").write(b"x")
    assert list((tmp_path / "documents").iterdir()) == []


def test_the_folder_that_the_user_named_may_be_a_link(tmp_path, folder):
    (tmp_path / "link").symlink_to(tmp_path / "r")
    (OwnPath(tmp_path / "link") / "chunks" / "a.json").write(b"x")
    assert (folder / "a.json").read() == b"x"


def test_a_file_that_the_user_named_may_lie_behind_a_link_and_be_none(tmp_path, diary):
    (tmp_path / "pictures").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "pictures")
    own(tmp_path / "link" / "a.svg").write(b"x")
    assert (tmp_path / "pictures" / "a.svg").read_bytes() == b"x"
    (tmp_path / "b.svg").symlink_to(diary)
    with pytest.raises(InTheWay, match=r"b\.svg is a link and no file"):
        own(tmp_path / "b.svg").write(b"x")
    assert diary.read_text() == "mine"


@pytest.mark.parametrize("name", ["", ".", "..", "/", "a\0b"])
def test_what_cannot_be_the_name_of_a_file_is_refused_in_a_line(name):
    with pytest.raises(CannotWrite, match="is no name of a file"):
        own(name)


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "/etc", "a\0b"])
def test_a_step_down_is_one_name(folder, name):
    with pytest.raises(ValueError, match="is no name"):
        folder / name


def test_a_file_is_written_whole_beside_and_under_a_name_that_is_new_each_time(folder, monkeypatch):
    names = []
    replace = os.replace

    def replaced(old, new, **where):
        names.append(old)
        assert (folder.path / old).read_bytes() == b"whole"
        replace(old, new, **where)

    monkeypatch.setattr(os, "replace", replaced)
    for _ in range(3):
        (folder / "a.json").write(b"whole")
    assert len(set(names)) == 3 and all(map(is_half_written, names))
    assert folder.names() == ["a.json"]


def test_a_write_that_is_broken_off_leaves_nothing(folder, monkeypatch):
    def stopped(*words, **named):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        (folder / "a.json").write(b"x")
    assert folder.names() == []


def test_a_name_as_long_as_a_disk_takes_can_be_written(folder):
    (folder / ("长" * 85)).write(b"x")
    assert folder.names() == ["长" * 85]


def test_a_file_is_moved_beside_what_is_there_and_not_over_it(folder):
    aside = folder.parent / "quarantine"
    aside.make()
    (aside / "a.json").write(b"theirs")
    for content in (b"1", b"2"):
        (folder / "a.json").write(content)
        (folder / "a.json").move_into(aside)
    assert {name: (aside / name).read() for name in aside.names()} == {
        "a.json": b"theirs",
        "a.json.2": b"1",
        "a.json.3": b"2",
    }


def test_only_names_of_our_own_form_are_half_written_files():
    others = [".a.json.part", ".sanxiang-1.part", "sanxiang-0123456789abcdef.part", ".sanxiang-note.part"]
    assert [name for name in others if is_half_written(name)] == []
