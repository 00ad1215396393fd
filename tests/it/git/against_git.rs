//! Random changes, listed by docgen and by git's own plumbing: equal, whatever the tree looks like.

use std::collections::BTreeMap;

use docgen::git::{Environment, Repository, Scope};

use super::sandbox::Sandbox;

/// Path to blob id.
type Files = BTreeMap<String, String>;

/// Numbers that look random and are the same in every run (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// A path up to four folders deep; a third of the files are not Python's.
    fn path(&mut self) -> String {
        let folders = ["a", "a-b", "a.b", "ab", "b", "z"];
        let mut path = String::new();
        for _ in 0..self.below(5) {
            path.push_str(self.pick(&folders));
            path.push('/');
        }
        path + self.pick(&["a.py", "b.pyi", "__init__.py", "notes.txt"])
    }
}

/// Python's files in the output of `ls-tree -r`, `ls-files --stage` or the like: `... ID ...TAB PATH` lines.
fn listed(lines: &str, id_column: usize) -> Files {
    let pairs = lines.lines().filter_map(|line| {
        let (columns, path) = line.split_once('\t')?;
        let id = columns.split(' ').nth(id_column)?;
        Some((path.to_owned(), id.to_owned()))
    });
    pairs
        .filter(|(path, _)| matches!(path.rsplit_once('.'), Some((_, "py" | "pyi"))))
        .collect()
}

/// What is new or differs, by path.
fn differing(old: &Files, new: &Files) -> Vec<String> {
    new.iter()
        .filter(|(path, id)| old.get(*path) != Some(id))
        .map(|(path, _)| path.clone())
        .collect()
}

fn paths(sandbox: &Sandbox, scope: &Scope) -> Vec<String> {
    let repository = Repository::open(&sandbox.root, &Environment::default())
        .unwrap()
        .unwrap();
    let changes = repository.changes(scope).unwrap();
    changes
        .files
        .into_iter()
        .map(|change| change.path)
        .collect()
}

/// Writes and deletes files at random; some of it is staged.
fn shuffle(sandbox: &Sandbox, dice: &mut Dice) {
    for step in 0..dice.below(12) {
        let path = dice.path();
        let place = sandbox.root.join(&path);
        if place.is_file() && dice.below(4) == 0 {
            sandbox.remove(&path);
        } else {
            sandbox.write(&path, &format!("{}\n", dice.below(6)));
        }
        if step % 3 == 0 {
            sandbox.git(&["add", "--all", path.split('/').next().unwrap()]);
        }
    }
}

/// Python's files on disk, hashed by git.
fn on_disk(sandbox: &Sandbox) -> Files {
    let names = sandbox.git(&["ls-files", "--cached", "--others", "--exclude-standard"]);
    let names = names
        .lines()
        .filter(|name| sandbox.root.join(name).is_file());
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        return Files::new();
    }
    let mut arguments = vec!["hash-object", "--"];
    arguments.extend(&names);
    let ids = sandbox.git(&arguments);
    let lines: Vec<String> = names
        .iter()
        .zip(ids.lines())
        .map(|(name, id)| format!("{id}\t{name}"))
        .collect();
    listed(&lines.join("\n"), 0)
}

#[test]
fn random_changes_are_listed_as_git_lists_them() {
    for seed in 0..6 {
        let mut dice = Dice(seed);
        let sandbox = Sandbox::with(&[("a.py", "1\n"), ("z/notes.txt", "2\n")]);
        for round in 0..8 {
            shuffle(&sandbox, &mut dice);
            let head = listed(&sandbox.git(&["ls-tree", "-r", "HEAD"]), 2);
            let index = listed(&sandbox.git(&["ls-files", "--stage"]), 1);
            let at = format!("seed {seed}, round {round}");
            assert_eq!(
                paths(&sandbox, &Scope::Staged),
                differing(&head, &index),
                "staged, {at}"
            );
            let disk = on_disk(&sandbox);
            assert_eq!(
                paths(&sandbox, &Scope::Worktree),
                differing(&head, &disk),
                "worktree, {at}"
            );
            sandbox.git(&["commit", "--quiet", "--allow-empty", "--message=next"]);
            let next = listed(&sandbox.git(&["ls-tree", "-r", "HEAD"]), 2);
            let range = Scope::Range {
                from: "HEAD~1".to_owned(),
                to: "HEAD".to_owned(),
                direct: round % 2 == 0,
            };
            assert_eq!(
                paths(&sandbox, &range),
                differing(&head, &next),
                "range, {at}"
            );
            let first = sandbox.git(&["rev-list", "--max-parents=0", "HEAD"]);
            let start = listed(&sandbox.git(&["ls-tree", "-r", &first]), 2);
            assert_eq!(
                paths(&sandbox, &Scope::Since(first)),
                differing(&start, &disk),
                "since, {at}"
            );
        }
    }
}
