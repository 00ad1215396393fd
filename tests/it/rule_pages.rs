//! `docs/rules/` is what `docgen rule` prints; `UPDATE=1 cargo test rule_pages` writes it anew.

use std::collections::BTreeSet;
use std::fs;

use docgen::rules::RULES;

use crate::sandbox::Sandbox;

const FOLDER: &str = "docs/rules";

#[test]
fn the_pages_in_the_repository_are_those_that_are_printed() {
    let sandbox = Sandbox::new();
    let print = |rule: &[&str]| {
        let answer = sandbox.docgen(&[&["rule", "--output-format", "markdown"], rule].concat());
        assert_eq!(answer.code, Some(0), "{}", answer.err);
        answer.out
    };
    let mut pages = vec![("README.md".to_owned(), print(&[]))];
    pages.extend(
        RULES
            .iter()
            .map(|it| (format!("{}.md", it.name), print(&[it.name]))),
    );
    let names: BTreeSet<String> = pages.iter().map(|it| it.0.clone()).collect();
    if std::env::var_os("UPDATE").is_some() {
        let _ = fs::remove_dir_all(FOLDER);
        fs::create_dir_all(FOLDER).unwrap();
        for (name, page) in &pages {
            fs::write(format!("{FOLDER}/{name}"), page).unwrap();
        }
    }
    for (name, page) in &pages {
        let there = fs::read_to_string(format!("{FOLDER}/{name}")).unwrap_or_default();
        assert!(
            there == *page,
            "{FOLDER}/{name}: UPDATE=1 cargo test rule_pages writes it anew"
        );
    }
    let entries = fs::read_dir(FOLDER).unwrap();
    let there: BTreeSet<String> = entries
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(there, names, "no page of a rule that is gone");
}

#[test]
fn every_link_leads_somewhere() {
    for entry in fs::read_dir(FOLDER).unwrap() {
        let path = entry.unwrap().path();
        let page = fs::read_to_string(&path).unwrap();
        for link in page
            .split("](")
            .skip(1)
            .filter_map(|it| it.split(')').next())
        {
            if link.strip_suffix(".md").is_some() {
                assert!(
                    path.with_file_name(link).exists(),
                    "{}: {link}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn a_rule_is_found_by_code_and_by_name_in_any_case() {
    let sandbox = Sandbox::new();
    let page = |name: &str| sandbox.docgen(&["rule", name]).out;
    assert!(page("DG201").starts_with("missing-param (DG201)\n====="));
    assert_eq!(page("missing-param"), page("dg201"));
    let answer = sandbox.docgen(&["rule", "missing-parm"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.err.contains("did you mean `missing-param`?"),
        "{}",
        answer.err
    );
}

#[test]
fn the_rules_are_json_too() {
    let answer = Sandbox::new().docgen(&["rule", "--output-format", "json"]);
    let all: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(all.as_array().unwrap().len(), RULES.len());
    assert_eq!(all[0]["code"], "DG001");
}
