//! Which two sides are compared: what the user said, else what hook, CI and repository say.

use super::args;
use super::failure::{Failure, Kind};
use crate::config::Environment;
use crate::git::{Repository, Scope};

/// What is compared, and how that was decided.
#[derive(Debug)]
pub(super) enum Choice {
    /// Every symbol of every file.
    All,
    /// The two sides of a change.
    Change(Scope),
}

/// What is known when the scope is decided.
pub(super) struct Given<'a> {
    pub(super) flags: &'a args::Scope,
    pub(super) environment: &'a Environment,
    /// Whether standard input is what is checked.
    pub(super) stdin: bool,
    pub(super) repository: Option<&'a Repository>,
}

/// The scope by the first that holds, in the order of `contract.md`.
pub(super) fn choose(given: &Given<'_>) -> Result<Choice, Failure> {
    if given.flags.all {
        return Ok(Choice::All);
    }
    let Some(repository) = given.repository else {
        return without_repository(given);
    };
    if let Some(scope) = from_flags(given.flags) {
        return Ok(Choice::Change(scope));
    }
    if given.stdin {
        return Ok(Choice::All);
    }
    let environment = given.environment;
    if let (Some(from), Some(to)) = (&environment.from_ref, &environment.to_ref) {
        let range = Scope::Range {
            from: from.clone(),
            to: to.clone(),
            direct: false,
        };
        return Ok(Choice::Change(range));
    }
    // A hook that runs in a CI job (`pre-commit run` there) compares what the hook manager staged.
    if environment.in_hook() {
        return Ok(Choice::Change(Scope::Staged));
    }
    if environment.ci {
        return Err(Failure::new(Kind::Usage, "no base to compare with in this CI job")
            .hint("say `--since origin/main` (the branch it will be merged into), `--from-ref A --to-ref B`, or `--all`"));
    }
    Ok(Choice::Change(
        repository
            .default_branch()
            .map_or(Scope::Worktree, Scope::Since),
    ))
}

fn from_flags(flags: &args::Scope) -> Option<Scope> {
    if flags.staged {
        return Some(Scope::Staged);
    }
    if let Some(rev) = &flags.since {
        return Some(Scope::Since(rev.clone()));
    }
    let (Some(from), Some(to)) = (&flags.from_ref, &flags.to_ref) else {
        return None;
    };
    Some(Scope::Range {
        from: from.clone(),
        to: to.clone(),
        direct: flags.direct,
    })
}

/// Outside a repository everything is in scope, unless a flag asks for a comparison.
fn without_repository(given: &Given<'_>) -> Result<Choice, Failure> {
    if from_flags(given.flags).is_some() {
        return Err(
            Failure::new(Kind::Git, "there is no git repository here to compare in")
                .hint("`--all` checks every symbol without one"),
        );
    }
    Ok(Choice::All)
}
