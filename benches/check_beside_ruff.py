#!/usr/bin/env python3
"""Times `transom check` on a folder of funnels beside `ruff check` on a folder of Python files of like size.

    cargo build --release --no-default-features
    pip install ruff
    python3 benches/check_beside_ruff.py target/release/transom [ruff]

Both folders are made from a fixed seed. The two commands run in turn, A B A B, so that a machine that slows down slows
both; what counts is the ratio of one pair. Neither keeps a cache. It prints medians, and says where ruff is missing.
"""

import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEED = 20261122
FILES = 1000
RUNS = 11
NOW = "2026-11-22T12:00:00"
WORDS = (
    "order parcel size colour store offer friend morning coupon delivery answer question shoes kitchen garden weekend "
    "invoice ticket table visit sample letter price number summer winter present basket holiday market"
).split()


def sentence(rng, words):
    return " ".join(rng.choice(WORDS) for _ in range(words)).capitalize() + "."


def funnel(rng, number):
    """A funnel of 17 to 37 steps: questions with timeouts, waits, branches on the window and templates. One in eight
    waits too long before a free-form message."""
    steps, links, templates = [], [], []
    steps.append('(id: "in", title: "Customer writes", at: (0, 0), kind: Entry(channel: UserMessage, opt_in: true)),')
    last, out = "in", ""
    blocks = rng.randint(3, 7)
    mistaken = number % 8 == 0
    for block in range(blocks):
        at = (block + 1) * 1280
        ask, gap, window, free, bound = (f"{name}{block}" for name in ("ask", "gap", "open", "free", "bound"))
        hours = rng.randint(10, 12)
        templates.append(
            f'(name: "tpl_{number}_{block}", language: "en", category: Marketing, status: Approved,\n'
            f'            body: "Hello {{{{1}}}}, {sentence(rng, 12)}", footer: "Reply STOP to stop",\n'
            f'            samples: {{"1": "Asha"}}),'
        )
        steps += [
            f'(id: "{ask}", title: "{sentence(rng, 3)}", at: ({at}, 0), kind: Message(\n'
            f"            purpose: Service,\n"
            f'            send: FreeFormOrTemplate(Text("{sentence(rng, 14)}"), "tpl_{number}_{block}"),\n'
            f"            reply: (\n"
            f'                options: [(label: "Yes", share: 0.6), (label: "No", share: 0.4)],\n'
            f'                chance: 0.7, delay: LogNormal(median: "12m", p90: "6h"), timeout: "{rng.randint(14, 20)}h",\n'
            f"            ),\n        )),",
            f'(id: "{gap}", title: "Wait {hours} h", at: ({at + 320}, 0), kind: Wait(For("{hours}h"))),',
            f'(id: "{window}", title: "Window open?", at: ({at + 640}, 0), kind: Branch(WindowOpen)),',
            f'(id: "{free}", title: "{sentence(rng, 3)}", at: ({at + 960}, 0), kind: Message(\n'
            f'            purpose: Service, send: FreeForm(Text("{sentence(rng, 18)}")))),',
            f'(id: "{bound}", title: "{sentence(rng, 3)}", at: ({at + 960}, 200), kind: Message(\n'
            f'            purpose: Marketing, send: Template("tpl_{number}_{block}"))),',
        ]
        links += [
            f'(from: "{last}"{out}, to: "{ask}"),',
            f'(from: "{ask}", out: Reply("Yes"), to: "{gap}"),',
            f'(from: "{ask}", out: Reply("No"), to: "{gap}"),',
            f'(from: "{ask}", out: Timeout, to: "{gap}"),',
            f'(from: "{gap}", to: "{window}"),',
            f'(from: "{window}", out: Yes, to: "{free}"),',
            f'(from: "{window}", out: No, to: "{bound}"),',
            f'(from: "{bound}", to: "done"),',
        ]
        last, out = free, ""
    if mistaken:
        steps += [
            '(id: "late", title: "Wait two days", at: (0, 400), kind: Wait(For("48h"))),',
            f'(id: "oops", title: "Too late", at: (320, 400), kind: Message(\n'
            f'            purpose: Service, send: FreeForm(Text("{sentence(rng, 9)}")))),',
        ]
        links += [f'(from: "{last}", to: "late"),', '(from: "late", to: "oops"),']
        last = "oops"
    steps.append('(id: "done", title: "Done", at: (0, 800), kind: Exit(Converted)),')
    links.append(f'(from: "{last}", to: "done"),')

    def lines(parts):
        return "".join(f"        {part}\n" for part in parts)

    return (
        f"#![enable(implicit_some)]\n(\n    format: 1,\n"
        f'    name: "Funnel {number}",\n    notes: "{sentence(rng, 20)}",\n    launch: "2026-12-01T09:00:00",\n'
        f'    audience: (market: "IN", timezone: "Asia/Kolkata", size: 5000),\n'
        f"    templates: [\n{lines(templates)}    ],\n    steps: [\n{lines(steps)}    ],\n    links: [\n{lines(links)}    ],\n)\n"
    )


def module(rng, number, size):
    """A Python file of at least so many bytes: classes with methods, loops and calls. One in eight has a mistake that
    ruff finds by itself (an import that is not used, an undefined name)."""
    parts = [f'"""Module {number}: {sentence(rng, 8)}"""\n\nimport json\nfrom pathlib import Path\n\n']
    if number % 8 == 0:
        parts.append("import os\n\n")
    length = sum(map(len, parts))
    at = 0
    while length < size:
        name, other = rng.choice(WORDS), rng.choice(WORDS)
        part = (
            f"\nclass {name.capitalize()}{at}:\n"
            f'    """{sentence(rng, 9)}"""\n\n'
            f"    def __init__(self, {name}, {other}_count=0):\n"
            f"        self.{name} = {name}\n"
            f"        self.{other}_count = {other}_count\n\n"
            f"    def load(self, folder):\n"
            f'        """{sentence(rng, 11)}"""\n'
            f'        text = Path(folder, "{name}.json").read_text(encoding="utf-8")\n'
            f"        for key, value in json.loads(text).items():\n"
            f"            if value is None or key == {rng.choice(WORDS)!r}:\n"
            f"                continue\n"
            f"            self.{other}_count += len(value) * {rng.randint(2, 9)}\n"
            f"        return [self.{name}, self.{other}_count, {rng.randint(10, 99)}]\n\n"
        )
        parts.append(part)
        length += len(part)
        at += 1
    if number % 8 == 0:
        parts.append("\nprint(undefined_name)\n")
    return "".join(parts)


def once(command):
    begun = time.perf_counter()
    ended = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    taken = time.perf_counter() - begun
    if ended.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))} failed: {ended.stderr.decode(errors='replace')[:2000]}")
    return taken


def spread(name, times):
    print(f"{name:8} median {statistics.median(times) * 1000:7.1f} ms   (min {min(times) * 1000:.1f}, max {max(times) * 1000:.1f})")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    transom = str(Path(sys.argv[1]).resolve())
    ruff = sys.argv[2] if len(sys.argv) > 2 else shutil.which("ruff")
    with tempfile.TemporaryDirectory() as folder:
        funnels, modules = Path(folder, "funnels"), Path(folder, "modules")
        funnels.mkdir()
        modules.mkdir()
        rng = random.Random(SEED)
        sizes = [0, 0]
        for number in range(FILES):
            text = funnel(rng, number)
            Path(funnels, f"f{number:04}.ron").write_text(text, encoding="utf-8")
            python = module(rng, number, len(text))
            Path(modules, f"m{number:04}.py").write_text(python, encoding="utf-8")
            sizes[0] += len(text)
            sizes[1] += len(python)
        print(f"{FILES} funnels of together {sizes[0] / 1e6:.2f} MB, {FILES} Python files of together {sizes[1] / 1e6:.2f} MB")
        ours = [transom, "check", "--now", NOW, str(funnels)]
        theirs = ruff and [ruff, "check", "--no-cache", "--isolated", str(modules)]
        if not theirs:
            print("ruff is not installed (pip install ruff), so there is nothing to compare with")
        else:
            print(subprocess.run([ruff, "--version"], capture_output=True, text=True, check=True).stdout.strip())
        a, b = [], []
        for run in range(RUNS + 1):
            pair = once(ours), once(theirs) if theirs else None
            if run > 0:  # The first pair warms up.
                a.append(pair[0])
                b.append(pair[1])
        spread("transom", a)
        if theirs:
            spread("ruff", b)
            ratios = sorted(one / other for one, other in zip(a, b))
            print(f"ratio transom/ruff: median {statistics.median(ratios):.2f} (min {ratios[0]:.2f}, max {ratios[-1]:.2f})")


if __name__ == "__main__":
    main()
