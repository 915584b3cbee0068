#!/usr/bin/env python3
"""Holds what `transom check --format sarif` prints against the SARIF 2.1.0 schema, which is not part of this repository.

    pip install jsonschema rfc3987
    git clone https://github.com/oasis-tcs/sarif-spec
    python3 tests/by_hand/sarif.py target/release/transom sarif-spec/sarif-2.1/schema/sarif-schema-2.1.0.json [FOLDER]

It checks the samples, every broken file of the tests, funnels whose words, ids and paths are as odd as a file may have
them, several at once, and each option that changes the report. With FOLDER it leaves the reports there, for other
validators. Beside the schema it asks for what the standard says in prose and a schema cannot: braces doubled, rules at the
index that a result names, relative addresses. It ends with 1 where a report is refused.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema
import rfc3987

ROOT = Path(__file__).resolve().parents[2]
NOW = ["--now", "2026-12-01T09:00:00"]
ODD = ['say "hi"', "two\\nlines", "tab\\there", "👩‍👩‍👧 family", "עברית", "{0} {{1}} }", "[a](1) `b` <c>", "\\u{7}bell", "%20", "é\\u{301}"]


def odd_funnel():
    """Steps of which each carries an odd word as its id, its title and its text, and sends it too late."""
    steps = ['(id: "in", title: "In", kind: Entry(channel: UserMessage)),']
    links, last = [], "in"
    for number, word in enumerate(ODD):
        word = word.replace('"', '\\"')
        steps.append(f'(id: "wait{number}", title: "{word}", kind: Wait(For("1d"))),')
        steps.append(
            f'(id: "{word} {number}", title: "{word}", kind: Message(purpose: Service, send: FreeForm(Text("{word}")))),'
        )
        links += [f'(from: "{last}", to: "wait{number}"),', f'(from: "wait{number}", to: "{word} {number}"),']
        last = f"{word} {number}"
    template = (
        '(name: "Bad {0}", language: "xx", category: Marketing, status: Draft, body: "{{1}} {{3}} {", footer: "{{1}}",\n'
        '            buttons: [Url(text: "a {0}", url: "https://example.com/{{1}}/x")], samples: {"1": "100%"}),'
    )
    return funnel("\n        ".join(steps), "\n        ".join(links), template)


def funnel(steps, links, templates="", more=""):
    return f"""#![enable(implicit_some)]
(
    format: 1,
    name: "By hand",
    policy: "whatsapp-2026-10",
    audience: (market: "BR", timezone: "America/Sao_Paulo", size: 1000),
    {more}
    templates: [
        {templates}
    ],
    steps: [
        {steps}
    ],
    links: [
        {links}
    ],
)
"""


CLEAN = funnel(
    '(id: "in", title: "In", kind: Entry(channel: UserMessage)),\n'
    '        (id: "hi", title: "Hi", kind: Message(purpose: Service, send: FreeForm(Text("Hi!")))),\n'
    '        (id: "out", title: "Out", kind: Exit(Converted)),',
    '(from: "in", to: "hi"),\n        (from: "hi", to: "out"),',
)
ALLOWED = funnel(
    '(id: "in", title: "In", kind: Entry(channel: UserMessage)),\n'
    '        (id: "day", title: "A day", kind: Wait(For("1d"))),\n'
    '        (id: "hi", title: "Hi", allow: [(code: "W001", why: "The \\"partner\\" {sends} it\\n👍"), (code: "W003", why: "x")],\n'
    '            kind: Message(purpose: Service, send: FreeForm(Text("Hi!")))),\n'
    '        (id: "out", title: "Out", kind: Exit(Converted)),',
    '(from: "in", to: "day"),\n        (from: "day", to: "hi"),\n        (from: "hi", to: "out"),',
)
PATHS = [
    b"with spaces.ron", b"quote \" and ' and `.ron", "ação 👍.ron".encode(), b"a#b?c%20d.ron", b"a:b.ron", b"[x]{y}|z.ron",
    b"back\\slash.ron", b"line\nbreak.ron", b"caf\xe9 \xff.ron", b"-dash.ron", b"~home.ron",
]


def cases(folder):
    """The name of each case, its arguments, and the folder that it runs in."""
    write = lambda name, text: (folder / name).write_text(text, encoding="utf-8")
    write("odd.ron", odd_funnel()), write("clean.ron", CLEAN), write("allowed.ron", ALLOWED)
    write("empty.ron", ""), (folder / "latin1.ron").write_bytes(b'(format: 1, name: "caf\xe9")')
    (folder / "nothing").mkdir()
    paths = folder / "paths"
    paths.mkdir()
    for name in PATHS:
        Path(os.fsdecode(os.fsencode(paths) + b"/" + name)).write_text(ALLOWED, encoding="utf-8")
    samples = sorted((ROOT / "funnels").glob("*.ron")) + sorted((ROOT / "tests/funnels").glob("*.ron"))
    broken = sorted((ROOT / "tests/broken").glob("*.ron"))
    for path in samples + broken:
        yield path.stem, [path.relative_to(ROOT)], ROOT
    yield "all-absolute", samples, folder
    yield "all-broken-and-samples", [path.relative_to(ROOT) for path in broken + samples], ROOT
    yield "folders", ["funnels", "tests/funnels", "tests/broken"], ROOT
    yield "no-such-file", ["funnels/day3-mistake.ron", "nowhere.ron"], ROOT
    yield "empty-folder", ["nothing"], folder
    yield "upwards", ["../odd.ron", "./../clean.ron"], paths
    for name in ["odd", "clean", "allowed", "empty", "latin1"]:
        yield name, [f"{name}.ron"], folder
    for number, name in enumerate(PATHS):
        yield f"path-{number}", ["--", os.fsdecode(name)], paths
    yield "paths", ["."], paths
    mistake = "funnels/day3-mistake.ron"
    options = {
        "select": ["--select", "W"], "select-nothing": ["--select", "T009"], "ignore": ["--ignore", "W001,T,S"],
        "what-if": ["--what-if"], "against": ["--against", "funnels/day3-reengagement.ron"],
        "against-policy": ["--against-policy", "strict-cdp"],
    }
    for policy in sorted((ROOT / "assets/policies").glob("*.ron")):
        options[f"policy-{policy.stem}"] = ["--policy", policy.stem]
    for name, option in options.items():
        yield name, [mistake, *option], ROOT
        yield f"{name}-wrong", ["tests/funnels/templates-wrong.ron", *option], ROOT


def run(transom, arguments, cwd):
    command = [transom, "check", "--format", "sarif", *NOW, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True)


def strings(value, at=""):
    """Every text of a report with its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, f"{at}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from strings(inner, f"{at}/{number}")
    elif isinstance(value, str):
        yield at, value


def in_prose(log):
    """What the standard asks for in words (3.11.5, 3.4.3, 3.27.7, 3.27.10)."""
    wrong = []
    for at, text in strings(log):
        if re.search(r"/message/(text|markdown)$", at) and re.search(r"[{}]", re.sub(r"\{\{|\}\}", "", text)):
            wrong.append(f"{at}: a brace that is not doubled in {text!r}")
        if at.endswith("/uri"):
            try:
                rfc3987.parse(text, rule="URI_reference")
            except ValueError as error:
                wrong.append(f"{at}: {error}")
    for run_of in log["runs"]:
        rules = run_of["tool"]["driver"]["rules"]
        for result in run_of["results"]:
            if result["ruleId"] != rules[result["ruleIndex"]]["id"]:
                wrong.append(f"{result['ruleId']} is not at the index that its result names")
    return wrong


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    transom = str(Path(sys.argv[1]).resolve())
    schema = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    kept = Path(sys.argv[3]) if len(sys.argv) == 4 else None
    refused, reports, results, notifications, silent = 0, 0, 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        for name, arguments, cwd in cases(Path(folder)):
            output = run(transom, arguments, cwd)
            if not output.stdout:
                silent.append(f"{name} (status {output.returncode}): {output.stderr.decode(errors='replace').strip()[:120]}")
                continue
            log = json.loads(output.stdout)
            reports += 1
            results += sum(len(run_of["results"]) for run_of in log["runs"])
            told = [run_of["invocations"][0]["toolExecutionNotifications"] for run_of in log["runs"]]
            notifications += sum(map(len, told))
            found = [f"/{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in validator.iter_errors(log)]
            found += in_prose(log)
            refused += bool(found)
            for problem in found[:5]:
                print(f"{name}: {problem}")
            if kept:
                kept.mkdir(parents=True, exist_ok=True)
                (kept / f"{name}.sarif").write_bytes(output.stdout)
    print(f"{reports} reports, {results} results, {notifications} notifications: {refused} refused by {kind.__name__} and the prose")
    for line in silent:
        print(f"no report: {line}")
    sys.exit(1 if refused else 0)


if __name__ == "__main__":
    main()
