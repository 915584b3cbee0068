#!/usr/bin/env python3
"""Holds Transom's judgement of templates against Meta's, on templates that others published with Meta's verdict.

    git clone https://github.com/Bindambc/whatsapp-business-java-api ~/judged/bindambc
    python3 tests/by_hand/templates.py target/release/transom ~/judged

FOLDER holds one folder a source (nothing of them belongs into this repository). All their text files are searched for
templates as Meta's API returns them, `{name, language, category, status, rejected_reason, components: [..]}`, in JSON and in
the JSON or Python that code and documentation quote, and for those of Meta's template library (`body_params`). Each becomes
a funnel that sends it, with its own samples, and `transom check` judges it.

Approved, paused and disabled templates passed Meta's review, so an error of T005 to T007 on one is a disagreement. One that
was rejected for its form must have a finding. Rejections for what a template says are only counted: no program can know
them. Authors of test data also invent templates and give them a status that Meta never gave; those whose id is none of
Meta's are told apart, and so are those without a verdict, such as the examples of documentation. It ends with 1 where there is a disagreement about a template with an id of Meta's.
"""

import ast
import collections
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

CODES = {"T005", "T006", "T007"}
PASSED = {"APPROVED", "PAUSED", "DISABLED", "LIBRARY"}
OF_FORM = re.compile(r"INVALID_FORMAT|^2388\d{3}$")
SKIPPED = {".git", "node_modules"}
LARGEST = 8_000_000
LIBRARY_ID = re.compile(r"^\d{15,17}$")


def objects(value):
    """Every object in a JSON value, also in texts that hold JSON themselves."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from objects(inner)
    elif isinstance(value, str) and len(value) > 40 and ("components" in value or "body_params" in value):
        yield from quoted(value)


def quoted(text):
    """The objects of a text that is not JSON as a whole: each that surrounds a list of components."""
    done = -1
    for mark in re.finditer(r"""["'](components|body_params)["']\s*:""", text):
        if mark.start() < done:
            continue
        for start in reversed([at.start() for at in re.finditer(r"\{", text[max(0, mark.start() - 4000):mark.start()])][-40:]):
            start += max(0, mark.start() - 4000)
            end = closing(text, start)
            value = read(text[start:end]) if end and end > mark.start() else None
            if isinstance(value, dict) and "name" in value:
                yield from objects(value)
                done = end
                break


def closing(text, start):
    """Where the brace at `start` closes, with braces in texts left out."""
    depth, quote, at = 0, None, start
    while at < min(len(text), start + 60_000):
        char = text[at]
        if quote:
            if char == "\\":
                at += 1
            elif char == quote:
                quote = None
        elif char in "\"'":
            quote = char
        elif char in "{[":
            depth += 1
        elif char in "}]":
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return None


def read(text):
    text = re.sub(r",(\s*[}\]])", r"\1", text)
    for reader in (lambda: json.loads(text, strict=False), lambda: ast.literal_eval(text)):
        try:
            return reader()
        except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
            pass
    return None


def text_of(value):
    return value if isinstance(value, str) else ""


def template(found):
    """A template with what Transom knows of one; None where the object is something else."""
    if not isinstance(found.get("name"), str):
        return None
    made = {key: text_of(found.get(key)) for key in ("name", "language", "category", "status", "rejected_reason")}
    made["id"] = str(found.get("id", ""))
    made |= {"header": None, "body": None, "footer": "", "buttons": [], "samples": {}, "left_out": set()}
    if isinstance(found.get("language"), dict):
        made["language"] = text_of(found["language"].get("code"))
    if isinstance(found.get("body_params"), list) and isinstance(found.get("body"), str):
        made |= {"status": "LIBRARY", "body": found["body"], "footer": text_of(found.get("footer"))}
        made["header"] = ("TEXT", found["header"]) if isinstance(found.get("header"), str) else None
        made["samples"] = {str(at): text_of(value) for at, value in enumerate(found["body_params"], 1)}
        buttons(made, found.get("buttons"))
        return made
    components = found.get("components")
    if not isinstance(components, list) or not all(isinstance(component, dict) for component in components):
        return None
    if any("parameters" in component for component in components):
        return None  # a message that sends one
    for component in components:
        kind, text = text_of(component.get("type")).upper(), text_of(component.get("text"))
        example = component.get("example")
        if kind == "HEADER":
            made["header"] = (text_of(component.get("format")).upper() or "TEXT", text)
        elif kind == "BODY":
            made["body"] = text
        elif kind == "FOOTER":
            made["footer"] = text
        elif kind == "BUTTONS":
            buttons(made, component.get("buttons"))
        else:
            made["left_out"].add(kind)
        if kind in ("HEADER", "BODY") and isinstance(example, dict):
            samples(made, kind, example)
    return made if made["body"] else None


def samples(made, kind, example):
    values = example.get("body_text") if kind == "BODY" else example.get("header_text")
    if isinstance(values, list) and values and isinstance(values[0], list):
        values = values[0]
    new = {str(at): str(value) for at, value in enumerate(values or [], 1)} if isinstance(values, list) else {}
    named = example.get("body_text_named_params") or example.get("header_text_named_params") or []
    new |= {str(one.get("param_name")): str(one.get("example")) for one in named if isinstance(one, dict)}
    # Transom has one sample a variable; the body's goes before the header's.
    made["samples"] = made["samples"] | new if kind == "BODY" else new | made["samples"]


def buttons(made, found):
    for button in found if isinstance(found, list) else []:
        if not isinstance(button, dict):
            continue
        kind, text = text_of(button.get("type")).upper(), text_of(button.get("text"))
        example = button.get("example")
        example = example[0] if isinstance(example, list) and example else example
        if kind == "QUICK_REPLY":
            made["buttons"].append(f"QuickReply({ron(text)})")
        elif kind == "URL":
            made["buttons"].append(f"Url(text: {ron(text)}, url: {ron(text_of(button.get('url')))})")
            if isinstance(example, str):
                made["samples"].setdefault("1", example)
        elif kind == "PHONE_NUMBER":
            made["buttons"].append(f"Phone(text: {ron(text)}, number: {ron(text_of(button.get('phone_number')))})")
        elif kind == "COPY_CODE" and isinstance(example, str):
            made["buttons"].append(f"CopyCode({ron(example)})")
        else:
            made["left_out"].add(f"button {kind}")


def ron(text):
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{{{ord(found[0]):x}}}", text) + '"'


def funnel(made):
    category = {"MARKETING": "Marketing", "AUTHENTICATION": "Authentication"}.get(made["category"].upper(), "Utility")
    kinds = {"IMAGE": "Image", "VIDEO": "Video", "DOCUMENT": "Document", "LOCATION": "Location"}
    header = made["header"] or ("", "")
    header = f"Text({ron(header[1])})" if header[0] == "TEXT" else kinds.get(header[0])
    texts = f"{made['header']}{made['body']}{''.join(made['buttons'])}"
    given = dict(made["samples"])
    if not given:
        given = {name.strip(): "sample" for name in re.findall(r"\{\{([^{}]*)\}\}", texts)}
    filled = ", ".join(f"{ron(name)}: {ron(sample)}" for name, sample in given.items() if name)
    return f"""#![enable(implicit_some)]
(
    format: 1,
    name: {ron(made["name"])},
    policy: "whatsapp-2026-10",
    audience: (market: "BR", timezone: "America/Sao_Paulo", size: 100),
    templates: [(
        name: {ron(made["name"])}, language: {ron(made["language"].replace("-", "_"))}, category: {category}, status: Approved,
        {f"header: {header}," if header else ""} body: {ron(made["body"])}, footer: {ron(made["footer"])},
        buttons: [{", ".join(made["buttons"])}], samples: {{{filled}}},
    )],
    steps: [
        (id: "in", title: "In", kind: Entry(channel: BusinessInitiated, opt_in: true)),
        (id: "use", title: "Use", kind: Message(purpose: {category}, send: Template({ron(made["name"])}))),
        (id: "out", title: "Out", kind: Exit(Converted)),
    ],
    links: [(from: "in", to: "use"), (from: "use", to: "out")],
)
"""


def gather(folder):
    """The templates under a folder, each once, with the source and the file in which it first stands."""
    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not SKIPPED & set(path.parts)):
        if path.stat().st_size > LARGEST:
            continue
        # Some copies of documentation end each line of an example with a backslash.
        text = re.sub(r"\\\\\n", "\n", path.read_bytes().decode("utf-8", errors="replace"))
        if "components" not in text and "body_params" not in text:
            continue
        whole = read(text) if path.suffix == ".json" else None
        for one in objects(whole) if whole is not None else quoted(text):
            made = template(one)
            if made and not re.search("[<&]", made["name"]):
                key = (made["name"], made["language"], made["status"], made["body"], str(made["header"]), made["footer"], str(made["buttons"]))
                found.setdefault(key, (path.relative_to(folder), made))
    return list(found.values())


def judged(transom, gathered):
    with tempfile.TemporaryDirectory() as folder:
        for number, (_, made) in enumerate(gathered):
            (Path(folder) / f"{number:05}.ron").write_text(funnel(made), encoding="utf-8")
        command = [transom, "check", "--format", "json", "--now", "2026-12-01T09:00:00", folder]
        output = subprocess.run(command, capture_output=True, text=True)
    for line in output.stderr.splitlines():
        print(f"transom: {line}", file=sys.stderr)
    reports = {int(Path(report["file"]).stem): report["diagnostics"] for report in json.loads(output.stdout)}
    return [[one for one in reports[number] if one["code"] in CODES] for number in range(len(gathered))]


def genuine(made):
    """Whether the id could be Meta's: 15 to 17 digits that are no counting and no repetition."""
    return bool(LIBRARY_ID.match(made["id"])) and len(set(made["id"])) > 4 and "12345678" not in made["id"]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    gathered = gather(Path(sys.argv[2]))
    counts, failed = collections.Counter(), False
    for (path, made), findings in zip(gathered, judged(str(Path(sys.argv[1]).resolve()), gathered)):
        status, reason = made["status"].upper(), made["rejected_reason"].upper()
        errors = [one for one in findings if one["severity"] == "error"]
        what = "id of Meta's" if genuine(made) else "other id" if made["id"] else "no id"
        source = path.parts[0]
        if status in PASSED and made["body"]:
            verdict = "agree" if not errors else "DISAGREE"
            told = errors
            counts[(source, what, "passed", verdict)] += 1
            counts[(source, what, "passed", "with a warning")] += not errors and bool(findings)
        elif status == "REJECTED" and OF_FORM.search(reason):
            verdict, told = "agree" if findings else "DISAGREE", []
            counts[(source, what, "rejected for its form", verdict)] += 1
        else:
            kind = f"rejected, {reason.lower() or 'no reason'}" if status == "REJECTED" else "no verdict"
            counts[(source, what, kind, "with an error" if errors else "without an error")] += 1
            if errors:
                print(f"{kind}: {made['name']} ({made['language']}), {path}: {errors[0]['code']} {errors[0]['message']}")
            continue
        if verdict == "DISAGREE":
            failed |= what == "id of Meta's"
            print(f"{what}, {status} {reason}: {made['name']} ({made['language']}), {path}")
            print("".join(f"    {one['code']} {one['message']}\n" for one in told) or f"    nothing is found in {made['body'][:160]!r}\n", end="")
        elif findings and status in PASSED:
            print(f"warned of, {status}: {made['name']} ({made['language']}), {path}: {findings[0]['code']} {findings[0]['message']}")
    print(f"\n{len(gathered)} templates")
    for key, count in sorted(counts.items()):
        if count:
            print(f"{count:5}  {', '.join(key)}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
