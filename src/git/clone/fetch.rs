//! From an address to one commit's files: git fetches them, with nothing of its own or the repository's choice run.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: git is started here, and links are taken away"
)]

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::address::{Address, Scheme};
use super::error::CloneError;
use super::leash::{End, Leash};
use super::said;
use super::scratch::Scratch;
use crate::git::path::on_disk;

/// What git of a user's checkout says to all that it starts, and what would show secrets.
const NOT_OURS: &[&str] = &[
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_TEMPLATE_DIR",
    "GIT_TRACE",
    "GIT_TRACE_CURL",
    "GIT_TRACE_PACKET",
    "GIT_TRACE_SETUP",
    "GIT_CURL_VERBOSE",
    "GIT_WORK_TREE",
];

/// Settings that keep git to what it is asked for, whatever the user's own say.
const PLAIN: &[&str] = &[
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.symlinks=false",
    "core.autocrlf=false",
    "core.attributesFile=/dev/null",
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "fetch.unpackLimit=1",
    "fetch.uriProtocols=",
    "fetch.writeCommitGraph=false",
    "transfer.bundleURI=false",
    "http.followRedirects=initial",
    "maintenance.auto=false",
    "gc.auto=0",
];

/// Gives git the password, once, when it asks for it; the words themselves stand in the environment of git alone.
const HELPER: &str =
    "!f() { test \"$1\" = get && printf 'password=%s\\n' \"$DOCGEN_CLONE_PASSWORD\"; }; f";

/// A repository that is being fetched.
pub(super) struct Fetch<'a> {
    address: &'a Address,
    leash: &'a Leash<'a>,
    scratch: &'a Path,
    /// Its worktree.
    root: PathBuf,
}

/// What was fetched.
pub(super) struct Fetched {
    pub(super) root: PathBuf,
    /// The commit, in full.
    pub(super) revision: String,
    /// The branch, where one was asked for.
    pub(super) branch: Option<String>,
}

impl<'a> Fetch<'a> {
    pub(super) fn new(address: &'a Address, scratch: &'a Scratch, leash: &'a Leash<'a>) -> Self {
        Self {
            address,
            leash,
            scratch: scratch.path(),
            root: scratch.path().join("repository").join(address.name()),
        }
    }

    /// Does it all, and leaves the files of one commit below `root`.
    pub(super) fn run(self) -> Result<Fetched, CloneError> {
        self.init("sha1")?;
        if let Err(said) = self.fetch()? {
            if !said::wants_sha256(&said) {
                return Err(self.failure(&said));
            }
            fs::remove_dir_all(&self.root)?;
            self.init("sha256")?;
            self.fetch()?.map_err(|said| self.failure(&said))?;
        }
        let revision = self.told(&["rev-parse", "--verify", "--quiet", "FETCH_HEAD^{commit}"]);
        let revision = String::from_utf8_lossy(&revision?).trim().to_owned();
        self.check_out(&revision)?;
        self.drop_links()?;
        self.note_origin()?;
        let folder = self.address.folder();
        if let Some(folder) = folder.filter(|it| fs::symlink_metadata(self.root.join(it)).is_err())
        {
            return Err(CloneError::NoFolder {
                address: self.address.shown().to_owned(),
                folder: folder.to_owned(),
            });
        }
        Ok(Fetched {
            branch: self.branch(),
            root: self.root,
            revision,
        })
    }

    /// An empty repository, with nothing of a template in it.
    fn init(&self, format: &str) -> Result<(), CloneError> {
        let mut git = self.git();
        git.args(["init", "--quiet", "--template=", "--initial-branch=main"])
            .arg(format!("--object-format={format}"))
            .arg("--")
            .arg(&self.root)
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE");
        self.done(self.run_git(&mut git)?).map(drop)
    }

    /// Fetches one commit; what git says where it does not.
    fn fetch(&self) -> Result<Result<(), String>, CloneError> {
        let mut git = self.git();
        self.tell_secret(&mut git);
        self.tell_ssh(&mut git)?;
        // A quiet git would not say that it was sent on to another server.
        git.args(["fetch", "--depth=1", "--no-tags", "--no-auto-maintenance"])
            .args(["--no-recurse-submodules", "--"])
            .arg(&self.address.told)
            .arg(self.address.revision.as_deref().unwrap_or("HEAD"));
        match self.run_git(&mut git)? {
            End::Failed(said) => Ok(Err(said)),
            end => self.done(end).map(|_| Ok(())),
        }
    }

    /// Writes the commit's files. The user's own settings are not read: a filter of theirs is not for these.
    fn check_out(&self, revision: &str) -> Result<(), CloneError> {
        let mut git = self.git();
        git.args(["read-tree", "--reset", "-u", revision])
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("HOME", self.scratch)
            .env("XDG_CONFIG_HOME", self.scratch)
            .env("GIT_ATTR_NOSYSTEM", "1")
            .env_remove("GIT_CONFIG_PARAMETERS")
            .env_remove("GIT_CONFIG_COUNT");
        self.done(self.run_git(&mut git)?).map(drop)
    }

    /// Takes away what git wrote in place of links: files that say where they lead, which is not looked at.
    fn drop_links(&self) -> Result<(), CloneError> {
        for entry in self
            .told(&["ls-files", "--stage", "-z"])?
            .split(|it| *it == 0)
        {
            let Some(rest) = entry.strip_prefix(b"120000 ") else {
                continue;
            };
            let tab = rest.iter().position(|it| *it == b'\t');
            if let Some(path) = tab.and_then(|it| rest.get(it + 1..)) {
                let _ = fs::remove_file(on_disk(&self.root, path));
            }
        }
        Ok(())
    }

    /// Notes the address as a clone does, without names and passwords: reports tell where the code comes from.
    fn note_origin(&self) -> Result<(), CloneError> {
        let address = self.address.told.replace('\\', "\\\\").replace('"', "\\\"");
        let path = self.root.join(".git").join("config");
        let mut config = fs::read_to_string(&path)?;
        let origin = format!("[remote \"origin\"]\n\turl = \"{address}\"\n");
        config.push_str(&origin);
        Ok(fs::write(&path, config)?)
    }

    /// The branch that was asked for: git notes `<id> <tab> <tab> branch 'main' of <address>`.
    fn branch(&self) -> Option<String> {
        let noted = fs::read_to_string(self.root.join(".git").join("FETCH_HEAD")).ok()?;
        let (_, rest) = noted.split_once("branch '")?;
        rest.split_once('\'').map(|it| it.0.to_owned())
    }

    /// What git prints, which must succeed.
    fn told(&self, arguments: &[&str]) -> Result<Vec<u8>, CloneError> {
        let mut git = self.git();
        git.args(arguments);
        self.done(self.run_git(&mut git)?)
    }

    fn run_git(&self, git: &mut Command) -> Result<End, CloneError> {
        let is_over = |said: &str| said::elsewhere(self.address, said).is_some();
        Ok(self.leash.run(git, is_over)?)
    }

    fn done(&self, end: End) -> Result<Vec<u8>, CloneError> {
        match end {
            End::Done(printed) => Ok(printed),
            End::Failed(said) => Err(self.failure(&said)),
            End::NoGit(error) => Err(CloneError::NoGit(error)),
            End::TooLong => Err(CloneError::TooLong {
                address: self.address.shown().to_owned(),
                seconds: self.leash.limit.as_secs(),
            }),
        }
    }

    fn failure(&self, said: &str) -> CloneError {
        let elsewhere = said::elsewhere(self.address, said);
        elsewhere.unwrap_or_else(|| said::failure(self.address, said))
    }

    /// `git`, which runs nothing, asks nobody and speaks only what the address does.
    fn git(&self) -> Command {
        let mut git = Command::new("git");
        for setting in PLAIN {
            git.args(["-c", setting]);
        }
        for name in NOT_OURS {
            git.env_remove(name);
        }
        // What the user's settings make of an address (`insteadOf`) may be one of the first two.
        let mut protocols = vec!["https", "ssh"];
        if !protocols.contains(&self.address.scheme.name()) {
            protocols.push(self.address.scheme.name());
        }
        git.current_dir(self.scratch)
            .env("GIT_DIR", self.root.join(".git"))
            .env("GIT_WORK_TREE", &self.root)
            .env("GIT_ALLOW_PROTOCOL", protocols.join(":"))
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GCM_INTERACTIVE", "never")
            .env("GIT_LFS_SKIP_SMUDGE", "1")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("LC_ALL", "C");
        git
    }

    /// Hands the name and the password of the address on, to its server alone: as settings in git's environment, which
    /// no list of processes shows.
    fn tell_secret(&self, git: &mut Command) {
        let secret = &self.address.secret;
        if self.address.origin.is_empty() || *secret == super::secret::Secret::default() {
            return;
        }
        let key = |name: &str| format!("credential.{}.{name}", self.address.origin);
        let mut settings = vec![(key("username"), secret.user.clone())];
        if secret.password.is_some() {
            // What the user keeps for this server is not what was said.
            settings.push(("credential.helper".to_owned(), String::new()));
            settings.push((key("helper"), String::new()));
        }
        settings.push((key("helper"), HELPER.to_owned()));
        let given = std::env::var("GIT_CONFIG_COUNT").ok();
        let mut count: usize = given.and_then(|it| it.parse().ok()).unwrap_or(0);
        for (key, value) in settings {
            git.env(format!("GIT_CONFIG_KEY_{count}"), key);
            git.env(format!("GIT_CONFIG_VALUE_{count}"), value);
            count += 1;
        }
        git.env("GIT_CONFIG_COUNT", count.to_string());
        git.env(
            "DOCGEN_CLONE_PASSWORD",
            secret.password.as_deref().unwrap_or_default(),
        );
    }

    /// Has ssh ask nobody, whichever the user's own command is.
    fn tell_ssh(&self, git: &mut Command) -> Result<(), CloneError> {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|it| !it.is_empty());
        // A program of that name takes what git gives it.
        if self.address.scheme != Scheme::Ssh || (is_set("GIT_SSH") && !is_set("GIT_SSH_COMMAND")) {
            return Ok(());
        }
        let mut ssh = std::env::var_os("GIT_SSH_COMMAND").unwrap_or_default();
        if ssh.is_empty() {
            let mut ask = self.git();
            ask.args(["config", "--get", "core.sshCommand"]);
            if let End::Done(printed) = self.run_git(&mut ask)? {
                ssh = String::from_utf8_lossy(&printed).trim().into();
            }
        }
        if ssh.is_empty() {
            ssh = "ssh".into();
        }
        ssh.push(OsStr::new(" -o BatchMode=yes"));
        git.env("GIT_SSH_COMMAND", ssh);
        Ok(())
    }
}
