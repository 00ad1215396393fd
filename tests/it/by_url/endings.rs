//! However a run ends, the clone goes with it: time-outs, signals while git fetches and while files are checked, readers
//! that go away.

use std::fs;
use std::io::Read as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::{left, origin};
use crate::sandbox::{Answer, Sandbox};

/// What stands in ssh's place: it serves the repository, or begins to and then waits with a child of its own.
fn ssh(sandbox: &Sandbox, is_slow: bool) -> String {
    let root = sandbox.root().display().to_string();
    let body = if is_slow {
        format!("echo \"$@\" > {root}/asked\nsleep 300 &\necho $! > {root}/child\nwait\n")
    } else {
        format!("echo \"$@\" > {root}/asked\nexec git upload-pack {root}/origin\n")
    };
    sandbox.write("ssh.sh", body);
    format!("sh {root}/ssh.sh")
}

fn begin(sandbox: &Sandbox, ssh: &str, args: &[&str]) -> Child {
    // Who runs the tests in the background has them ignore some signals, and with them all that they start.
    Command::new("env")
        .args([
            "--default-signal=HUP,INT,QUIT,TERM",
            env!("CARGO_BIN_EXE_docgen"),
        ])
        .args(["check", "ssh://git@host.example/me/it.git"])
        .args(args)
        .current_dir(sandbox.root())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", sandbox.root())
        .env("TMPDIR", sandbox.root().join("tmp"))
        .env("GIT_SSH_COMMAND", ssh)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// How a run ends that has a minute for it, and what it said.
fn ended(mut run: Child) -> (ExitStatus, String) {
    let start = Instant::now();
    let status = loop {
        if let Some(status) = run.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > Duration::from_mins(1) {
            run.kill().unwrap();
        }
        thread::sleep(Duration::from_millis(10));
    };
    let mut said = String::new();
    run.stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    (status, said)
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_mins(1), "never: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Waits until ssh's stand-in has a child; its id.
fn child(sandbox: &Sandbox) -> String {
    let note = sandbox.root().join("child");
    let read = || fs::read_to_string(&note).unwrap_or_default();
    until("ssh is asked", || read().ends_with('\n'));
    read().trim().to_owned()
}

fn is_alive(id: &str) -> bool {
    let state = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    !state.is_empty() && !state.contains(") Z ")
}

fn send(signal: i32, run: &Child) {
    let args = [format!("-{signal}"), run.id().to_string()];
    assert!(Command::new("kill").args(args).status().unwrap().success());
}

#[test]
fn ssh_is_asked_in_batch_mode_and_serves() {
    let sandbox = origin();
    let ssh = ssh(&sandbox, false);
    let answer = Answer::from(begin(&sandbox, &ssh, &[]).wait_with_output().unwrap());
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(answer.out.contains("pkg/rooms.py:"), "{}", answer.out);
    let asked = fs::read_to_string(sandbox.root().join("asked")).unwrap();
    assert!(
        asked.contains("-o BatchMode=yes") && asked.contains("git@host.example"),
        "{asked}"
    );
    assert_eq!(left(&sandbox), [""; 0]);
}

#[test]
fn what_takes_too_long_ends_with_all_that_it_started() {
    let sandbox = origin();
    let ssh = ssh(&sandbox, true);
    let start = Instant::now();
    let run = begin(&sandbox, &ssh, &["--clone-timeout=1"]);
    let child = child(&sandbox);
    let answer = Answer::from(run.wait_with_output().unwrap());
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
    assert_eq!(answer.code, Some(2), "{}", answer.err);
    assert!(
        answer.err.contains("was not cloned within 1 s"),
        "{}",
        answer.err
    );
    until("its child ends", || !is_alive(&child));
    assert_eq!(left(&sandbox), [""; 0]);
}

#[test]
fn a_signal_while_git_fetches_takes_all_away() {
    // SIGHUP, SIGINT, SIGQUIT, SIGTERM.
    for signal in [1, 2, 3, 15] {
        let sandbox = origin();
        let ssh = ssh(&sandbox, true);
        let run = begin(&sandbox, &ssh, &[]);
        let child = child(&sandbox);
        assert_eq!(left(&sandbox).len(), 1);
        send(signal, &run);
        let (status, said) = ended(run);
        assert_eq!((status.signal(), said.as_str()), (Some(signal), ""));
        assert_eq!(left(&sandbox), [""; 0], "signal {signal}");
        until("its child ends", || !is_alive(&child));
    }
}

/// A repository with a report larger than what a pipe holds.
fn large() -> Sandbox {
    let sandbox = origin();
    let code = "def f(a):\n    return a\n\n\n".repeat(2_000);
    for at in 0..5 {
        sandbox.write(&format!("origin/pkg/m{at}.py"), &code);
    }
    super::commit(&sandbox);
    sandbox
}

#[test]
fn a_signal_while_files_are_checked_takes_them_away() {
    for signal in [2, 15] {
        let sandbox = large();
        let ssh = ssh(&sandbox, false);
        let mut run = begin(&sandbox, &ssh, &[]);
        // Some of it is read, and then nothing: docgen waits for who reads its report.
        let mut out = run.stdout.take().unwrap();
        out.read_exact(&mut [0; 1000]).unwrap();
        thread::sleep(Duration::from_millis(200));
        assert_eq!(left(&sandbox).len(), 1);
        send(signal, &run);
        let (status, said) = ended(run);
        assert_eq!((status.signal(), said.as_str()), (Some(signal), ""));
        assert_eq!(left(&sandbox), [""; 0], "signal {signal}");
    }
}

#[test]
fn a_reader_that_goes_away_takes_them_away() {
    let sandbox = large();
    let ssh = ssh(&sandbox, false);
    let mut run = begin(&sandbox, &ssh, &[]);
    run.stdout
        .take()
        .unwrap()
        .read_exact(&mut [0; 1000])
        .unwrap();
    let output = run.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(left(&sandbox), [""; 0]);
}

#[test]
fn signals_that_are_ignored_stay_ignored() {
    let sandbox = origin();
    let command = ssh(&sandbox, true);
    let tmp = sandbox.root().join("tmp");
    let program = env!("CARGO_BIN_EXE_docgen");
    let script =
        format!("trap '' HUP; exec {program} check ssh://git@host.example/it --clone-timeout=2");
    let run = Command::new("sh")
        .args(["-c", &script])
        .current_dir(sandbox.root())
        .env("TMPDIR", &tmp)
        .env("GIT_SSH_COMMAND", &command)
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    child(&sandbox);
    send(1, &run);
    let output = run.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(left(&sandbox), [""; 0]);
}
