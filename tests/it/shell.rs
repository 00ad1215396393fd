//! What `docgen completions` and `docgen man` print is of use to a shell and to `man`.

use std::process::Command;

use crate::sandbox::Sandbox;

/// What bash offers behind `words`, with docgen's completions loaded.
fn offered(words: &[&str]) -> Vec<String> {
    let script = Sandbox::new().docgen(&["completions", "bash"]).out;
    let words = words.join(" ");
    let asked = format!(
        "{script}\nCOMP_WORDS=({words} '')\nCOMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n_docgen docgen '' \"${{COMP_WORDS[COMP_CWORD-1]}}\"\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n"
    );
    let answer = Command::new("bash")
        .args(["--norc", "-c", &asked])
        .output()
        .unwrap();
    assert!(answer.status.success(), "{answer:?}");
    let text = String::from_utf8(answer.stdout).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_flags_and_values() {
    let commands = offered(&["docgen"]);
    for name in ["check", "fix", "score", "init", "completions", "man"] {
        assert!(commands.iter().any(|it| it == name), "{name}: {commands:?}");
    }
    let flags = offered(&["docgen", "check"]);
    assert!(flags.iter().any(|it| it == "--fail-on"), "{flags:?}");
    let values = offered(&["docgen", "check", "--gate"]);
    assert_eq!(values, ["introduced", "touched", "whole"]);
}

#[test]
fn every_shell_has_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let answer = Sandbox::new().docgen(&["completions", shell]);
        assert_eq!(answer.code, Some(0), "{}", answer.err);
        assert!(answer.out.contains("fail-under"), "{shell}");
    }
    let answer = Sandbox::new().docgen(&["completions", "tcsh"]);
    assert_eq!(answer.code, Some(2));
    assert!(answer.err.contains("bash"), "{}", answer.err);
}

#[test]
fn there_is_a_page_for_docgen_and_for_each_command() {
    let whole = Sandbox::new().docgen(&["man"]).out;
    assert!(whole.contains(".TH docgen 1"), "{whole}");
    let page = Sandbox::new().docgen(&["man", "config", "show"]).out;
    assert!(
        page.contains(".TH docgen-config-show 1") && page.contains(r"\-\-isolated"),
        "{page}"
    );
    // clap names the page below each command: `docgen\-check(1)`.
    for line in whole.lines() {
        if let Some(name) = line
            .strip_suffix("(1)")
            .and_then(|it| it.strip_prefix(r"docgen\-"))
        {
            let answer = Sandbox::new().docgen(&["man", name]);
            assert_eq!(answer.code, Some(0), "{name}: {}", answer.err);
        }
    }
    assert!(whole.contains(r"docgen\-check(1)"), "{whole}");
}

#[test]
fn a_page_that_is_not_there_is_explained() {
    let answer = Sandbox::new().docgen(&["man", "chek"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.err.contains("no command `chek`") && answer.err.contains("check"),
        "{}",
        answer.err
    );
}
