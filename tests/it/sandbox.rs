//! A folder of its own for one test, with the real git and the built docgen in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// A temporary folder; it goes when the test ends.
pub(crate) struct Sandbox {
    folder: TempDir,
}

/// What a command answered.
pub(crate) struct Answer {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Sandbox {
    /// An empty folder outside any repository.
    pub(crate) fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    /// A folder that is a repository with one commit of nothing.
    pub(crate) fn repository() -> Self {
        let sandbox = Self::new();
        sandbox.git(&["init", "--quiet", "--initial-branch=main"]);
        sandbox.git(&["commit", "--quiet", "--allow-empty", "--message=start"]);
        sandbox
    }

    /// The folder, links resolved.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    /// Write a file, and the folders above it.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Run git, which must succeed, and give back what it printed.
    pub(crate) fn git(&self, args: &[&str]) -> String {
        let answer = self.command("git", &self.root(), args, &[]);
        assert_eq!(
            answer.code,
            Some(0),
            "git {args:?}: {}{}",
            answer.out,
            answer.err
        );
        answer.out
    }

    /// Commit all there is.
    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
    }

    /// Run docgen in the folder.
    pub(crate) fn docgen(&self, args: &[&str]) -> Answer {
        self.docgen_in(".", args, &[])
    }

    /// Run docgen in a folder below, with variables set.
    pub(crate) fn docgen_in(
        &self,
        folder: &str,
        args: &[&str],
        variables: &[(&str, &str)],
    ) -> Answer {
        let folder = self.root().join(folder);
        self.command(env!("CARGO_BIN_EXE_docgen"), &folder, args, variables)
    }

    /// Run any program with a clean environment.
    pub(crate) fn command(
        &self,
        program: &str,
        folder: &Path,
        args: &[&str],
        variables: &[(&str, &str)],
    ) -> Answer {
        let mut command = self.prepared(program, folder, args, variables);
        Answer::from(command.output().unwrap())
    }

    /// Begin to run docgen in the folder; what it prints is to be read.
    pub(crate) fn begin(&self, args: &[&str], variables: &[(&str, &str)]) -> Child {
        let program = env!("CARGO_BIN_EXE_docgen");
        let mut command = self.prepared(program, &self.root(), args, variables);
        let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    fn prepared(
        &self,
        program: &str,
        folder: &Path,
        args: &[&str],
        variables: &[(&str, &str)],
    ) -> Command {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let mut command = Command::new(program);
        command
            .args(args)
            .current_dir(folder)
            .env_clear()
            .env("PATH", path)
            .env("HOME", self.folder.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .envs([
                ("GIT_AUTHOR_NAME", "Ada"),
                ("GIT_AUTHOR_EMAIL", "ada@example.org"),
            ])
            .envs([
                ("GIT_COMMITTER_NAME", "Ada"),
                ("GIT_COMMITTER_EMAIL", "ada@example.org"),
            ])
            .envs(variables.iter().copied());
        command
    }
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}
