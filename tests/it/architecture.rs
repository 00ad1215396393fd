//! The floors of the house, and which rooms may touch the world or wait for it.
//!
//! A law is a function from a file to complaints, held over every file of `src/`. Each is also fed
//! samples that break it: a law that cannot complain holds nothing.

use std::fs;
use std::path::Path;

use super::rust_files::{File, breaks, hold};
use super::rust_tokens::{Token, tokens};

/// The rooms, from the ground up. A room uses only floors below its own; rooms on one floor do not know each other.
pub(crate) const FLOORS: &[&[&str]] = &[
    &["text"],
    &["python", "docstring", "git", "store", "meter"],
    &["contract", "ai"],
    &["rules"],
    &["check"],
    &["fix"],
    &["render", "pages"],
    &["config"],
    &["cli"],
];
/// The rooms that touch no file, clock, environment, network or other process.
const PURE: &[&str] = &[
    "text",
    "python",
    "docstring",
    "contract",
    "rules",
    "check",
    "render",
    "pages",
];
/// The rooms in which there may be `async`.
const ASYNC: &[&str] = &["ai", "fix"];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|it| it.contains(&room))
}

fn word_at<'t>(tokens: &[Token<'t>], at: usize) -> &'t str {
    tokens.get(at).map_or("", |it| it.word)
}

/// Whether the words from `at` on are these.
fn stands(tokens: &[Token<'_>], at: usize, words: &[&str]) -> bool {
    words
        .iter()
        .enumerate()
        .all(|(i, word)| word_at(tokens, at + i) == *word)
}

/// The first names of the path or group after `start::`, where `start` stands at `at`:
/// `crate::{a::{b, c}, d}` names `a` and `d`.
fn first_names<'t>(tokens: &[Token<'t>], at: usize) -> Vec<Token<'t>> {
    if !stands(tokens, at + 1, &[":", ":"]) {
        return Vec::new();
    }
    if word_at(tokens, at + 3) != "{" {
        return tokens.get(at + 3).copied().into_iter().collect();
    }
    let (mut depth, mut names) = (0, Vec::new());
    for pair in tokens[at + 3..].windows(2) {
        match pair[0].word {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => (),
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && ["{", ","].contains(&pair[0].word) && pair[1].word != "}" {
            names.push(pair[1]);
        }
    }
    names
}

/// A room knows only floors below its own, says so by `crate::room`, and never names the whole crate.
fn floors(file: &File) -> Vec<String> {
    let mut complaints = Vec::new();
    let Some(room) = file.room() else {
        return complaints;
    };
    let Some(own) = floor(room) else {
        return vec![file.complaint(1, &format!("`{room}` stands on no floor"))];
    };
    let tokens = tokens(&file.text);
    for at in (0..tokens.len()).filter(|&at| tokens[at].word == "crate") {
        let names = first_names(&tokens, at);
        let is_visibility = at > 0 && tokens[at - 1].word == "(" && word_at(&tokens, at + 1) == ")";
        if names.is_empty() && !is_visibility {
            complaints.push(file.complaint(tokens[at].line, "names the whole crate"));
        }
        for name in names {
            if name.word != room && floor(name.word).is_none_or(|it| it >= own) {
                let what = format!("`{room}` on floor {own} knows `{}`", name.word);
                complaints.push(file.complaint(name.line, &what));
            }
        }
    }
    complaints.extend(ways_out(file, &tokens));
    complaints
}

/// `super` leads no further up than to the top of the room.
fn ways_out(file: &File, tokens: &[Token<'_>]) -> Vec<String> {
    let mut complaints = Vec::new();
    let (mut depth, mut inline) = (0, Vec::new());
    for at in 0..tokens.len() {
        match tokens[at].word {
            "{" => {
                if at >= 2 && tokens[at - 2].word == "mod" {
                    inline.push(depth);
                }
                depth += 1;
            }
            "}" => {
                depth -= 1;
                inline.pop_if(|it| *it == depth);
            }
            "super" => {
                let steps = tokens[at..]
                    .chunks(3)
                    .take_while(|it| stands(it, 0, &["super"]))
                    .count();
                let nested = first_names(tokens, at + 3 * (steps - 1))
                    .iter()
                    .any(|it| it.word == "super");
                if steps + usize::from(nested) >= file.module().len() + inline.len() {
                    complaints.push(file.complaint(
                        tokens[at].line,
                        "leaves its room by `super`, not by `crate::room`",
                    ));
                }
            }
            _ => (),
        }
    }
    complaints
}

#[test]
fn no_floor_knows_the_one_above() {
    hold(floors);
}

#[test]
fn a_way_up_or_sideways_is_seen() {
    let up = [
        "use crate::check::Report;",
        "use crate::{text::Span, check::{Report, Summary}};",
        "use crate::{\n    text::{Span, SourceFile},\n    docstring,\n};",
        "fn f() { crate::git::open() }",
        "fn f(x: &crate::rules::Rule) {}",
        "use crate::*;",
        "use crate as house;",
        "use crate::Span;",
        "use super::super::rules::Rule;",
        "mod tests { use super::super::super::rules::Rule; }",
        "use super::{super::rules::Rule, symbol};",
    ];
    for text in up {
        assert!(breaks(floors, "src/python/outline.rs", text), "{text}");
    }
    assert!(breaks(
        floors,
        "src/python/mod.rs",
        "use super::rules::Rule;"
    ));
    assert!(breaks(floors, "src/attic/mod.rs", ""));
    let down = "
        //! Not `crate::check`.
        use crate::{text::{Span, SourceFile}, python::Symbol};
        pub(crate) fn f(x: &super::Symbol) -> &str { \"crate::check\" }
        mod tests { use super::super::symbol; use super::*; }
    ";
    assert_eq!(floors(&File::new("src/python/outline.rs", down)), [""; 0]);
    assert_eq!(
        floors(&File::new(
            "src/python/mod.rs",
            "mod tests { use super::*; }"
        )),
        [""; 0]
    );
}

/// Rooms of pure thought: what they know they are given. Their `tests.rs` may read what to expect.
fn purity(file: &File) -> Vec<String> {
    let is_pure = file.room().is_some_and(|it| PURE.contains(&it));
    if !is_pure || file.module().contains(&"tests") {
        return Vec::new();
    }
    let tokens = tokens(&file.text);
    let mut complaints = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let banned: &[&str] = match token.word {
            "std" => &["fs", "env", "net", "process", "*"],
            "io" => &["stdin", "stdout", "stderr"],
            "SystemTime" | "Instant" | "git2" | "ignore" | "reqwest" | "tokio" => {
                complaints
                    .push(file.complaint(token.line, &format!("`{}` in a pure room", token.word)));
                continue;
            }
            _ => continue,
        };
        for name in first_names(&tokens, at)
            .iter()
            .filter(|it| banned.contains(&it.word))
        {
            complaints.push(file.complaint(
                name.line,
                &format!("`{}::{}` in a pure room", token.word, name.word),
            ));
        }
    }
    complaints
}

#[test]
fn pure_rooms_touch_no_file_clock_environment_or_network() {
    hold(purity);
}

#[test]
fn a_room_that_touches_the_world_is_seen() {
    let touches = [
        "use std::fs;",
        "use std::{fmt, fs::File};",
        "use std::{fmt::{self, Write}, env};",
        "fn f() { std::net::lookup() }",
        "use std::time::{Duration, Instant};",
        "let now = time::SystemTime::now();",
        "use std::process::Command;",
        "let out = std::io::stdout();",
        "use git2::Repository;",
    ];
    for text in touches {
        assert!(breaks(purity, "src/rules/page.rs", text), "{text}");
        assert!(!breaks(purity, "src/git/page.rs", text), "{text}");
        assert!(!breaks(purity, "src/rules/tests.rs", text), "{text}");
    }
    let pure = "use std::{fmt, io::Write}; /* std::fs */ fn fs(env: &str) { print(\"std::fs\") }";
    assert!(!breaks(purity, "src/rules/page.rs", pure));
}

/// `async` lives where answers are waited for, nowhere else.
fn stillness(file: &File) -> Vec<String> {
    if file.room().is_some_and(|it| ASYNC.contains(&it)) {
        return Vec::new();
    }
    let tokens = tokens(&file.text);
    let waits = tokens
        .iter()
        .filter(|it| ["async", "await"].contains(&it.word));
    waits
        .map(|it| file.complaint(it.line, &format!("`{}` outside {ASYNC:?}", it.word)))
        .collect()
}

#[test]
fn async_lives_in_ai_and_fix_only() {
    hold(stillness);
}

#[test]
fn async_elsewhere_is_seen() {
    assert!(breaks(
        stillness,
        "src/git/mod.rs",
        "pub async fn fetch() {}"
    ));
    assert!(breaks(stillness, "src/cli/mod.rs", "fn f() { g().await }"));
    assert!(!breaks(stillness, "src/ai/mod.rs", "pub async fn ask() {}"));
    assert!(!breaks(
        stillness,
        "src/python/mod.rs",
        "// async\nlet is_async = \"async def\";"
    ));
}

/// The rooms that `lib.rs` declares, and those that its map shows floor by floor.
fn map(file: &File) -> Vec<String> {
    let tokens = tokens(&file.text);
    let rooms: Vec<_> = tokens
        .windows(2)
        .filter(|it| it[0].word == "mod")
        .map(|it| it[1].word)
        .collect();
    let mut complaints = Vec::new();
    for (number, floor) in FLOORS.iter().enumerate() {
        let here: Vec<_> = floor
            .iter()
            .filter(|it| rooms.contains(it))
            .map(|it| format!("[`{it}`]"))
            .collect();
        let row = format!("//! | {number} | {} |\n", here.join(", "));
        if !here.is_empty() && !file.text.contains(&row) {
            complaints.push(file.complaint(1, &format!("the map lacks `{}`", row.trim_end())));
        }
    }
    complaints
}

#[test]
fn the_map_shows_the_rooms() {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    assert_eq!(map(&File::new("src/lib.rs", &text)), [""; 0]);
    assert!(breaks(
        map,
        "src/lib.rs",
        "//! | 4 | [`check`] |\npub mod check;\npub mod git;\n"
    ));
    assert!(!breaks(
        map,
        "src/lib.rs",
        "//! | 4 | [`check`] |\npub mod check;\n"
    ));
}
