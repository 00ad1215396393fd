//! What a CI server's build compares: the true base of a pull or merge request, what a push found there before.

use super::failure::{Failure, Kind};
use crate::config::{Build, Push, Request};
use crate::git::{GitError, Repository, Scope};

/// The flags that always answer.
const FLAGS: &str = "say `--since origin/main` (the branch it will be merged into), `--from-ref A --to-ref B`, or `--all`";

/// The two sides that `build` is about.
pub(super) fn scope(build: &Build, repository: &Repository) -> Result<Scope, Failure> {
    match build {
        Build::Request(request) => of_request(request, repository),
        Build::Push(push) => of_push(push, repository),
        Build::Other(event) if event.is_empty() => Err(without_base("this CI job")),
        Build::Other(event) => Err(without_base(&format!("a build of the event `{event}`"))),
    }
}

/// No base at all.
pub(super) fn without_base(of: &str) -> Failure {
    Failure::new(Kind::Usage, format!("{of} has no base to compare with")).hint(FLAGS)
}

fn of_request(request: &Request, repository: &Repository) -> Result<Scope, Failure> {
    let checked_out = repository.head_and_parents()?;
    let Some((head, parents)) = checked_out.split_first() else {
        return Err(GitError::Unborn.into());
    };
    let tip = request.head.as_deref();
    let name = format!("base of the {}", request.name);
    // What the server merged for trial: its first parent is the target branch as it is now.
    if let [target, theirs] = parents
        && Some(head.as_str()) != tip
        && tip.is_none_or(|tip| tip == theirs)
    {
        return named(target, name, repository);
    }
    if let Some(tip) = tip
        && !repository.is_in_head(tip)?
    {
        return Err(not_checked_out(request, repository));
    }
    match (&request.base, &request.branch) {
        (Some(base), _) if request.is_exact => named(base, name, repository),
        (base, Some(branch)) => {
            let remote = repository.remote();
            let target = format!("{remote}/{branch}");
            match base {
                // As old as the request: good enough for a merge base where there is no better one.
                Some(base) if !repository.has(&target)? && repository.has(base)? => {
                    Ok(parted_from(base))
                }
                _ if repository.has(&target)? => Ok(parted_from(&target)),
                _ => {
                    let deeper = if repository.is_shallow() {
                        " --unshallow"
                    } else {
                        ""
                    };
                    let command = format!(
                        "git fetch --no-tags{deeper} {remote} +refs/heads/{branch}:refs/remotes/{target}"
                    );
                    let name = format!("the base branch of the {}, {target},", request.name);
                    Err(GitError::NoBase { name, command }.into())
                }
            }
        }
        (Some(base), None) => Ok(parted_from(base)),
        (None, None) => Err(without_base(&format!("this {}", request.name))),
    }
}

fn parted_from(revision: &str) -> Scope {
    Scope::Range {
        from: revision.to_owned(),
        to: "HEAD".to_owned(),
        direct: false,
    }
}

/// `pull_request_target` checks the target branch out, where there is nothing of the request to see.
fn not_checked_out(request: &Request, repository: &Repository) -> Failure {
    let name = request.name;
    let message = format!("this checkout does not hold the {name}");
    let failure = Failure::new(Kind::Git, message);
    let remote = repository.remote();
    match &request.reference {
        Some(reference) => failure.hint(format!(
            "`git fetch {remote} {reference} && git checkout FETCH_HEAD` brings it"
        )),
        None => failure.hint(FLAGS),
    }
}

fn of_push(push: &Push, repository: &Repository) -> Result<Scope, Failure> {
    if let Some(before) = &push.before {
        return named(before, "before the push".to_owned(), repository);
    }
    let Some(branch) = &push.branch else {
        return Err(without_base("a build of a tag"));
    };
    match &push.default_branch {
        Some(default) if default != branch => {
            let remote = repository.remote();
            let target = format!("{remote}/{default}");
            if repository.has(&target)? {
                return Ok(parted_from(&target));
            }
            let deeper = if repository.is_shallow() {
                " --unshallow"
            } else {
                ""
            };
            let command = format!(
                "git fetch --no-tags{deeper} {remote} +refs/heads/{default}:refs/remotes/{target}"
            );
            let name = format!("the default branch, {target}, which the new branch parted from,");
            Err(GitError::NoBase { name, command }.into())
        }
        Some(_) if push.is_created => Ok(Scope::Named {
            base: None,
            name: "first push".to_owned(),
            to: "HEAD".to_owned(),
        }),
        _ => Err(without_base("this build")),
    }
}

/// That commit itself as the old side.
fn named(base: &str, name: String, repository: &Repository) -> Result<Scope, Failure> {
    if repository.has(base)? {
        return Ok(Scope::Named {
            base: Some(base.to_owned()),
            name,
            to: "HEAD".to_owned(),
        });
    }
    let remote = repository.remote();
    let depth = if repository.is_shallow() {
        " --depth=1"
    } else {
        ""
    };
    let short = base.get(..7).unwrap_or(base);
    Err(GitError::NoBase {
        name: format!("the {name}, {short},"),
        command: format!("git fetch --no-tags{depth} {remote} {base}"),
    }
    .into())
}
