//! What to put where, so that docgen runs: in the commit hook, in GitHub Actions, in GitLab CI.

use std::fmt::Write as _;

/// Where nobody says where docgen comes from.
const SOMEWHERE: &str = "<where docgen's repository lies>";

/// The three snippets, each below its file's name. `source` is where docgen is installed from.
pub(super) fn snippets(source: Option<&str>) -> String {
    let mut text = String::new();
    let version = env!("CARGO_PKG_VERSION");
    let install = format!(
        "cargo install --locked --git {} --tag v{version}",
        source.unwrap_or(SOMEWHERE)
    );
    // Writing to a string cannot fail.
    let _ = writeln!(text, "# .pre-commit-config.yaml\n{}", hook(source, version));
    let _ = writeln!(
        text,
        "# .github/workflows/docgen.yml\n\
         name: docgen\n\
         on: [pull_request, push]\n\
         permissions:\n\
         \x20 contents: read\n\
         jobs:\n\
         \x20 docgen:\n\
         \x20   runs-on: ubuntu-latest\n\
         \x20   steps:\n\
         \x20     - uses: actions/checkout@v5\n\
         \x20       with:\n\
         \x20         fetch-depth: 2\n\
         \x20         persist-credentials: false\n\
         \x20     - run: {install}\n\
         \x20     - run: docgen check --output-format github\n"
    );
    let _ = writeln!(
        text,
        "# .gitlab-ci.yml\n\
         docgen:\n\
         \x20 image: rust:1.95\n\
         \x20 variables:\n\
         \x20   GIT_DEPTH: 0\n\
         \x20 rules:\n\
         \x20   - if: $CI_PIPELINE_SOURCE == \"merge_request_event\"\n\
         \x20 script:\n\
         \x20   - {install}\n\
         \x20   - docgen check --output gitlab=gl-code-quality-report.json\n\
         \x20 artifacts:\n\
         \x20   when: always\n\
         \x20   reports:\n\
         \x20     codequality: gl-code-quality-report.json"
    );
    text
}

/// The hook of a repository, or one of the docgen that is installed.
fn hook(source: Option<&str>, version: &str) -> String {
    match source {
        Some(source) => format!(
            "repos:\n\
             \x20 - repo: {source}\n\
             \x20   rev: v{version}\n\
             \x20   hooks:\n\
             \x20     - id: docgen\n"
        ),
        None => "repos:\n\
                 \x20 - repo: local\n\
                 \x20   hooks:\n\
                 \x20     - id: docgen\n\
                 \x20       name: docgen\n\
                 \x20       entry: docgen check\n\
                 \x20       language: system\n\
                 \x20       types_or: [python, pyi]\n\
                 \x20       require_serial: true\n"
            .to_owned(),
    }
}
