//! Which two sides are compared: what the user said, else what hook, CI and repository say.

use super::args;
use super::build;
use super::failure::{Failure, Kind};
use crate::config::{self, Environment};
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
    if let Some(scope) = from_environment(given.environment, repository)? {
        return Ok(Choice::Change(scope));
    }
    Ok(Choice::Change(
        repository
            .default_branch()
            .map_or(Scope::Worktree, Scope::Since),
    ))
}

/// What a hook manager, a CI server or git says.
fn from_environment(
    environment: &Environment,
    repository: &Repository,
) -> Result<Option<Scope>, Failure> {
    match (&environment.from_ref, &environment.to_ref) {
        (Some(from), Some(to)) => {
            return Ok(Some(Scope::Range {
                from: from.clone(),
                to: to.clone(),
                direct: false,
            }));
        }
        (None, Some(to)) => return Ok(Some(first_push(to))),
        _ => {}
    }
    if let Some(pushed) = &environment.pushed {
        return Ok(Some(first_push(pushed)));
    }
    // A commit that is made in a CI job is judged as any other.
    if environment.index_file {
        return Ok(Some(Scope::Staged));
    }
    if let Some(build) = config::build(&environment.variables)? {
        return build::scope(&build, repository).map(Some);
    }
    if environment.ci {
        return Err(build::without_base("this CI job"));
    }
    Ok(environment.pre_commit.then_some(Scope::Staged))
}

/// Hook managers name no old side where the server has nothing yet.
fn first_push(to: &str) -> Scope {
    Scope::Named {
        base: None,
        name: "first push".to_owned(),
        to: to.to_owned(),
    }
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
