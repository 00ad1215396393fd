#!/usr/bin/env python3
"""`action.yml` as GitHub runs it: each step under bash, in checkouts as `actions/checkout` makes them, with a server here."""

import base64
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "hooks"))

import cases  # noqa: E402
import yaml  # noqa: E402
from consumer import CLIENT, LEGACY, ROOT, TOOLS, WITH_DOCUMENTED_TIMEOUT, WITH_TIMEOUT, environment  # noqa: E402
from runner import Run  # noqa: E402
from server import TOKEN, Server  # noqa: E402

VERSION = next(line.split('"')[1] for line in (ROOT / "Cargo.toml").read_text().splitlines() if line.startswith("version = "))
STALE = CLIENT.replace("fetch(url)", "fetch(address)").replace("print(url)", "print(address)")
COMMIT = "c" * 40
ZEROS = "0" * 40


class Case:
    """A repository on the server with a pull request, checkouts of it, and runs of the action in them."""

    def __init__(self, server, scratch):
        self.server, self.scratch = server, scratch
        self.origin = server.root / "private" / f"{scratch.name}.git"
        self.environment = environment()
        self.runs = 0
        work = self.work = scratch / "work"
        work.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("client.py", CLIENT)
        self.commit("pkg/legacy.py", LEGACY)
        self.parted = self.git("rev-parse", "HEAD")
        self.git("checkout", "--quiet", "-b", "topic")
        self.commit("other.py", '"""Another."""\n')
        self.tip = self.commit("client.py", WITH_TIMEOUT)
        self.git("checkout", "--quiet", "main")
        # What others did meanwhile is not this request's doing.
        self.target = self.commit("pkg/theirs.py", LEGACY)
        self.merge()
        git_clone = ("git", "clone", "--quiet", "--mirror", str(work), str(self.origin))
        subprocess.run(git_clone, env=self.environment, check=True)
        subprocess.run(("git", "-C", str(self.origin), "config", "uploadpack.allowAnySHA1InWant", "true"), check=True)

    def git(self, *arguments, folder=None):
        """Run git; give what it printed."""
        done = subprocess.run(
            ("git", *arguments), cwd=folder or self.work, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout.strip()

    def commit(self, path, content):
        """Commit a file; give the commit."""
        (self.work / path).parent.mkdir(exist_ok=True)
        (self.work / path).write_text(content)
        self.git("add", "--all")
        self.git("commit", "--quiet", f"--message={path}")
        return self.git("rev-parse", "HEAD")

    def merge(self):
        """The trial merge that GitHub makes of the request."""
        self.git("checkout", "--quiet", "--detach", "main")
        self.git("merge", "--quiet", "--no-ff", "--message=trial", "topic")
        self.merged = self.git("rev-parse", "HEAD")
        self.git("update-ref", "refs/pull/7/merge", self.merged)
        self.git("checkout", "--quiet", "main")

    def push(self):
        """Bring the server what was committed since."""
        self.git("push", "--quiet", "--force", "--mirror", str(self.origin))

    def checkout(self, commit, depth=1, remote=None):
        """What `actions/checkout` makes, without credentials."""
        self.runs += 1
        workspace = self.scratch / f"workspace-{self.runs}"
        workspace.mkdir()
        self.git("init", "--quiet", folder=workspace)
        source = f"file://{self.origin}"
        self.git("remote", "add", "origin", source, folder=workspace)
        depths = (f"--depth={depth}",) if depth else ()
        self.git("fetch", "--quiet", "--no-tags", *depths, "origin", commit, folder=workspace)
        self.git("checkout", "--quiet", "--detach", commit, folder=workspace)
        if remote:
            self.git("remote", "set-url", "origin", remote, folder=workspace)
        return workspace

    def run(self, workspace, event_name="pull_request", event=None, inputs=None, failing=(), **github):
        """Run the action."""
        if event is None:
            event = {"number": 7, "pull_request": {
                "number": 7, "base": {"ref": "main", "sha": self.parted}, "head": {"ref": "topic", "sha": self.tip, "repo": {"fork": False}},
            }}
        context = {
            "server_url": self.server.address, "action_repository": "me/docgen", "action_ref": f"v{VERSION}", "token": TOKEN,
            "event_name": event_name, "event": event, "base_ref": "main" if event_name.startswith("pull_request") else "",
            "ref": "refs/pull/7/merge", "actor": "somebody",
        } | github
        run = Run(ROOT, workspace, self.scratch / f"run-{self.runs}", context, inputs or {}, self.environment)
        run.failing = failing
        run.go()
        return run


def has_found(run, base=None, symbols=None):
    """The new parameter was found, and nothing else."""
    assert run.code == 1, run.log
    assert run.output("exit-code") == "1" and run.output("introduced") == "1", run.contexts
    assert run.output("findings") == "1", run.log
    assert "missing-param" in run.log and "legacy" not in run.log and "theirs" not in run.log, run.log
    assert base is None or run.output("base-sha") == base, (run.output("base-sha"), base, run.log)
    assert symbols is None or run.output("changed-symbols") == str(symbols), run.contexts


def history(case, workspace):
    """How many commits the checkout holds."""
    objects = case.git("cat-file", "--batch-all-objects", "--batch-check=%(objecttype)", folder=workspace)
    return objects.splitlines().count("commit")


def a_request_is_judged_from_a_checkout_of_one_commit(it):
    workspace = it.checkout(it.merged)
    run = it.run(workspace, inputs={"fix": "off"})
    has_found(run, it.target, 2)
    assert run.output("version") == VERSION and run.output("comparison").startswith("comparing "), run.contexts
    assert history(it, workspace) == 2, "more than the base was fetched"
    annotations = run.commands()
    assert [line.split(" ")[0] for line in annotations] == ["::error"], annotations
    assert "file=client.py,line=4" in annotations[0], annotations
    assert "DG201" in run.summary() and "incomplete, score" in run.summary(), run.summary()
    assert run.output("sarif-file") == "" and run.output("patch-file") == "" and not run.used


def a_request_is_judged_from_a_checkout_of_two_commits(it):
    workspace = it.checkout(it.merged, depth=2)
    before = history(it, workspace)
    run = it.run(workspace)
    has_found(run, it.target, 2)
    assert history(it, workspace) == before, "something was fetched"


def a_mended_request_passes(it):
    it.git("checkout", "--quiet", "topic")
    it.tip = it.commit("client.py", WITH_DOCUMENTED_TIMEOUT)
    it.merge()
    it.push()
    run = it.run(it.checkout(it.merged))
    assert run.code == 0 and run.output("exit-code") == "0" and run.output("findings") == "0", run.log
    assert run.commands() == [], run.log


def a_stale_base_in_the_event_is_not_believed(it):
    it.git("checkout", "--quiet", "main")
    target = it.commit("pkg/later.py", LEGACY)
    it.merge()
    it.push()
    has_found(it.run(it.checkout(it.merged)), target)


def the_head_of_a_request_is_compared_with_where_it_parted(it):
    for _ in range(6):
        it.commit("pkg/theirs.py", LEGACY + f"# {_}\n")
    it.push()
    workspace = it.checkout(it.tip)
    has_found(it.run(workspace), it.parted)


def a_push_is_compared_with_what_it_replaced(it):
    event = {"before": it.parted, "ref": "refs/heads/topic", "repository": {"default_branch": "main"}}
    run = it.run(it.checkout(it.tip), "push", event, ref="refs/heads/topic")
    has_found(run, it.parted)


def a_pushed_new_branch_is_compared_with_where_it_parted(it):
    event = {"before": ZEROS, "ref": "refs/heads/topic", "repository": {"default_branch": "main"}}
    run = it.run(it.checkout(it.tip), "push", event, ref="refs/heads/topic")
    has_found(run, it.parted)


def a_merge_group_is_compared_with_its_base(it):
    event = {"merge_group": {"base_sha": it.target, "head_sha": it.merged, "base_ref": "refs/heads/main"}}
    has_found(it.run(it.checkout(it.merged), "merge_group", event), it.target)


def a_schedule_says_what_to_compare_or_everything(it):
    workspace = it.checkout(it.merged)
    run = it.run(workspace, "schedule", {})
    assert run.code == 2 and run.output("exit-code") == "2", run.log
    assert "no base to compare with" in run.log and "no base to compare with" in run.summary(), run.log
    run = it.run(workspace, "schedule", {}, {"scope": "all"})
    assert run.code == 1 and "legacy" in run.log and run.output("base-sha") == "", run.log
    assert int(run.output("findings")) > 1 and "DG103" in run.log, run.log
    has_found(it.run(workspace, "schedule", {}, {"base": it.target}), it.target)
    # By a branch's name, from one commit: as much of both histories as it takes.
    has_found(it.run(it.checkout(it.tip), "schedule", {}, {"base": "main"}), it.parted)
    run = it.run(workspace, "schedule", {}, {"base": "nowhere"})
    assert run.code == 2 and "nowhere" in run.log, run.log


def a_private_repository_is_fetched_from_with_the_token(it):
    address = f"{it.server.address}/private/{it.origin.name}"
    workspace = it.checkout(it.merged, remote=address)
    run = it.run(workspace)
    has_found(run, it.target)
    secret = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
    assert f"::add-mask::{secret}" in run.log.splitlines(), run.log
    assert TOKEN not in run.log and run.log.count(secret) == 1, run.log
    assert secret not in (workspace / ".git" / "config").read_text()
    assert history(it, workspace) == 2, "more than the base was fetched"


def the_token_goes_to_githubs_server_only(it):
    other = Server(it.server.root)
    try:
        workspace = it.checkout(it.merged, remote=f"{other.address}/private/{it.origin.name}")
        run = it.run(workspace)
        assert run.code == 2 and "git fetch --no-tags --depth=1 origin" in run.log, run.log
        assert other.requests and not any(authorization for _, authorization in other.requests), other.requests
        assert "::add-mask::" not in run.log, run.log
    finally:
        other.close()


def a_checkout_that_kept_its_credentials_sends_one_header(it):
    address = f"{it.server.address}/private/{it.origin.name}"
    workspace = it.checkout(it.merged, remote=address)
    secret = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
    it.git("config", f"http.{it.server.address}/.extraheader", f"AUTHORIZATION: basic {secret}", folder=workspace)
    run = it.run(workspace)
    has_found(run, it.target)
    assert "::add-mask::" not in run.log, run.log


def inputs_are_arguments_and_never_a_script(it):
    workspace = it.checkout(it.merged)
    attack = "$(touch pwned)`touch pwned`; touch pwned #"
    for inputs in (
        {"paths": f"client.py\n{attack}"},
        {"args": f"--exclude '{attack}'"},
        {"config": attack},
        {"base": attack},
        {"category": attack, "sarif-file": "a b;touch pwned.sarif"},
        {"gate": attack},
        {"fail-on": attack},
        {"scope": attack},
        {"max-annotations": "x]);touch pwned"},
        {"version": attack},
        {"args": "--select 'DG2"},
    ):
        run = it.run(workspace, inputs=inputs)
        assert run.code in (1, 2), (inputs, run.log)
        left = [path.name for path in workspace.rglob("*") if path.name == "pwned" and ".git" not in path.parts]
        assert not left, (inputs, left)
    assert (workspace / "a b;touch pwned.sarif").exists()


def paths_and_arguments_narrow_the_run(it):
    workspace = it.checkout(it.merged)
    run = it.run(workspace, inputs={"paths": "other.py\n"})
    assert run.code == 0 and run.output("findings") == "0", run.log
    run = it.run(workspace, inputs={"paths": "other.py\nclient.py", "args": '--ignore "missing-param"'})
    assert run.code == 0, run.log
    run = it.run(workspace, inputs={"paths": "nope.py"})
    assert run.code == 2 and "no such file" in run.log, run.log


def what_fails_is_told(it):
    workspace = it.checkout(it.merged)
    run = it.run(workspace, inputs={"fail-on": "never"})
    assert run.code == 0 and run.output("exit-code") == "0" and run.output("findings") == "1", run.log
    run = it.run(workspace, inputs={"args": "--ignore DG201", "gate": "whole", "paths": "client.py", "fail-on": "warning"})
    assert run.code == 0, run.log


def reports_are_written_and_uploaded_where_that_may_be(it):
    workspace = it.checkout(it.merged)
    inputs = {"upload-sarif": "true", "sarif-file": "out/docgen.sarif", "category": "docs"}
    (workspace / "out").mkdir()
    run = it.run(workspace, inputs=inputs)
    assert run.code == 1, run.log
    assert run.output("sarif-file") == "out/docgen.sarif" and '"DG201"' in (workspace / "out/docgen.sarif").read_text()
    given = run.used["github/codeql-action/upload-sarif"]
    assert given == {"sarif_file": "out/docgen.sarif", "category": "docs", "token": TOKEN}, given
    assert not any("not uploaded" in line for line in run.commands()), run.log
    run = it.run(workspace, inputs=inputs, failing=("github/codeql-action/upload-sarif",))
    assert run.code == 1 and run.output("exit-code") == "1", run.log
    assert any(line.startswith("::notice title=docgen::the SARIF report was not uploaded") for line in run.commands()), run.log
    fork = {"number": 7, "pull_request": {"head": {"sha": it.tip, "repo": {"fork": True}}, "base": {"ref": "main"}}}
    run = it.run(workspace, event=fork, inputs=inputs)
    assert run.code == 1 and not run.used, run.used
    assert any(line.startswith("::notice title=docgen::the SARIF report is not uploaded") for line in run.commands()), run.log


def what_fix_would_mend_is_shown_or_handed_out(it):
    it.git("checkout", "--quiet", "topic")
    it.tip = it.commit("client.py", STALE)
    it.merge()
    it.push()
    workspace = it.checkout(it.merged)
    run = it.run(workspace, inputs={"fix": "patch"})
    assert run.code == 1, run.log
    patch = Path(run.output("patch-file"))
    assert run.used["actions/upload-artifact"]["path"] == str(patch), run.used
    assert "+        address: Where it lies." in patch.read_text(), patch.read_text()
    assert run.summary().count("+        address: Where it lies.") == 1, run.summary()
    it.git("apply", "--check", str(patch), folder=workspace)
    run = it.run(workspace)
    assert not run.used and "+        address: Where it lies." in run.summary(), run.summary()
    run = it.run(workspace, inputs={"fix": "off"})
    assert run.output("patch-file") == "" and "DG202" in run.summary().split("\n## ")[-1], run.contexts
    assert "address: Where" not in run.summary().split("## Docstrings")[-1], run.summary()


def source_text_is_no_command(it):
    it.git("checkout", "--quiet", "topic")
    evil = 'def f(\n    a,\n::error file=x::y\n):\n    """F.\n\n    Args:\n        b: ##[error]x\n\n::set-env name=A::B\n    """\n    print(a)\n'
    it.tip = it.commit("client.py", '"""M."""\n\n\n' + evil)
    it.merge()
    it.push()
    run = it.run(it.checkout(it.merged))
    assert run.code == 1, run.log
    for line in run.commands():
        assert line.startswith(("::error file=client.py", "::warning file=client.py", "::notice title=docgen")), line
        assert "##[" not in line, line


def annotations_are_as_many_as_asked_for(it):
    workspace = it.checkout(it.merged)
    everything = {"scope": "all"}
    run = it.run(workspace, inputs=everything)
    errors = [line for line in run.commands() if line.startswith("::error")]
    assert len(errors) > 2, run.log
    run = it.run(workspace, inputs=everything | {"max-annotations": "2"})
    assert len([line for line in run.commands() if line.startswith("::error")]) == 2, run.log
    run = it.run(workspace, inputs=everything | {"annotations": "false", "summary": "false"})
    assert run.commands() == [] and run.output("exit-code") == "1", run.log


def a_subfolder_has_settings_of_its_own(it):
    it.git("checkout", "--quiet", "topic")
    it.commit("sub/docgen.toml", 'ignore = ["DG201"]\n')
    it.tip = it.commit("sub/client.py", WITH_TIMEOUT)
    it.merge()
    it.push()
    workspace = it.checkout(it.merged)
    run = it.run(workspace, inputs={"working-directory": "sub", "paths": "."})
    assert run.code == 0 and int(run.output("changed-symbols")) > 0, run.log
    run = it.run(workspace, inputs={"config": "sub/docgen.toml"})
    assert run.code == 0, run.log


def only_a_release_whose_checksum_holds_is_installed(it):
    workspace = it.checkout(it.merged)
    only = {"install-only": "true"}
    run = it.run(workspace, inputs=only, action_ref=COMMIT)
    assert run.code == 0 and f"installed docgen {VERSION}" in run.log and run.output("exit-code") == "", run.log
    assert shutil.which("docgen", path=run.environment["PATH"]).startswith(str(run.scratch)), run.environment["PATH"]
    run = it.run(workspace, inputs=only | {"version": "9.9.9"})
    assert run.code == 2 and "docgen 9.9.9 was not found" in run.log, run.log
    folder = it.server.release("you/docgen", VERSION, shutil.which("docgen"), COMMIT)
    archive = next(folder.glob("*.tar.gz"))
    archive.write_bytes(archive.read_bytes() + b"x")
    run = it.run(workspace, inputs=only, action_repository="you/docgen")
    assert run.code == 2 and "the checksum of" in run.log, run.log


def what_is_no_release_is_built_from_the_actions_own_checkout(it):
    # What cargo would be: it is told where to build and what, and here has nothing to compile.
    tools = it.scratch / "tools"
    tools.mkdir()
    cargo = tools / "cargo"
    cargo.write_text(
        '#!/bin/sh\necho "$@" >"$RUNNER_TEMP/cargo"\nwhile [ "$1" != --root ]; do shift; done\n'
        f'mkdir -p "$2/bin"\ncp "{shutil.which("docgen")}" "$2/bin/docgen"\n'
    )
    cargo.chmod(0o755)
    it.environment["PATH"] = f"{tools}{os.pathsep}{it.environment['PATH']}"
    workspace = it.checkout(it.merged)
    for github in ({"action_ref": "main"}, {"action_ref": "d" * 40}, {"action_repository": "nobody/docgen"}):
        run = it.run(workspace, inputs={"install-only": "true"}, **github)
        assert run.code == 0 and "from the action's own checkout" in run.log, run.log
        told = (run.scratch / "temp" / "cargo").read_text()
        assert "install --locked" in told and f"--path {ROOT}" in told, told
        assert run.output("version") == VERSION


def gitlabs_template_reports_what_a_merge_request_changed(it):
    workspace = it.checkout(it.tip, depth=0)
    job = yaml.safe_load((ROOT / "packaging" / "gitlab" / "docgen.yml").read_text())["docgen"]
    script = "\n".join(line for line in job["script"])
    given = {"CI": "true", "GITLAB_CI": "true", "CI_MERGE_REQUEST_IID": "7", "CI_MERGE_REQUEST_DIFF_BASE_SHA": it.parted}
    done = subprocess.run(
        ("bash", "-ec", script), cwd=workspace, env=it.environment | given | job["variables"], text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )
    assert done.returncode == 1, done.stdout
    reports = job["artifacts"]["reports"]
    assert "missing-param" in (workspace / reports["codequality"]).read_text() and "DG201" in (workspace / reports["junit"]).read_text()


CASES = [it for it in dict(globals()).values() if callable(it) and getattr(it, "__code__", None) and it.__code__.co_varnames[:1] == ("it",)]


def main():
    """Run each case in a repository of its own."""
    program = shutil.which("docgen")
    if not program:
        print("there is no docgen on PATH: `./tests/run` puts it there")
        print("0 passed, 1 failed")
        return 1
    with tempfile.TemporaryDirectory(prefix="docgen-action-") as folder:
        server = Server(Path(folder) / "server")
        # A build for tests is large for what it knows of its source's lines.
        released = Path(folder) / "docgen"
        subprocess.run(("strip", "-o", str(released), program), check=True)
        server.release("me/docgen", VERSION, released, COMMIT)
        code = cases.run((it.__name__, lambda it=it: it(Case(server, Path(folder) / it.__name__))) for it in CASES)
        server.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
