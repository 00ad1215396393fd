//! A repository of the real git in a temporary folder, in an environment of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use docgen::git::{Change, Content, Environment, GitError, Reader, Repository, Scope};
use tempfile::TempDir;

/// A repository and what docgen says of it.
pub(super) struct Sandbox {
    /// Removed with this value.
    _folder: TempDir,
    /// The top of the worktree.
    pub(super) root: PathBuf,
}

impl Sandbox {
    /// A repository without a commit.
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().canonicalize().unwrap();
        let root = top.join("work");
        fs::create_dir_all(&root).unwrap();
        fs::create_dir_all(top.join("home")).unwrap();
        let sandbox = Self {
            _folder: folder,
            root,
        };
        sandbox.git(&["init", "--quiet", "--initial-branch=main"]);
        sandbox
    }

    /// A repository whose first commit holds `files`, each with its text.
    pub(super) fn with(files: &[(&str, &str)]) -> Self {
        let sandbox = Self::new();
        for (path, text) in files {
            sandbox.write(path, text);
        }
        sandbox.commit_all("first");
        sandbox
    }

    /// A folder beside the repository.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.root.parent().unwrap().join(name)
    }

    /// Writes a file of the worktree.
    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Removes a file of the worktree.
    pub(super) fn remove(&self, path: &str) {
        fs::remove_file(self.root.join(path)).unwrap();
    }

    /// Runs git at the top of the worktree; it must succeed. Gives what it printed.
    pub(super) fn git(&self, arguments: &[&str]) -> String {
        self.git_in(&self.root, arguments)
    }

    /// Runs git in `folder`; it must succeed. Gives what it printed.
    pub(super) fn git_in(&self, folder: &Path, arguments: &[&str]) -> String {
        let output = self.try_git(folder, arguments);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {error}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Runs git in `folder`, whatever comes of it.
    pub(super) fn try_git(&self, folder: &Path, arguments: &[&str]) -> Output {
        self.command(folder, arguments).output().unwrap()
    }

    fn command(&self, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command
            .args(["-c", "protocol.file.allow=always"])
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::null())
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .env("HOME", self.beside("home"))
            .env("GIT_CONFIG_NOSYSTEM", "1");
        for role in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{role}_NAME"), "Somebody")
                .env(format!("GIT_{role}_EMAIL"), "somebody@example.org")
                .env(format!("GIT_{role}_DATE"), "2024-01-01T00:00:00Z");
        }
        command
    }

    /// Commits the whole worktree.
    pub(super) fn commit_all(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--no-verify", "--message", message]);
    }

    /// What docgen finds, seen from the top of the worktree.
    pub(super) fn changes(&self, scope: &Scope) -> Vec<Seen> {
        ask(&self.root, &Environment::default(), scope).unwrap().1
    }

    /// Why docgen finds nothing, seen from the top of the worktree.
    pub(super) fn refusal(&self, scope: &Scope) -> GitError {
        let seen = ask(&self.root, &Environment::default(), scope);
        seen.map(|(sentence, _)| sentence).unwrap_err()
    }

    /// Calls `look` in the middle of `git commit ARGUMENTS`, where the pre-commit hook runs, with the hook's
    /// environment. Gives git's answer.
    pub(super) fn during_commit(&self, arguments: &[&str], look: impl FnOnce(&Environment)) {
        let (ready, go) = (self.beside("ready"), self.beside("go"));
        let script = format!(
            "#!/bin/sh\nprintf '%s' \"$GIT_INDEX_FILE\" > '{0}.part' && mv '{0}.part' '{0}'\n\
             while [ ! -e '{1}' ]; do sleep 0.01; done\n",
            ready.display(),
            go.display()
        );
        let hooks = self.beside("hooks");
        fs::create_dir_all(&hooks).unwrap();
        let hook = hooks.join("pre-commit");
        fs::write(&hook, script).unwrap();
        make_executable(&hook);
        let hooks = format!("core.hooksPath={}", hooks.display());
        let mut commit = vec!["-c", &hooks, "commit", "--quiet", "--message=hooked"];
        commit.extend(arguments);
        let mut commit = self.command(&self.root, &commit).spawn().unwrap();
        let index_file = wait_for(&ready, &mut commit);
        let environment = Environment {
            index_file: Some(index_file.into()),
            ..Environment::default()
        };
        look(&environment);
        fs::write(&go, "").unwrap();
        assert!(commit.wait().unwrap().success());
        fs::remove_file(ready).unwrap();
        fs::remove_file(go).unwrap();
    }
}

/// The sentence of the comparison and what docgen finds.
pub(super) fn ask(
    cwd: &Path,
    environment: &Environment,
    scope: &Scope,
) -> Result<(String, Vec<Seen>), GitError> {
    let repository = Repository::open(cwd, environment)?.unwrap();
    let changes = repository.changes(scope)?;
    let texts = repository.texts();
    let seen = changes
        .files
        .into_iter()
        .map(|change| Seen::new(change, &texts));
    Ok((changes.comparison.sentence, seen.collect()))
}

/// The text of `path` once it is there.
fn wait_for(path: &Path, child: &mut Child) -> String {
    let start = Instant::now();
    while !path.exists() {
        assert!(child.try_wait().unwrap().is_none(), "no hook ran");
        assert!(start.elapsed() < Duration::from_secs(30), "the hook hangs");
        std::thread::sleep(Duration::from_millis(5));
    }
    fs::read_to_string(path).unwrap()
}

fn make_executable(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    #[cfg(not(unix))]
    {
        let _ = path;
    }
}

/// A change with its texts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) path: String,
    pub(super) old_path: Option<String>,
    pub(super) old: Option<String>,
    pub(super) new: String,
    /// Whether the new text comes from disk.
    pub(super) is_on_disk: bool,
}

impl Seen {
    fn new(change: Change, texts: &impl Reader) -> Self {
        let text = |content: &Content| String::from_utf8(texts.read(content).unwrap()).unwrap();
        Self {
            path: change.path,
            old_path: change.old_module_path,
            old: change.old.as_ref().map(text),
            new: text(&change.new),
            is_on_disk: matches!(change.new, Content::Disk(_)),
        }
    }
}

/// The same in short: `a.py: old -> new`, `<- b.py` where it was renamed.
pub(super) fn short(seen: &[Seen]) -> Vec<String> {
    let line = |it: &Seen| {
        let old = it.old.as_deref().unwrap_or("nothing").trim();
        let origin = it.old_path.as_ref().map(|path| format!(" <- {path}"));
        let origin = origin.unwrap_or_default();
        format!("{}{origin}: {old} -> {}", it.path, it.new.trim())
    };
    seen.iter().map(line).collect()
}
