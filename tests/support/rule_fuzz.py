"""Rule files as nobody should write them: mutations of good ones, in their text and in their tree.

`python -m tests.support.rule_fuzz 20000` runs so many cases in children that may use 2 s of CPU a case and
300 MB more than they started with. It prints what did not end as it must: with located issues, or with a rule
set that scores.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from scoring.engine import PlainEngine
from scoring.errors import has_hard
from scoring.facts import gather_facts
from scoring.periods import Period
from scoring.rulebook.files import rule_set_from_files
from scoring.rulebook.tree import Findings
from scoring.vectorised.engine import VectorEngine

ROOT = Path(__file__).parents[2]
SEEDS = ("tests/rules/practice", "tests/external", "rules/province")
CPU_SECONDS = 2
EXTRA_MEMORY = 300 * 2**20
BATCH = 50

Files = dict[str, bytes]
_SIGNS = (
    "&a ",
    "*a",
    "<<: ",
    "? ",
    ": ",
    "---\n",
    "\t",
    "\0",
    "\ufeff",
    "\u202e",
    "'",
    '"',
    "#",
    "|\n",
    ">\n",
    "%",
)
_WORDS = ("９", "100%", "-5%", "null", "~", "yes", "dated:", "cases:", "{dated: []}", "{{ 1 }}", "${x}")
_LONG = (
    "1e999999999",
    "9" * 5_000,
    "-" * 300,
    "0." + "0" * 400 + "1",
    "2 ** 99999",
    "9 ** (9 ** 9)",
    "x" * 5_000,
)
_DEEP = ("[" * 60, "{" * 60, "- " * 40, "(" * 300, "1 + " * 300 + "1", "units_mean(" * 60, "not " * 300)
_TOKENS = (*_SIGNS, *_WORDS, *_LONG, *_DEEP, "!!python/object/apply:os.system [id]")
_STEPS = ({"to": "2021-06-30", "use": "1"}, {"from": "2021-07-01", "use": "2"})
_VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 1.5, 10**30, "", " ", "x", "0", "-0.0", "1/0", "1/3", "100%", "E1", "total"),
    *([], {}, [[]], [{}], ["a", "a"], {"a": {"b": {"c": 1}}}, {"kind": "ladder"}, {"kind": "direct"}),
    *({"dated": []}, {"dated": [_STEPS[0]]}, {"dated": list(_STEPS)}, {"cases": []}),
    *("units_mean(units_mean(1))", "1 if 1 > 0 else 2", "((((1))))", "1 / 0", "0 ** -1", "ln(0)", "2 ** 0.5"),
)


def seeds() -> list[Files]:
    """Good rule sets, each as its files."""
    from tests.support.rulesets import small_files

    found: list[Files] = [{name: text.encode() for name, text in small_files().items()}]
    for top in SEEDS:
        for frame in sorted((ROOT / top).rglob("ruleset.yaml")):
            folder = frame.parent
            files = {
                path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yaml")
            }
            if sum(map(len, files.values())) < 60_000:
                found.append(files)
    return found


def mutated(files: Files, draw: random.Random) -> Files:
    """The files with one to three things changed in one of them."""
    name = draw.choice(sorted(files))
    content = files[name]
    for _ in range(draw.randint(1, 3)):
        content = draw.choice((_in_text, _in_text, _in_tree))(content, draw)
    return {**files, name: content}


def _in_text(content: bytes, draw: random.Random) -> bytes:
    text = content.decode("utf-8", "surrogateescape")
    start = draw.randint(0, len(text))
    end = min(len(text), start + draw.choice((0, 0, 1, 5, 40)))
    lines = text.splitlines(keepends=True) or [""]
    choice = draw.randint(0, 5)
    if choice == 0:
        text = text[:start] + draw.choice(_TOKENS) + text[end:]
    elif choice == 1:
        text = text[:start] + text[start:end] * draw.choice((0, 2, 50)) + text[end:]
    elif choice == 2:
        place = draw.randrange(len(lines))
        lines[place] = draw.choice(("  ", "    ")) + lines[place]
        text = "".join(lines)
    elif choice == 3:
        one, other = draw.randrange(len(lines)), draw.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
        text = "".join(lines)
    elif choice == 4:
        text = text[:start] + chr(draw.randint(0, 0x10FFFF)) + text[end:]
    else:
        return content[:start] + bytes(draw.randrange(256) for _ in range(3)) + content[end:]
    return text.encode("utf-8", "surrogatepass")


def _in_tree(content: bytes, draw: random.Random) -> bytes:
    try:
        tree = yaml.load(content, yaml.CBaseLoader)  # noqa: S506 - the base loader makes only text
    except (yaml.YAMLError, UnicodeDecodeError, ValueError):
        return _in_text(content, draw)
    places = list(_places(tree))
    if not places:
        return content
    holder, key = draw.choice(places)
    choice = draw.randint(0, 4)
    if choice == 0 and isinstance(holder, dict):
        holder[draw.choice(("x", "code", "points", "dated", key + key))] = holder.pop(key)
    elif choice == 1:
        del holder[key]
    elif choice == 2:
        other_holder, other = draw.choice(places)
        holder[key] = json.loads(json.dumps(other_holder[other]))
    else:
        holder[key] = draw.choice(_VALUES)
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode("utf-8", "surrogatepass")


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in list(items):
        yield node, key
        yield from _places(inner)


def judge(files: Mapping[str, bytes]) -> str:
    """How a case ended: refused with places, or scored alike by both engines; raises for anything else."""
    findings = Findings()
    rules = rule_set_from_files(files, findings)
    issues = tuple(findings.issues)
    assert all(issue.zh and issue.en and issue.code for issue in issues)
    assert all(issue.place.file or issue.code == "not-checked" for issue in issues), [
        str(each) for each in issues
    ]
    if rules is None or has_hard(issues):
        assert has_hard(issues), "no rule set, and nothing says why"
        return "refused"
    facts = gather_facts(tuple(rules.units)[:3], [])
    period = Period(rules.year, 4, yearly=True)
    plain, vector = PlainEngine(rules, facts, period).score(), VectorEngine(rules, facts, period).score()
    assert plain == vector, "the engines disagree"
    return "scored"


def case(number: int, all_seeds: list[Files]) -> Files:
    """The files of a case; the same number gives the same files."""
    draw = random.Random(number)  # noqa: S311 - drawn cases, no secret
    return mutated(draw.choice(all_seeds), draw)


def campaign(first: int, count: int) -> dict[str, int]:
    """Runs so many cases in children; prints every one that did not end as it must."""
    all_seeds = seeds()
    ended: dict[str, int] = {}
    waiting = list(range(first, first + count))
    while waiting:
        batch, waiting = waiting[:BATCH], waiting[BATCH:]
        done = _child(batch, all_seeds)
        if done is None:
            done = {}
            for number in batch:
                alone = _child([number], all_seeds)
                done |= alone if alone is not None else {number: "killed: more than 2 s of CPU, or memory"}
        for number, how in done.items():
            word = how.partition(":")[0]
            ended[word] = ended.get(word, 0) + 1
            if word not in {"refused", "scored"}:
                sys.stdout.write(f"case {number}: {how}\n")
    return ended


def _tried(number: int, all_seeds: list[Files]) -> str:
    started = time.process_time()
    try:
        how = judge(case(number, all_seeds))
        taken = time.process_time() - started
        return how if taken <= CPU_SECONDS else f"slow: {taken:.1f} s of CPU"
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"crash: {type(error).__name__}: {str(error)[:200]} ({last.filename}:{last.lineno})"


def _child(numbers: Sequence[int], all_seeds: list[Files]) -> dict[int, str] | None:
    """How the cases ended in a child with limits; None where the child died."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        soft = CPU_SECONDS * len(numbers) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft, soft))
        size = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + EXTRA_MEMORY, size + EXTRA_MEMORY))
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        with os.fdopen(writing, "w", encoding="utf-8") as pipe:
            json.dump({number: _tried(number, all_seeds) for number in numbers}, pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        text = pipe.read()
    os.waitpid(process, 0)
    return {int(number): how for number, how in json.loads(text).items()} if text else None


def main() -> None:
    """Runs the campaign named on the command line: COUNT [FIRST]."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    ended = campaign(int(sys.argv[2]) if len(sys.argv) > 2 else 0, count)
    sys.stdout.write(f"{ended}\n")


if __name__ == "__main__":
    main()
