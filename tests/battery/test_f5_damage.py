"""F5: result files cut, flipped, swapped, emptied, of another version: always seen, never used, repaired."""

import random
import shutil

import pytest
from sealed_results import TODAY, completed, files, used
from toy_sweeps import noticed

from experiments import digest

OTHER = TODAY | {"sources": {"sim/a.py": "12"}}


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A whole folder, and one of the same runs by another version of the sources."""
    base = tmp_path_factory.mktemp("f5")
    completed(base / "ours")
    completed(base / "other", OTHER, sources="t")
    return base / "ours", base / "other"


def cut(content, luck):
    return content[: luck.randrange(len(content))]


def flipped(content, luck):
    place = luck.randrange(len(content))
    return content[:place] + bytes([content[place] ^ (1 << luck.randrange(8))]) + content[place + 1 :]


def repaired(folder):
    """Whether the next sweep puts the damage aside and ends with the digest of a whole folder."""
    before = digest(folder.parent / "ours")
    completed(folder)
    return not noticed(folder) and digest(folder) == before


@pytest.mark.parametrize(("damage", "slice_n", "full_n"), [(cut, 4, 200), (flipped, 8, 500)])
def test_damaged_bytes_are_always_seen_and_never_used(battery, folders, tmp_path, damage, slice_n, full_n):
    whole, luck = used(folders[0]), random.Random(5)
    held = shutil.copytree(folders[0], tmp_path / "held")
    for path in files(held):
        content = path.read_bytes()
        for trial in range(battery.trials(slice_n, full_n)):
            path.write_bytes(damage(content, luck))
            found = used(held)
            well = noticed(held) and (found is None or found == whole)
            battery.record("F5", well, f"{damage.__name__} {path.name} {trial}")
        path.write_bytes(content)


def test_damage_is_put_aside_and_its_runs_are_computed_again(battery, folders, tmp_path):
    luck = random.Random(6)
    (tmp_path / "ours").symlink_to(folders[0])
    for number, name in enumerate(path.relative_to(folders[0]) for path in files(folders[0])):
        for damage in (cut, flipped, lambda content, luck: b""):
            held = shutil.copytree(folders[0], tmp_path / f"{number}", dirs_exist_ok=True)
            path = held / name
            path.write_bytes(damage(path.read_bytes(), luck))
            battery.record("F5", noticed(held) and repaired(held), f"repair of {name}")
            shutil.rmtree(held)


def test_files_that_changed_places_are_seen_and_repaired(battery, folders, tmp_path):
    (tmp_path / "ours").symlink_to(folders[0])
    names = [path.relative_to(folders[0]) for path in files(folders[0])]
    for first in names:
        for second in names:
            if first < second and first.suffix == second.suffix:
                held = shutil.copytree(folders[0], tmp_path / "held")
                contents = (held / first).read_bytes(), (held / second).read_bytes()
                (held / first).write_bytes(contents[1])
                (held / second).write_bytes(contents[0])
                same = contents[0] == contents[1]  # the record of the only sweep is the last one
                battery.record("F5", same or (noticed(held) and repaired(held)), f"{first} and {second}")
                shutil.rmtree(held)


def test_files_of_another_version_are_seen_and_repaired(battery, folders, tmp_path):
    """Singly, and a whole chunk of theirs, whose checksums all agree, beside ours."""
    ours, other = folders
    (tmp_path / "ours").symlink_to(ours)
    strangers = {path.name: path for path in files(other)}
    by_kind = {"".join(path.suffixes): path for path in files(other)}
    for path in files(ours):
        held = shutil.copytree(ours, tmp_path / "held")
        target = held / path.relative_to(ours)
        target.write_bytes(strangers.get(path.name, by_kind["".join(path.suffixes)]).read_bytes())
        seen = noticed(held)
        # A header of another version is refused by a sweep, which cannot know which of the two is false.
        well = seen and (path.name == "folder.json" or repaired(held))
        battery.record("F5", well, f"{path.name} of another version")
        shutil.rmtree(held)
    held = shutil.copytree(ours, tmp_path / "held")
    for path in (other / "chunks").iterdir():
        shutil.copy(path, held / "chunks" / path.name)
    battery.record("F5", noticed(held) and repaired(held), "whole chunks of another version")
