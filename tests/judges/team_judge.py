#!/usr/bin/env python3
"""Holds ten runs of `docgen fix` at once, on one Redis server, to what a team shares: limits, budgets and answers.

The runs are real processes, the server is a real one, and the provider notes when it was asked for what. Together the runs
keep the pace and the budgets of one; no answer is asked for twice, by whom it may be; a run that is killed keeps nobody
waiting; a server that is killed, or started anew, costs one line a run. `--large`: whole minutes, and more of all.

Usage: team_judge.py [--large]  (needs redis-server)
"""

import collections
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

import words_judge
import words_provider
from words_judge import CLEAN, FAST, free_port, judge, package

LARGE = "--large" in sys.argv
RUNS = 10
SLOT = re.compile(r"^Slot s\d+: (.*)\n(?:Missing|Anew): (.*)\n", re.MULTILINE)


class Provider(words_provider.Stub):
    """A provider that notes when it was asked, and for what."""

    def __init__(self, delay):
        super().__init__(delay)
        self.times, self.asked_for = [], collections.Counter()
        provider, handler = self, self.server.RequestHandlerClass
        original = handler.do_POST

        def do_post(it):
            read, kept = it.rfile.read, []
            now = time.time()
            it.rfile.read = lambda count: kept.append(read(count)) or kept[-1]
            original(it)
            it.rfile.read = read
            text = json.loads(kept[0])["messages"][1]["content"]
            with provider.lock:
                provider.times.append(now)
                provider.asked_for.update(SLOT.findall(text))

        handler.do_POST = do_post

    def twice(self):
        """What was asked for more than once."""
        return {what: count for what, count in self.asked_for.items() if count > 1}


class Redis:
    """A real server on a port of its own."""

    def __init__(self, work, port=None):
        self.work, self.port = work, port or free_port()
        command = [shutil.which("redis-server"), "--port", str(self.port), "--save", "", "--bind", "127.0.0.1"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=work)
        for _ in range(200):
            with socket.socket() as it:
                if it.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise TimeoutError("redis-server does not start")

    def kill(self):
        self.process.kill()
        self.process.wait()


class Team:
    """Ten runs, each in a folder of its own."""

    def __init__(self, work, name, redis, provider, env, make, one_cache=False, args=()):
        self.folders, self.runs = [], []
        clean = {k: v for k, v in os.environ.items() if not k.startswith(CLEAN)}
        shared = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": provider.url, "REDIS_HOST": "127.0.0.1"}
        shared |= {"REDIS_PORT": str(redis.port), "DOCGEN_AI_MODEL": "gpt-4o-mini", "RETRY_DELAY": "0.05"} | FAST | env
        self.err = work / name
        for at in range(RUNS):
            folder = self.err / str(at)
            make(folder / "src", at)
            self.folders.append(folder / "src")
            cache = str(self.err / ("cache" if one_cache else f"cache-{at}"))
            own = clean | shared | {"DOCGEN_CACHE_DIR": cache, "HOME": cache}
            command = ["docgen", "fix", "--all", "--provider", "openai", *args]
            with open(folder / "err", "w") as err:
                self.runs.append(subprocess.Popen(command, cwd=folder / "src", env=own, stdout=err, stderr=err))

    def end(self):
        """Waits for all; their exit codes."""
        return [it.wait(600) for it in self.runs]

    def told(self):
        """What each has told."""
        return [(it.parent / "err").read_text() for it in self.folders]

    def trees(self):
        return [{str(it.relative_to(folder)): it.read_text() for it in sorted(folder.rglob("*.py"))} for folder in self.folders]


def wait_until(what, seconds=60):
    end = time.time() + seconds
    while not what() and time.time() < end:
        time.sleep(0.01)


def same(count):
    """The same files for each run, so many."""

    def make(folder, _):
        for part in range(count):
            package(folder / str(part), 1, start=part)

    return make


def own(count):
    """Other files for each run, so many."""

    def make(folder, at):
        for part in range(count):
            package(folder / str(part), 1, start=1000 * (at + 1) + part)

    return make


def most_in(times, seconds):
    """The most requests within any such stretch of time."""
    times, first, most = sorted(times), 0, 0
    for last in range(len(times)):
        while times[last] - times[first] >= seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


def whole(team, name, codes):
    judge(f"{name}: every run ends with all mended", codes == [0] * len(codes), (codes, team.told()))
    trees = team.trees()
    judge(f"{name}: every tree is the same", all(it == trees[0] for it in trees) and "Args:" in str(trees[0]))


def answers(work):
    """One asks, ten have the answer."""
    redis, provider = Redis(work), Provider(0.3)
    count = 200 if LARGE else 30
    team = Team(work, "answers", redis, provider, {}, same(count))
    whole(team, "answers", team.end())
    judge("no answer is asked for twice", not provider.twice() and len(provider.asked_for) == count, provider.twice())
    print(f"answers: {RUNS} runs, {count} symbols each, {provider.asked} requests", flush=True)
    redis.kill()


def pace(work):
    """Together they keep the pace of one."""
    redis, provider = Redis(work), Provider(0.05)
    each, rate, burst = (30, 150, 20) if LARGE else (4, 300, 5)
    limits = {"DOCGEN_AI_REQUESTS_PER_MINUTE": str(rate), "DOCGEN_AI_BURST": str(burst)}
    team = Team(work, "pace", redis, provider, limits, own(each))
    codes, times = team.end(), provider.times
    judge("pace: all is mended", codes == [0] * RUNS, team.told())
    for seconds in (0.2, 1, 2, 5, 20, 59):
        most, allowed = most_in(times, seconds), burst + rate * seconds / 60
        # What went in time may come a little late, and what comes next in time.
        judge(f"pace: in {seconds} s", most <= allowed + 0.05 * rate / 60 + 1, (most, allowed))
    minute = most_in(times, 59.9)
    judge("pace: in any minute", minute <= rate, (minute, rate))
    took = max(times) - min(times)
    print(f"pace: {len(times)} requests in {took:.1f} s, at most {most_in(times, 1)} in a second, {minute} in a minute of {rate}", flush=True)
    judge("pace: no time is wasted", len(times) - burst - 1 >= 0.8 * took * rate / 60 or took > 59, (len(times), took))
    redis.kill()


def budgets(work):
    """Together they use what one may use, and no more."""
    for span in ("MINUTE", "HOUR", "DAY") if LARGE else ("MINUTE", "DAY"):
        redis, provider, limit = Redis(work), Provider(0.05), 60_000
        team = Team(work, span, redis, provider, {f"DOCGEN_AI_TOKENS_PER_{span}": str(limit)}, own(8), args=("--timeout", "5"))
        codes = team.end()
        minutes = collections.Counter(int(it // 60) for it in provider.times)
        used = 1500 * (max(minutes.values()) if span == "MINUTE" else provider.asked)
        print(f"a {span.lower()}'s budget: {provider.asked} requests, at least {used} of {limit} tokens", flush=True)
        judge(f"a {span.lower()}'s budget is not passed", used <= limit, (used, team.told()[0]))
        judge(f"a {span.lower()}'s budget is used", 1500 * provider.asked >= 0.6 * limit, (used, team.told()[0]))
        told = [code == 0 or code == 2 and "ended early" in it for code, it in zip(codes, team.told())]
        judge(f"a {span.lower()}'s budget: who has got nothing says so", all(told) and codes.count(2) >= RUNS // 2, (codes, team.told()))
        redis.kill()


def a_killed_run(work):
    """What a killed run was at is somebody else's soon."""
    redis, provider = Redis(work), Provider(0.4)
    team = Team(work, "killed run", redis, provider, {"DOCGEN_AI_CONCURRENCY": "2"}, same(20))
    wait_until(lambda: provider.asked >= 5)
    for it in team.runs[: RUNS // 2]:
        it.send_signal(signal.SIGKILL)
    codes = team.end()
    judge("a killed run: the others end with all mended", codes[RUNS // 2 :] == [0] * (RUNS // 2), (codes, team.told()))
    # Two at once of each, and those that no other has answered since.
    judge("a killed run: at most what it was at is asked for again", len(provider.twice()) <= RUNS and max(provider.asked_for.values()) <= 2, provider.twice())
    judge("a killed run: all is asked for", len(provider.asked_for) == 20, len(provider.asked_for))
    print(f"a killed run: {len(provider.twice())} answers lost with it", flush=True)
    redis.kill()


def a_killed_server(work, name, comes_back):
    """Nothing is lost with the server but what other machines know."""
    redis, provider = Redis(work), Provider(0.2)
    count, rate, burst = (150, 600, 5) if LARGE else (40, 600, 5)
    limits = {"DOCGEN_AI_REQUESTS_PER_MINUTE": str(rate), "DOCGEN_AI_BURST": str(burst)}
    team = Team(work, name, redis, provider, limits, same(count), one_cache=True)
    wait_until(lambda: provider.asked >= count // 3)
    redis.kill()
    seen = provider.asked
    if comes_back:
        redis = Redis(work, port=redis.port)
    whole(team, name, team.end())
    judge(f"{name}: it was in the middle", 0 < seen < count, seen)
    lines = [it.count("going on with") for it in team.told()]
    judge(f"{name}: told once by each", lines == [1] * RUNS or comes_back and max(lines) <= 1, (lines, team.told()[0]))
    judge(f"{name}: no answer is asked for twice", not provider.twice() and len(provider.asked_for) == count, provider.twice())
    most = most_in(provider.times, 1)
    judge(f"{name}: the pace is kept", most <= burst + rate / 60 + 2, most)
    print(f"{name}: after {seen} of {count} answers; {provider.asked} requests, at most {most} in a second", flush=True)
    redis.kill()


def main():
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        answers(work)
        pace(work)
        budgets(work)
        a_killed_run(work)
        a_killed_server(work, "a killed server", comes_back=False)
        a_killed_server(work, "a restarted server", comes_back=True)
    print(f"{words_judge.passed} passed, {words_judge.failed} failed")
    sys.exit(words_judge.failed > 0)


if __name__ == "__main__":
    main()
