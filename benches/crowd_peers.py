#!/usr/bin/env python3
"""The six-step funnel of benches/six-steps.ron in Transom, in vectorised numpy and in SimPy, in one run.

    cargo build --release --no-default-features
    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install numpy simpy
    /tmp/peers/bin/python benches/crowd_peers.py

Each counts for each message how often it was inside the window, and how the time since the last inbound and since entry
are spread. The figures are seconds of one processor (user and system). Transom's hold the whole program: reading the
funnel, the costs and the report. SimPy and its kin are made for people who meet and queue; here nobody meets, so they
carry what this question does not need.
"""

import json
import math
import os
import resource
import subprocess
import sys
import time

import numpy
import simpy

HERE = os.path.dirname(os.path.abspath(__file__))
TRANSOM = os.environ.get("TRANSOM", os.path.join(HERE, "..", "target", "release", "transom"))
FUNNEL = os.path.join(HERE, "six-steps.ron")

HOUR, DAY = 3600, 86400
WINDOW, TIMEOUT, GAP, TEN = DAY, 20 * HOUR, 3 * DAY, 10 * HOUR
CHANCE, MEDIAN = 0.7, 12 * 60
SIGMA = math.log(106 / 12) / 1.2815515655446004
# Brazil: midnight of the launch is 03:00 UTC; all times here are local, and no clock changes in these days.


def transom(people):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = subprocess.run(
        [TRANSOM, "simulate", FUNNEL, "--users", str(people), "--threads", "1", "--format", "json"],
        check=True, capture_output=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    steps = {step["id"]: step["inside"] for step in json.loads(told.stdout)["steps"]}
    return seconds, [steps["welcome"], steps["preview"], steps["invite"]]


def numpy_blocks(people, block=65536):
    """All people of a block at once; blocks small enough for the cache."""
    begun = time.process_time()
    dice = numpy.random.default_rng(1)
    inside = numpy.zeros(3, dtype=numpy.int64)
    since_bins = numpy.zeros((3, 192), dtype=numpy.int64)
    entry_bins = numpy.zeros((3, 256), dtype=numpy.int64)

    def message(at, now, heard, entered):
        since, age = now - heard, now - entered
        inside[at] += int((since < WINDOW).sum())
        since_bins[at] += numpy.bincount(numpy.minimum(since // 900, 191), minlength=192)
        entry_bins[at] += numpy.bincount(numpy.minimum(age // HOUR, 255), minlength=256)

    for first in range(0, people, block):
        count = min(block, people - first)
        entered = dice.integers(0, 7 * DAY, count)
        now, heard = entered, entered
        message(0, now, heard, entered)
        delay = numpy.exp(math.log(MEDIAN) + SIGMA * dice.standard_normal(count)).astype(numpy.int64)
        answers = (dice.random(count) < CHANCE) & (delay < TIMEOUT)
        now = entered + numpy.where(answers, delay, TIMEOUT)
        heard = numpy.where(answers, now, heard)
        now = now + (TEN - now) % DAY
        message(1, now, heard, entered)
        now = now + GAP
        message(2, now, heard, entered)
    return time.process_time() - begun, inside.tolist()


def simpy_processes(people):
    """One process a person, as SimPy's own tutorial has it."""
    begun = time.process_time()
    import random

    dice = random.Random(1)
    inside = [0, 0, 0]
    since_bins = [[0] * 192 for _ in range(3)]
    entry_bins = [[0] * 256 for _ in range(3)]
    world = simpy.Environment()

    def message(at, heard, entered):
        since, age = world.now - heard, world.now - entered
        inside[at] += since < WINDOW
        since_bins[at][min(since // 900, 191)] += 1
        entry_bins[at][min(age // HOUR, 255)] += 1

    def person(entered):
        yield world.timeout(entered)
        heard = entered
        message(0, heard, entered)
        delay = int(dice.lognormvariate(math.log(MEDIAN), SIGMA))
        if dice.random() < CHANCE and delay < TIMEOUT:
            yield world.timeout(delay)
            heard = world.now
        else:
            yield world.timeout(TIMEOUT)
        wait = (TEN - world.now) % DAY
        if wait:
            yield world.timeout(wait)
        message(1, heard, entered)
        yield world.timeout(GAP)
        message(2, heard, entered)

    for _ in range(people):
        world.process(person(dice.randrange(7 * DAY)))
    world.run()
    return time.process_time() - begun, inside


def best(engine, people, runs):
    measured = [engine(people) for _ in range(runs)]
    seconds = min(seconds for seconds, _ in measured)
    return people / seconds, [count / people for count in measured[0][1]]


def main():
    quick = "--quick" in sys.argv
    scale = 10 if quick else 1
    rows = [
        ("transom simulate --threads 1", *best(transom, 20_000_000 // scale, 5)),
        ("numpy, blocks of 65,536", *best(numpy_blocks, 4_000_000 // scale, 5)),
        ("SimPy, one process a person", *best(simpy_processes, 100_000 // scale, 3)),
    ]
    ours = rows[0][1]
    print(f"numpy {numpy.__version__}, SimPy {simpy.__version__}, Python {sys.version.split()[0]}")
    for name, rate, shares in rows:
        inside = ", ".join(f"{share:.4f}" for share in shares)
        print(f"{name:30} {rate:14,.0f} people a second of CPU   {ours / rate:8.1f}   inside {inside}")
    shares = [row[2] for row in rows]
    assert all(abs(a - b) < 0.01 for other in shares for a, b in zip(other, shares[0])), "they disagree"


if __name__ == "__main__":
    main()
