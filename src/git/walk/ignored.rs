//! What `.gitignore` and its kin leave out, folder by folder.

use std::path::Path;
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// The ignore files that hold in a folder: its own and those of all folders above it.
#[derive(Clone)]
pub(super) struct Ignored {
    global: Arc<Gitignore>,
    nearest: Option<Arc<Layer>>,
}

/// The ignore files of one folder.
struct Layer {
    above: Option<Arc<Layer>>,
    /// `.ignore`, which ripgrep and ruff know; it beats every `.gitignore`.
    own: Gitignore,
    git: Gitignore,
    /// `.git/info/exclude`.
    exclude: Gitignore,
    /// Whether a repository begins here: no `.gitignore` above it holds below.
    is_top: bool,
}

/// Which ignore files lie in a folder.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Present {
    pub(super) own: bool,
    pub(super) git: bool,
    /// A `.git`, folder or file.
    pub(super) top: bool,
}

impl Present {
    /// Notes a name of the folder.
    pub(super) fn note(&mut self, name: &[u8]) {
        match name {
            b".ignore" => self.own = true,
            b".gitignore" => self.git = true,
            b".git" => self.top = true,
            _ => {}
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the walk is the world wing's door to the disk"
    )]
    fn of(folder: &Path) -> Self {
        let is_there = |name: &str| std::fs::symlink_metadata(folder.join(name)).is_ok();
        Self {
            own: is_there(".ignore"),
            git: is_there(".gitignore"),
            top: is_there(".git"),
        }
    }
}

impl Ignored {
    /// What holds above `folder` (absolute, without links), up to `ground`.
    pub(super) fn above(folder: &Path, ground: Option<&Path>) -> Self {
        // What is wrong in an ignore file leaves its other lines in force.
        let (global, _) = Gitignore::global();
        let mut ignored = Self {
            global: Arc::new(global),
            nearest: None,
        };
        let is_ours = |it: &&Path| ground.is_none_or(|ground| it.starts_with(ground));
        let parents: Vec<&Path> = folder.ancestors().skip(1).take_while(is_ours).collect();
        for parent in parents.into_iter().rev() {
            ignored = ignored.below(parent, Present::of(parent));
        }
        ignored
    }

    /// What holds in `folder`, in which such files lie.
    pub(super) fn below(&self, folder: &Path, present: Present) -> Self {
        if !(present.own || present.git || present.top) {
            return self.clone();
        }
        let layer = Layer {
            above: self.nearest.clone(),
            own: read(present.own, folder, ".ignore"),
            git: read(present.git, folder, ".gitignore"),
            exclude: read(present.top, folder, ".git/info/exclude"),
            is_top: present.top,
        };
        Self {
            global: Arc::clone(&self.global),
            nearest: Some(Arc::new(layer)),
        }
    }

    /// Whether nothing at all is left out.
    pub(super) fn is_empty(&self) -> bool {
        self.nearest.is_none() && self.global.is_empty()
    }

    /// Whether the file or folder at `path` (absolute) is left out; the nearest file that says anything decides.
    pub(super) fn has(&self, path: &Path, is_folder: bool) -> bool {
        let mut own = Match::None;
        let mut git = Match::None;
        let mut exclude = Match::None;
        let mut is_outside = false;
        let mut next = self.nearest.as_deref();
        while let Some(layer) = next {
            own = own.or(layer.own.matched(path, is_folder));
            if !is_outside {
                git = git.or(layer.git.matched(path, is_folder));
                exclude = exclude.or(layer.exclude.matched(path, is_folder));
            }
            is_outside |= layer.is_top;
            next = layer.above.as_deref();
        }
        let global = self.global.matched(path, is_folder);
        own.or(git).or(exclude).or(global).is_ignore()
    }
}

fn read(is_there: bool, folder: &Path, name: &str) -> Gitignore {
    if !is_there {
        return Gitignore::empty();
    }
    let mut builder = GitignoreBuilder::new(folder);
    // What is wrong in an ignore file leaves its other lines in force.
    let _ = builder.add(folder.join(name));
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}
