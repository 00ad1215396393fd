//! The `git` command's answers: it reads every kind of repository, and takes a process for each question.

use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{self, Output, Stdio};
use std::sync::Arc;

use super::Backend;
use super::cat_file::CatFile;
use super::library::{failure, ours};
use super::listing;
use git2::{ObjectType, Oid};

use crate::git::environment::Environment;
use crate::git::error::GitError;
use crate::git::id::Id;
use crate::git::index::{self, Index, TrackedFolders};
use crate::git::object::Objects;
use crate::git::path::on_disk;
use crate::git::wanted::Wanted;

/// How `git` is started: where, and with which variables.
#[derive(Clone, Debug)]
pub(in crate::git) struct Command {
    cwd: PathBuf,
    variables: Vec<(&'static str, Option<OsString>)>,
    git_dir: PathBuf,
    top: Option<PathBuf>,
    id_length: usize,
}

impl Command {
    /// `git` in the folder `cwd` with these of its variables. Nothing is started yet.
    pub(in crate::git) fn new(cwd: &Path, environment: &Environment) -> Self {
        let ceilings = std::env::join_paths(&environment.ceilings).ok();
        Self {
            cwd: cwd.to_path_buf(),
            variables: vec![
                ("GIT_DIR", environment.git_dir.clone()),
                ("GIT_WORK_TREE", environment.work_tree.clone()),
                ("GIT_INDEX_FILE", environment.index_file.clone()),
                (
                    "GIT_CEILING_DIRECTORIES",
                    ceilings.filter(|it| !it.is_empty()),
                ),
            ],
            git_dir: PathBuf::new(),
            top: None,
            id_length: 20,
        }
    }

    /// The same, having asked git where the repository lies; `None` where git finds none, or is not there itself.
    pub(in crate::git) fn open(mut self) -> Option<Self> {
        let line = |arguments: &[&str]| {
            let answer = self.ask("find the repository", arguments).ok()?;
            let text = answer.stdout.strip_suffix(b"\n")?;
            answer.status.success().then(|| text.to_vec())
        };
        let git_dir = line(&["rev-parse", "--absolute-git-dir"])?;
        let format = line(&["rev-parse", "--show-object-format"])?;
        let top = line(&["rev-parse", "--show-toplevel"]);
        self.id_length = if format == b"sha256" { 32 } else { 20 };
        self.git_dir = on_disk(Path::new(""), &git_dir);
        self.top = top.map(|top| on_disk(Path::new(""), &top));
        Some(self)
    }

    /// Starts `git` with these arguments.
    #[expect(
        clippy::disallowed_methods,
        reason = "git itself is asked where libgit2 cannot answer"
    )]
    pub(super) fn start(&self, arguments: &[impl AsRef<OsStr>]) -> process::Command {
        let mut command = process::Command::new("git");
        command
            // Nothing of the repository's own choice is run.
            .args(["--no-optional-locks", "-c", "core.fsmonitor=false"])
            .args(arguments)
            .current_dir(&self.cwd)
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .stderr(Stdio::piped());
        for (name, value) in &self.variables {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
    }

    /// What git prints, whether or not it succeeds.
    fn ask(&self, action: &'static str, arguments: &[&str]) -> Result<Output, GitError> {
        let output = self.start(arguments).output();
        output.map_err(|error| not_started(action, &error))
    }

    /// What git prints, which must succeed.
    fn told(&self, action: &'static str, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
        let output = self.ask(action, arguments)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(refused(action, &output))
    }

    /// The first line of what git prints, where it succeeds.
    fn line(&self, arguments: &[&str]) -> Option<String> {
        let output = self.told("answer", arguments).ok()?;
        let text = String::from_utf8(output).ok()?;
        text.lines().next().map(str::to_owned)
    }

    /// The index in `file`, without what git alone understands of it; its folders go to `folders`.
    pub(in crate::git) fn index(
        &self,
        root: &Path,
        file: &Path,
        wanted: &Wanted,
        folders: Option<TrackedFolders<'_>>,
    ) -> Result<Index, GitError> {
        let arguments = ["ls-files", "--stage", "--debug", "-z"];
        let mut command = self.start(&arguments);
        command.current_dir(root);
        let action = "read the index";
        let written = index::written(file);
        let output = command.output();
        let output = output.map_err(|error| not_started(action, &error))?;
        if !output.status.success() {
            return Err(refused(action, &output));
        }
        listing::parse(&output.stdout, written, wanted, folders).ok_or(GitError::Repository {
            action,
            reason: "`git ls-files --debug` prints it in another form".to_owned(),
        })
    }

    /// Fetches what a partial clone has left to its remote, all in one connection, as git's own commands do; nothing
    /// elsewhere.
    pub(super) fn fetch(&self, ids: &[Id]) {
        let promisor = [
            "config",
            "--name-only",
            "--get-regexp",
            r"^remote\..*\.promisor$",
        ];
        let Some(name) = self.line(&promisor) else {
            return;
        };
        let remote = name.strip_prefix("remote.").unwrap_or(&name);
        let remote = remote.strip_suffix(".promisor").unwrap_or(remote);
        let arguments = "-c fetch.negotiationAlgorithm=noop fetch --no-tags --no-write-fetch-head \
                         --no-auto-maintenance --recurse-submodules=no --filter=blob:none --stdin --";
        let mut arguments: Vec<&str> = arguments.split_whitespace().collect();
        arguments.push(remote);
        let mut command = self.start(&arguments);
        let command = command.stdin(Stdio::piped()).stderr(Stdio::null());
        let Ok(mut running) = command.stdout(Stdio::null()).spawn() else {
            return;
        };
        if let Some(mut input) = running.stdin.take() {
            let ids: Vec<String> = ids.iter().map(Id::to_string).collect();
            // Where git has ended already, reading the objects tells why.
            let _ = writeln!(input, "{}", ids.join("\n"));
        }
        let _ = running.wait();
    }

    /// The id that a file of these bytes has.
    pub(in crate::git) fn blob_id(&self, bytes: &[u8]) -> Result<Id, GitError> {
        let action = "hash a file of the worktree";
        if self.id_length == 20 {
            let id = Oid::hash_object(ObjectType::Blob, bytes).map_err(failure(action))?;
            return Ok(ours(id));
        }
        let broken = |error: &std::io::Error| not_started(action, error);
        let mut command = self.start(&["hash-object", "--stdin"]);
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut running = command.spawn().map_err(|error| broken(&error))?;
        if let Some(mut input) = running.stdin.take() {
            input.write_all(bytes).map_err(|error| broken(&error))?;
        }
        let output = running.wait_with_output().map_err(|error| broken(&error))?;
        Id::from_hex(output.stdout.trim_ascii()).ok_or_else(|| refused(action, &output))
    }
}

impl Backend for Command {
    fn git_dir(&self) -> &Path {
        &self.git_dir
    }

    fn top(&self) -> Option<&Path> {
        self.top.as_deref()
    }

    fn id_length(&self) -> usize {
        self.id_length
    }

    fn is_shallow(&self) -> bool {
        let answer = self.line(&["rev-parse", "--is-shallow-repository"]);
        answer.as_deref() == Some("true")
    }

    fn head(&self) -> Result<Option<Id>, GitError> {
        if let Some(id) = self.resolve("HEAD")? {
            return Ok(Some(id));
        }
        // No commit yet: `HEAD` names a branch that is not there.
        let branch = self.line(&["symbolic-ref", "--quiet", "HEAD"]);
        let is_there = |branch: &str| {
            let answer = self.line(&["for-each-ref", "--format=%(objectname)", branch]);
            answer.is_some()
        };
        match branch {
            Some(branch) if !is_there(&branch) => Ok(None),
            _ => Err(GitError::Repository {
                action: "read `HEAD`",
                reason: "it names no commit".to_owned(),
            }),
        }
    }

    fn resolve(&self, revision: &str) -> Result<Option<Id>, GitError> {
        let commit = format!("{revision}^{{commit}}");
        let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
        let arguments = [arguments.as_slice(), &[&commit]].concat();
        let output = self.ask("read a revision", &arguments)?;
        Ok(Id::from_hex(output.stdout.trim_ascii()).filter(|_| output.status.success()))
    }

    fn merge_bases(&self, one: Id, other: Id) -> Result<Vec<Id>, GitError> {
        let action = "find the merge base";
        let (one, other) = (one.to_string(), other.to_string());
        let output = self.ask(action, &["merge-base", "--all", "--", &one, &other])?;
        match output.status.code() {
            Some(0 | 1) => Ok(output
                .stdout
                .split(|&byte| byte == b'\n')
                .filter_map(Id::from_hex)
                .collect()),
            _ => Err(refused(action, &output)),
        }
    }

    fn is_ignored(&self, path: &[u8]) -> Result<bool, GitError> {
        let action = "read its ignore files";
        let path = on_disk(Path::new(""), path).into_os_string();
        let arguments = ["check-ignore", "--quiet", "--"].map(OsString::from);
        let arguments = [arguments.as_slice(), &[path]].concat();
        let mut command = self.start(&arguments);
        command.current_dir(self.top.as_deref().unwrap_or(&self.cwd));
        let output = command.output();
        let output = output.map_err(|error| not_started(action, &error))?;
        match output.status.code() {
            Some(code @ (0 | 1)) => Ok(code == 0),
            _ => Err(refused(action, &output)),
        }
    }

    fn remotes(&self) -> Vec<String> {
        let names = self
            .told("list the remotes", &["remote"])
            .unwrap_or_default();
        let names = String::from_utf8_lossy(&names).into_owned();
        names.lines().map(str::to_owned).collect()
    }

    fn address(&self, remote: &str) -> Option<String> {
        self.line(&["remote", "get-url", "--", remote])
    }

    fn branch(&self) -> Option<String> {
        self.line(&["symbolic-ref", "--quiet", "--short", "HEAD"])
    }

    fn upstream_remote(&self) -> Option<String> {
        let branch = self.line(&["symbolic-ref", "--quiet", "HEAD"])?;
        let remote = self.line(&["for-each-ref", "--format=%(upstream:remotename)", &branch])?;
        (!remote.is_empty()).then_some(remote)
    }

    fn noted_branch(&self, name: &str) -> Option<String> {
        let branch = self.line(&["symbolic-ref", "--quiet", name])?;
        self.line(&["rev-parse", "--verify", "--quiet", &branch])?;
        let short = branch.strip_prefix("refs/remotes/");
        Some(short.unwrap_or(&branch).to_owned())
    }

    fn objects(&self) -> Result<Arc<dyn Objects>, GitError> {
        Ok(Arc::new(CatFile::new(self)))
    }
}

fn not_started(action: &'static str, error: &std::io::Error) -> GitError {
    GitError::Repository {
        action,
        reason: format!("the `git` command is needed here and does not start: {error}"),
    }
}

/// git's own words.
fn refused(action: &'static str, output: &Output) -> GitError {
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.trim().lines().next().unwrap_or("it says nothing");
    let said = said.strip_prefix("fatal: ").unwrap_or(said);
    GitError::Repository {
        action,
        reason: said.to_owned(),
    }
}
