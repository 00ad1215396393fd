//! What a CI server says of the build that runs: which change it is for.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: GitHub describes its event in a file"
)]

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::ConfigError;

/// What started a build, as far as it tells what is to be compared.
///
/// Fields: <https://docs.github.com/en/webhooks/webhook-events-and-payloads> and
/// <https://docs.gitlab.com/ci/variables/predefined_variables/>.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Build {
    /// A pull or merge request.
    Request(Request),
    /// Commits were pushed.
    Push(Push),
    /// Something else, by its name: a schedule, a release.
    Other(String),
}

/// A request to merge one branch into another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// `pull request`, `merge request`, `merge group`.
    pub name: &'static str,
    /// A commit of the target branch: at GitHub its tip when the request was opened, which grows old.
    pub base: Option<String>,
    /// Whether `base` is where the two branches parted, or an ancestor of all that is to be merged.
    pub is_exact: bool,
    /// The target branch.
    pub branch: Option<String>,
    /// The tip of the branch that is to be merged.
    pub head: Option<String>,
    /// Where the server keeps that tip: `refs/pull/7/head`.
    pub reference: Option<String>,
}

/// A push to one branch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Push {
    /// The branch's tip before; `None` where the push created it.
    pub before: Option<String>,
    /// The branch; `None` for a tag.
    pub branch: Option<String>,
    /// The repository's default branch.
    pub default_branch: Option<String>,
    /// Whether `before` is surely missing because the branch is new, and not because nobody pushed.
    pub is_created: bool,
}

/// The build that the variables, sorted by name, tell of; `None` outside GitHub Actions and GitLab CI.
///
/// # Errors
/// When GitHub's file cannot be read.
pub fn build(variables: &[(String, String)]) -> Result<Option<Build>, ConfigError> {
    let variables = Variables(variables);
    let github = variables.get("GITHUB_EVENT_PATH");
    if github.is_some() || variables.get("GITHUB_ACTIONS").is_some() {
        return of_github(&variables, github).map(Some);
    }
    let is_gitlab = ["GITLAB_CI", "CI_MERGE_REQUEST_IID", "CI_COMMIT_BEFORE_SHA"]
        .iter()
        .any(|name| variables.get(name).is_some());
    Ok(is_gitlab.then(|| of_gitlab(&variables)))
}

struct Variables<'v>(&'v [(String, String)]);

impl<'v> Variables<'v> {
    /// The value of a variable that is set and not empty.
    fn get(&self, name: &str) -> Option<&'v str> {
        let at = self
            .0
            .binary_search_by(|(other, _)| other.as_str().cmp(name));
        let (_, value) = self.0.get(at.ok()?)?;
        (!value.is_empty()).then_some(value)
    }

    fn owned(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }
}

fn of_github(variables: &Variables<'_>, path: Option<&str>) -> Result<Build, ConfigError> {
    let event = path.map(read_event).transpose()?.unwrap_or_default();
    let text = |pointer: &str| event.pointer(pointer).and_then(Value::as_str);
    let owned = |pointer: &str| text(pointer).map(str::to_owned);
    let name = variables.get("GITHUB_EVENT_NAME").unwrap_or_default();
    if event.get("pull_request").is_some() || variables.get("GITHUB_BASE_REF").is_some() {
        let number = event
            .pointer("/pull_request/number")
            .and_then(Value::as_u64);
        let number = number.or_else(|| event.get("number").and_then(Value::as_u64));
        return Ok(Build::Request(Request {
            name: "pull request",
            base: owned("/pull_request/base/sha"),
            is_exact: false,
            branch: owned("/pull_request/base/ref").or_else(|| variables.owned("GITHUB_BASE_REF")),
            head: owned("/pull_request/head/sha"),
            reference: number.map(|number| format!("refs/pull/{number}/head")),
        }));
    }
    if event.get("merge_group").is_some() {
        return Ok(Build::Request(Request {
            name: "merge group",
            base: owned("/merge_group/base_sha"),
            is_exact: true,
            branch: owned("/merge_group/base_ref").map(|it| branch(&it).unwrap_or(&it).to_owned()),
            head: owned("/merge_group/head_sha"),
            reference: owned("/merge_group/head_ref"),
        }));
    }
    if name != "push" && !(name.is_empty() && event.get("before").is_some()) {
        return Ok(Build::Other(name.to_owned()));
    }
    let reference = text("/ref").or_else(|| variables.get("GITHUB_REF"));
    Ok(Build::Push(Push {
        before: text("/before").and_then(commit),
        branch: reference.and_then(branch).map(str::to_owned),
        default_branch: owned("/repository/default_branch"),
        is_created: text("/before").is_some_and(|id| commit(id).is_none()),
    }))
}

fn read_event(path: &str) -> Result<Value, ConfigError> {
    let unreadable = |source| ConfigError::Unreadable {
        path: Path::new(path).to_path_buf(),
        source,
    };
    let text = fs::read(path).map_err(unreadable)?;
    serde_json::from_slice(&text).map_err(|error| ConfigError::Value {
        message: format!("`GITHUB_EVENT_PATH` is {path}, and that is no JSON: {error}"),
        hint: Some("`--from-ref A --to-ref B` says what to compare".to_owned()),
    })
}

fn of_gitlab(variables: &Variables<'_>) -> Build {
    if variables.get("CI_MERGE_REQUEST_IID").is_some()
        || variables.get("CI_MERGE_REQUEST_DIFF_BASE_SHA").is_some()
    {
        let number = variables.get("CI_MERGE_REQUEST_IID");
        let head = variables.get("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA");
        let base = variables.get("CI_MERGE_REQUEST_DIFF_BASE_SHA");
        return Build::Request(Request {
            name: "merge request",
            base: base.and_then(commit),
            is_exact: true,
            branch: variables.owned("CI_MERGE_REQUEST_TARGET_BRANCH_NAME"),
            head: head
                .or_else(|| variables.get("CI_COMMIT_SHA"))
                .map(str::to_owned),
            reference: number.map(|number| format!("refs/merge-requests/{number}/head")),
        });
    }
    Build::Push(Push {
        before: variables.get("CI_COMMIT_BEFORE_SHA").and_then(commit),
        branch: variables.owned("CI_COMMIT_BRANCH"),
        default_branch: variables.owned("CI_DEFAULT_BRANCH"),
        // GitLab gives zeros for schedules and builds started by hand, too.
        is_created: false,
    })
}

/// The commit; `None` for the zeros that stand for none.
fn commit(id: &str) -> Option<String> {
    let is_one = id.bytes().any(|digit| digit != b'0');
    is_one.then(|| id.to_owned())
}

fn branch(reference: &str) -> Option<&str> {
    reference.strip_prefix("refs/heads/")
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    const NONE: &str = "0000000000000000000000000000000000000000";

    fn read(variables: &[(&str, &str)]) -> Option<Build> {
        let owned = |&(name, value): &(&str, &str)| (name.to_owned(), value.to_owned());
        let mut variables: Vec<_> = variables.iter().map(owned).collect();
        variables.sort();
        build(&variables).unwrap()
    }

    fn github(name: &str, event: &str) -> Build {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), event).unwrap();
        let path = file.path().to_str().unwrap();
        let answer = read(&[
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_EVENT_NAME", name),
            ("GITHUB_EVENT_PATH", path),
        ]);
        answer.unwrap()
    }

    #[test]
    fn nothing_is_said_outside_of_ci() {
        assert_eq!(read(&[("CI", "true"), ("HOME", "/root")]), None);
    }

    #[test]
    fn a_pull_request_has_before_and_after_too() {
        let event = format!(
            r#"{{"action": "synchronize", "before": "{B}", "number": 7, "pull_request":
                {{"base": {{"ref": "main", "sha": "{A}"}}, "head": {{"ref": "topic", "sha": "{B}"}}}}}}"#
        );
        let Build::Request(request) = github("pull_request", &event) else {
            panic!("no request");
        };
        assert_eq!(request.base.as_deref(), Some(A));
        assert_eq!(request.head.as_deref(), Some(B));
        assert_eq!(request.branch.as_deref(), Some("main"));
        assert_eq!(request.reference.as_deref(), Some("refs/pull/7/head"));
        assert!(!request.is_exact);
    }

    #[test]
    fn a_push_has_a_before_unless_it_creates_its_branch() {
        let push = |before| {
            let event = format!(
                r#"{{"ref": "refs/heads/topic", "before": "{before}", "repository": {{"default_branch": "main"}}}}"#
            );
            github("push", &event)
        };
        let expected = |before: Option<&str>| {
            Build::Push(Push {
                is_created: before.is_none(),
                before: before.map(str::to_owned),
                branch: Some("topic".to_owned()),
                default_branch: Some("main".to_owned()),
            })
        };
        assert_eq!(push(A), expected(Some(A)));
        assert_eq!(push(NONE), expected(None));
    }

    #[test]
    fn a_merge_group_names_its_base() {
        let event = format!(
            r#"{{"merge_group": {{"base_sha": "{A}", "base_ref": "refs/heads/main", "head_sha": "{B}"}}}}"#
        );
        let Build::Request(request) = github("merge_group", &event) else {
            panic!("no request");
        };
        assert!(request.is_exact);
        assert_eq!(
            (request.base.as_deref(), request.branch.as_deref()),
            (Some(A), Some("main"))
        );
    }

    #[test]
    fn other_events_are_named() {
        assert_eq!(
            github("schedule", "{}"),
            Build::Other("schedule".to_owned())
        );
    }

    #[test]
    fn an_event_that_is_no_json_is_told_of() {
        let file = tempfile::NamedTempFile::new().unwrap();
        for (path, reason) in [
            (file.path().to_str().unwrap(), "no JSON"),
            ("/no/such/event", "cannot read"),
        ] {
            let variables = [("GITHUB_EVENT_PATH".to_owned(), path.to_owned())];
            let error = build(&variables).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }

    #[test]
    fn gitlab_says_it_in_variables() {
        let request = [
            ("CI_COMMIT_BEFORE_SHA", NONE),
            ("CI_COMMIT_SHA", B),
            ("CI_MERGE_REQUEST_DIFF_BASE_SHA", A),
            ("CI_MERGE_REQUEST_IID", "7"),
            ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
            ("GITLAB_CI", "true"),
        ];
        let Some(Build::Request(request)) = read(&request) else {
            panic!("no request");
        };
        assert_eq!(
            (request.base.as_deref(), request.head.as_deref()),
            (Some(A), Some(B))
        );
        let push = |before| {
            let push = read(&[
                ("CI_COMMIT_BEFORE_SHA", before),
                ("CI_COMMIT_BRANCH", "topic"),
                ("GITLAB_CI", "true"),
            ]);
            match push {
                Some(Build::Push(push)) => (push.before, push.is_created),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(push(A), (Some(A.to_owned()), false));
        assert_eq!(push(NONE), (None, false));
    }
}
