"""A repository that somebody works in, with a hook in it, and the commits that every host must judge alike."""

import os
import shutil
import subprocess
import tempfile
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "target" / "test-tools"
# Hosts and pip build a release, as they do for users; these only spare the tests the time of its optimisations, and let
# the builds share what they have in common.
BUILD = {
    "CARGO_TARGET_DIR": str(TOOLS / "hook" / "target"),
    "CARGO_PROFILE_RELEASE_LTO": "off",
    "CARGO_PROFILE_RELEASE_OPT_LEVEL": "0",
    "CARGO_PROFILE_RELEASE_CODEGEN_UNITS": "16",
}

CLIENT = '''"""Reads from a server."""


def fetch(url):
    """Read what lies at an address.

    Args:
        url: Where it lies.
    """
    print(url)
'''
WITH_TIMEOUT = CLIENT.replace("fetch(url)", "fetch(url, timeout)")
WITH_DOCUMENTED_TIMEOUT = WITH_TIMEOUT.replace("lies.\n", "lies.\n        timeout: Seconds to wait.\n")
LEGACY = '''"""Written long ago."""


def first(value):
    value.close()
    value.open()
    print(value)


def second(value, other):
    value.swap(other)
    other.swap(value)
    print(value, other)
'''


def environment():
    """The caller's environment without what would decide the outcome."""
    prefixes = ("GIT_", "PRE_COMMIT", "PREK_", "DOCGEN_", "GITHUB_", "GITLAB_", "CI_", "PYTHON", "VIRTUAL_ENV")
    names = {"CI", "SKIP", "NO_COLOR", "FORCE_COLOR"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(prefixes) and name not in names}
    kept.update(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1")
    for role in ("AUTHOR", "COMMITTER"):
        kept[f"GIT_{role}_NAME"] = "Somebody"
        kept[f"GIT_{role}_EMAIL"] = "somebody@example.org"
        kept[f"GIT_{role}_DATE"] = "2024-01-01T00:00:00Z"
    return kept


class Consumer:
    """A repository with a documented file, an old undocumented one, and a hook."""

    def __init__(self, install):
        self.root = Path(tempfile.mkdtemp(prefix="docgen-hook-"))
        self.environment = environment()
        self.git("init", "--quiet", "--initial-branch=main")
        self.write("client.py", CLIENT)
        self.write("pkg/legacy.py", LEGACY)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--no-verify", "--message=base")
        install(self)

    def write(self, path, text):
        """Write a file of the worktree."""
        path = self.root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def stage(self, path, text):
        """Write a file and stage it."""
        self.write(path, text)
        self.git("add", path)

    def run(self, *command, folder="."):
        """Run a command; give its exit code and all that it printed."""
        done = subprocess.run(
            command, cwd=self.root / folder, env=self.environment, stdin=subprocess.DEVNULL, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )
        return done.returncode, done.stdout

    def git(self, *arguments):
        """Run git, which must succeed; give what it printed."""
        code, output = self.run("git", *arguments)
        assert code == 0, f"git {' '.join(arguments)}: {output}"
        return output

    def passes(self, *arguments, folder=".", verb="commit"):
        """Commit; the hook must let it pass."""
        before = self.git("rev-parse", "HEAD")
        code, output = self.run("git", verb, "--message=next", *arguments, folder=folder)
        assert code == 0, f"refused:\n{output}"
        assert self.git("rev-parse", "HEAD") != before, f"no commit was made:\n{output}"
        return output

    def refuses(self, *arguments, report=(), folder=".", verb="commit"):
        """Commit; the hook must refuse it, with each text of `report` in what it prints."""
        before = self.git("rev-parse", "HEAD")
        code, output = self.run("git", verb, "--message=next", *arguments, folder=folder)
        assert code != 0, f"let pass:\n{output}"
        assert self.git("rev-parse", "HEAD") == before, f"a commit was made:\n{output}"
        missing = [text for text in report if text not in output]
        assert not missing, f"the report lacks {missing}:\n{output}"
        return output


REPORT = ("client.py", "missing-param", "timeout", "DG201")


def added_parameter_is_refused_with_the_report(it):
    it.stage("client.py", WITH_TIMEOUT)
    it.refuses(report=REPORT)
    it.stage("client.py", WITH_DOCUMENTED_TIMEOUT)
    it.passes()


def moved_undocumented_function_passes(it):
    head, first, second = LEGACY.split("\n\n\n")
    it.stage("pkg/legacy.py", "\n\n\n".join([head, second.rstrip(), first + "\n"]))
    it.passes()


def renamed_undocumented_file_passes(it):
    it.git("mv", "pkg/legacy.py", "pkg/older.py")
    it.passes()


def new_undocumented_function_is_refused(it):
    it.stage("pkg/fresh.py", LEGACY.replace("long ago", "today"))
    it.refuses(report=("pkg/fresh.py", "first", "second"))


def first_commit_is_judged(it):
    it.git("checkout", "--quiet", "--orphan", "start")
    it.git("rm", "--quiet", "-r", "--force", "client.py", "pkg")
    it.stage("client.py", WITH_TIMEOUT)
    code, output = it.run("git", "commit", "--message=first")
    assert code != 0, f"let pass:\n{output}"
    assert all(text in output for text in REPORT), output
    it.stage("client.py", CLIENT)
    code, output = it.run("git", "commit", "--message=first")
    assert code == 0, f"refused:\n{output}"


def commit_all_takes_the_bad_file_on_disk(it):
    it.write("client.py", WITH_TIMEOUT)
    it.refuses("--all", report=REPORT)


def commit_all_takes_the_good_file_on_disk(it):
    it.stage("client.py", WITH_TIMEOUT)
    it.write("client.py", WITH_DOCUMENTED_TIMEOUT)
    it.passes("--all")


def partially_staged_good_part_passes(it):
    it.stage("client.py", CLIENT.replace("Where it lies.", "Its address."))
    it.write("client.py", WITH_TIMEOUT)
    it.passes()
    assert (it.root / "client.py").read_text() == WITH_TIMEOUT


def partially_staged_bad_part_is_refused(it):
    it.stage("client.py", WITH_TIMEOUT)
    it.write("client.py", WITH_DOCUMENTED_TIMEOUT)
    it.refuses(report=REPORT)
    assert (it.root / "client.py").read_text() == WITH_DOCUMENTED_TIMEOUT


def commit_of_a_path_leaves_the_staged_bad_file_out(it):
    it.stage("client.py", WITH_TIMEOUT)
    it.write("pkg/legacy.py", LEGACY.replace("long ago", "in haste"))
    it.passes("pkg/legacy.py")


def commit_of_a_bad_path_is_refused(it):
    it.stage("pkg/legacy.py", LEGACY.replace("long ago", "in haste"))
    it.write("client.py", WITH_TIMEOUT)
    it.refuses("client.py", report=REPORT)


def commit_from_a_subfolder(it):
    it.stage("client.py", WITH_TIMEOUT)
    it.refuses(folder="pkg", report=REPORT)
    it.stage("client.py", WITH_DOCUMENTED_TIMEOUT)
    it.passes(folder="pkg")


def linked_worktree_is_judged_by_its_own_index(it):
    it.stage("client.py", WITH_TIMEOUT)
    linked = it.root / "linked"
    it.git("worktree", "add", "--quiet", "-b", "topic", str(linked))
    (linked / "client.py").write_text(WITH_DOCUMENTED_TIMEOUT)
    code, output = it.run("git", "commit", "--all", "--message=there", folder="linked")
    assert code == 0, f"refused:\n{output}"
    (linked / "client.py").write_text(WITH_DOCUMENTED_TIMEOUT.replace("(url, ", "(url, retries, "))
    code, output = it.run("git", "commit", "--all", "--message=there", folder="linked")
    assert code != 0 and "retries" in output, f"let pass:\n{output}"


def merge_blames_nobody_for_what_others_wrote(it):
    it.git("checkout", "--quiet", "-b", "theirs")
    it.stage("client.py", WITH_TIMEOUT)
    it.git("commit", "--quiet", "--no-verify", "--message=theirs")
    it.git("checkout", "--quiet", "main")
    it.stage("pkg/legacy.py", LEGACY.replace("long ago", "in haste"))
    it.git("commit", "--quiet", "--no-verify", "--message=ours")
    it.passes("--no-ff", "theirs", verb="merge")


CASES = (
    added_parameter_is_refused_with_the_report,
    moved_undocumented_function_passes,
    renamed_undocumented_file_passes,
    new_undocumented_function_is_refused,
    first_commit_is_judged,
    commit_all_takes_the_bad_file_on_disk,
    commit_all_takes_the_good_file_on_disk,
    partially_staged_good_part_passes,
    partially_staged_bad_part_is_refused,
    commit_of_a_path_leaves_the_staged_bad_file_out,
    commit_of_a_bad_path_is_refused,
    commit_from_a_subfolder,
    linked_worktree_is_judged_by_its_own_index,
    merge_blames_nobody_for_what_others_wrote,
)


def run(cases, install):
    """Run each case in a repository of its own; a line for each, the count last; give the exit code."""
    return conclude(*count(cases, install))


def conclude(passed, failed):
    """Print the count; give the exit code."""
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def count(cases, install):
    """Run each case in a repository of its own, with a line for each; how many passed and failed."""
    passed = failed = 0
    for case in cases:
        consumer = None
        try:
            consumer = Consumer(install)
            case(consumer)
        except Exception as error:  # whatever went wrong, the other cases still run
            failed += 1
            reason = str(error) if isinstance(error, AssertionError) else traceback.format_exc()
            print(f"FAILED {case.__name__}: {reason}", flush=True)
        else:
            passed += 1
            print(f"ok {case.__name__}", flush=True)
        finally:
            if consumer:
                shutil.rmtree(consumer.root, ignore_errors=True)
    return passed, failed
