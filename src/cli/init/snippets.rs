//! What to put where, so that docgen runs: in the commit hook, in GitHub Actions, in GitLab CI.

use std::fmt::Write as _;

/// Where docgen lies, unless somebody keeps a repository of it elsewhere.
const HOME: &str = env!("CARGO_PKG_REPOSITORY");
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The three snippets, each below its file's name. `source` is the repository that docgen is installed from.
pub(super) fn snippets(source: Option<&str>) -> String {
    let address = source.unwrap_or(HOME);
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "# .pre-commit-config.yaml\n\
         repos:\n\
         \x20 - repo: {address}\n\
         \x20   rev: v{VERSION}\n\
         \x20   hooks:\n\
         \x20     - id: docgen\n"
    );
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
         \x20     - uses: actions/checkout@v7\n\
         \x20       with:\n\
         \x20         persist-credentials: false\n\
         {}",
        on_github(address)
    );
    let (image, install) = match source {
        None => (
            "python:3.13",
            format!("pip install --quiet docgen=={VERSION}"),
        ),
        Some(_) => ("rust:1.95", from_source(address)),
    };
    let _ = writeln!(
        text,
        "# .gitlab-ci.yml\n\
         docgen:\n\
         \x20 image: {image}\n\
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

/// The steps behind the checkout: the action where GitHub can find it, commands where it cannot.
fn on_github(address: &str) -> String {
    match address.strip_prefix("https://github.com/") {
        Some(name) => {
            let name = name.trim_end_matches('/').trim_end_matches(".git");
            format!("      - uses: {name}@v{VERSION}\n")
        }
        None => format!(
            "          fetch-depth: 2\n      - run: {}\n      - run: docgen check --output-format github\n",
            from_source(address)
        ),
    }
}

fn from_source(address: &str) -> String {
    // By name: the repository holds the package of the fuzz targets, too.
    format!("cargo install --locked --git {address} --tag v{VERSION} docgen")
}
