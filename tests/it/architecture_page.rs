//! `ARCHITECTURE.md` tells of the house as it stands.

use std::fs;
use std::path::Path;

use super::architecture::FLOORS;
use super::rust_files::files_below;
use super::rust_tokens::tokens;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The rooms of the first picture, from the ground up: `[["text"], ["python", ...], ...]`, empty floors left out.
fn drawn(page: &str) -> Vec<Vec<&str>> {
    let picture = page.split("```").nth(1).unwrap_or_default();
    let mut floors: Vec<Vec<&str>> = Vec::new();
    for line in picture.lines().skip(1) {
        let is_new = line.starts_with(|it: char| it.is_ascii_digit());
        let Some(room) = line[1.min(line.len())..].trim().split('/').next() else {
            continue;
        };
        match floors.last_mut() {
            Some(floor) if !is_new => floor.push(room),
            _ => floors.push(vec![room]),
        }
    }
    floors.reverse();
    floors
}

/// The rooms that stand, likewise.
fn standing(has: impl Fn(&str) -> bool) -> Vec<Vec<&'static str>> {
    let floors = FLOORS
        .iter()
        .map(|floor| floor.iter().copied().filter(|room| has(room)).collect());
    floors.filter(|floor: &Vec<_>| !floor.is_empty()).collect()
}

#[test]
fn the_picture_shows_the_rooms() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    assert_eq!(
        drawn(&read("ARCHITECTURE.md")),
        standing(|it| src.join(it).is_dir())
    );
}

#[test]
fn a_room_that_is_missing_or_misplaced_in_the_picture_is_seen() {
    let page = "```text\n8  cli/  a\n1  python/  b/c\n   git/  d\n```\n";
    let shown = drawn(page);
    assert_eq!(shown, standing(|it| ["cli", "python", "git"].contains(&it)));
    assert_ne!(shown, standing(|it| ["cli", "python"].contains(&it)));
    assert_ne!(shown, standing(|it| ["cli", "text", "git"].contains(&it)));
}

/// What the last column of the table says holds a law, and is no test, no lint and no file.
fn unknown(page: &str, exists: impl Fn(&str) -> bool) -> Vec<&str> {
    let rows = page.lines().filter(|it| it.starts_with("| "));
    let cells = rows.filter_map(|it| it.trim_end_matches('|').rsplit('|').next());
    let names = cells.flat_map(|it| it.split('`').skip(1).step_by(2));
    names.filter(|it| !exists(it)).collect()
}

#[test]
fn the_table_names_what_exists() {
    let files: Vec<_> = [files_below("src"), files_below("tests")]
        .into_iter()
        .flatten()
        .collect();
    let lints = read("Cargo.toml") + &read("clippy.toml");
    let exists = |name: &str| {
        files.iter().any(|file| {
            let tokens = tokens(&file.text);
            tokens
                .windows(2)
                .any(|it| it[0].word == "fn" && it[1].word == name)
        }) || lints.contains(&format!("\n{name} = "))
            || Path::new(env!("CARGO_MANIFEST_DIR")).join(name).is_file()
    };
    assert_eq!(unknown(&read("ARCHITECTURE.md"), exists), [""; 0]);
}

#[test]
fn a_law_that_nothing_holds_is_seen() {
    let page = "| | held by |\n|---|---|\n| `x` holds | `gone`, `here` |\n";
    assert_eq!(unknown(page, |it| it == "here"), ["gone"]);
}
