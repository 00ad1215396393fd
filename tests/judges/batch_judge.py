#!/usr/bin/env python3
"""Holds `docgen fix --batch` and `docgen batch` to their promise, with real packages and a server that speaks as providers do.

A package is asked about in one clone and mended in another, with another cache and by another process. CPython's `ast`
finds the code unchanged, `check --all` finds nothing new, and both clones come out the same to the byte. A part of the
answers is lost, expired or cancelled: what is right is written, the rest is named, and only that is asked again.

Usage: batch_judge.py  (finds docgen on PATH)
"""

import json
import pathlib
import shutil
import sys
import tempfile

import batch_provider
import words_judge
from words_judge import PURE, docgen, findings, judge, stripped

# What is expensive is not what is tested here.
ROOMY = {"DOCGEN_AI_TOKENS_PER_DAY": "1000000000", "DOCGEN_AI_MAX_COST": "1000"}
PACKAGES = {"openai": "requests", "azure": "idna", "anthropic": "idna"}


def environment(desk, provider):
    """What leads to the server."""
    return words_judge.environments(desk.url)[provider] | ROOMY


def clone(folder, package):
    """A real package in a folder of its own."""
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PURE / package, folder / package, ignore=ignore)
    return folder


def texts(folder):
    """The bytes of all sources."""
    return {str(it.relative_to(folder)): it.read_bytes() for it in sorted(folder.rglob("*.py"))}


def two_clones(work, provider, package):
    """Handed in here, applied there."""
    (work / "desk").mkdir(parents=True)
    desk = batch_provider.Desk(work / "desk")
    env = environment(desk, provider)
    here, there = clone(work / "here", package), clone(work / "there", package)
    code, before = {it: stripped(it) for it in there.rglob("*.py")}, findings(there, work / "cache-there")
    old = texts(here)
    fix = ("fix", "--all", "--batch", "--provider", provider)
    run = docgen(here, *fix, cache=work / "cache-here", env=env)
    ids = run.stdout.split()
    judge(f"{provider}: a job is handed in", run.returncode in (0, 1) and len(ids) == 1, run.stderr)
    judge(f"{provider}: nothing is written yet", texts(here) == old)
    again = docgen(here, *fix, cache=work / "cache-here", env=env)
    judge(f"{provider}: what waits is not asked again", again.stdout == "" and "wait for" in again.stderr, again.stderr)
    early = docgen(there, "batch", "apply", *ids, "--all", "--provider", provider, cache=work / "cache-there", env=env)
    judge(f"{provider}: what has not ended is not applied", early.returncode == 2 and "not done yet" in early.stderr, early.stderr)
    desk.status = "completed"
    for name, folder in (("there", there), ("here", here)):
        apply = ("batch", "apply", *ids, "--all", "--provider", provider)
        run = docgen(folder, *apply, cache=work / f"cache-{name}", env=env)
        judge(f"{provider}: the job is applied {name}", run.returncode in (0, 1) and "answers came" in run.stderr, run.stderr)
    after = findings(there, work / "cache-there")
    words = [it for it in before if it[2] in words_judge.words_provider.CODES]
    left = [it for it in after if it[2] in words_judge.words_provider.CODES]
    print(f"{provider}: {package}: {len(words)} findings of words, {len(left)} left", flush=True)
    judge(f"{provider}: words are there", len(words) > 10 and len(left) <= len(words) // 20, left)
    judge(f"{provider}: nothing new is found", not {it[:3] for it in after} - {it[:3] for it in before}, after - before)
    judge(f"{provider}: the code is the same", code == {it: stripped(it) for it in there.rglob("*.py")})
    judge(f"{provider}: both clones are the same", texts(here) == texts(there))
    judge(f"{provider}: no key goes elsewhere", all(" /" in it for it in desk.lines), desk.lines)
    desk.server.shutdown()


def partly(work):
    """A third of the answers does not come: what does is written, and only the rest is asked again."""
    (work / "desk").mkdir(parents=True)
    desk = batch_provider.Desk(work / "desk")
    env, folder, cache = environment(desk, "openai"), clone(work / "tree", "idna"), work / "cache"
    code = {it: stripped(it) for it in folder.rglob("*.py")}
    fix = ("fix", "--all", "--batch", "--provider", "openai")
    job = docgen(folder, *fix, cache=cache, env=env).stdout.strip()
    items = desk.items(1)
    desk.faults = {it["custom_id"]: "batch_expired" for it in items[::3]}
    desk.status = "expired"
    failed = work / "failed.jsonl"
    apply = ("batch", "apply", job, "--all", "--provider", "openai", "--failed", str(failed))
    run = docgen(folder, *apply, cache=cache, env=env)
    lost = [json.loads(it) for it in failed.read_text().splitlines()]
    expired = [it for it in lost if "expired" in it["reason"]]
    slots = sum(len(it["custom_id"]) // 8 for it in items[::3])
    judge("what expired is named", run.returncode == 1 and len(expired) == slots, (len(expired), slots, run.stderr))
    judge("the rest is written", code == {it: stripped(it) for it in folder.rglob("*.py")} and "mended" in run.stderr, run.stderr)
    desk.faults, desk.status = {}, "completed"
    second = docgen(folder, *fix, cache=cache, env=env).stdout.strip()
    asked = sum(len(it["custom_id"]) // 8 for it in desk.items(2))
    judge("only the rest is asked again", len(lost) - 2 <= asked <= len(lost), (asked, len(lost)))
    run = docgen(folder, "batch", "apply", second, "--all", "--provider", "openai", cache=cache, env=env)
    judge("and comes", run.returncode == 0 or "no answer" not in run.stderr, run.stderr)
    judge("and the code is the same", code == {it: stripped(it) for it in folder.rglob("*.py")})
    desk.server.shutdown()


def main():
    work = pathlib.Path(tempfile.mkdtemp(prefix="docgen-batch-"))
    try:
        for provider, package in PACKAGES.items():
            two_clones(work / provider, provider, package)
        partly(work / "partly")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"{words_judge.passed} passed, {words_judge.failed} failed")
    sys.exit(words_judge.failed > 0)


if __name__ == "__main__":
    main()
