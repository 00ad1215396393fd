//! The rules: each is a pair of files, and its page is its test.

use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;

use docgen::contract::{self, Ancestry, Classes, Place, Project, Reading};
use docgen::docstring::Style;
use docgen::python::{self, SymbolId, SymbolKind};
use docgen::rules::{self, Facets, Finding, RULES, Rule, Selection, Subject, Suppressions};
use docgen::text::SourceFile;

/// The stems of the files in `src/rules` that end in `.{extension}` and are wanted, as rule names.
fn stems(extension: &str, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let files = fs::read_dir("src/rules")
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|it| it == extension));
    let files = files.filter(|path| wanted(&fs::read_to_string(path).unwrap()));
    let mut names: Vec<_> = files
        .map(|path| {
            path.file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .replace('_', "-")
        })
        .collect();
    names.sort();
    names
}

#[test]
fn every_rule_is_registered_and_has_a_page() {
    let mut registered: Vec<_> = RULES.iter().map(|rule| rule.name.to_owned()).collect();
    registered.sort();
    assert_eq!(
        registered,
        stems("rs", |text| text.contains("static RULE: Rule"))
    );
    assert_eq!(registered, stems("md", |_| true));
    assert!(
        RULES.is_sorted_by_key(|rule| rule.code),
        "`RULES` goes by code"
    );
}

#[test]
fn every_rule_fires_on_what_is_new() {
    for rule in RULES {
        assert!(rule.facets.has(rules::Facet::Added), "{}", rule.code);
    }
}

#[test]
fn every_page_names_its_rule_and_shows_both_sides() {
    for rule in RULES {
        let title = format!("# {} ({})\n", rule.name, rule.code);
        assert!(
            rule.page.starts_with(&title),
            "{}: the page begins with {title}",
            rule.code
        );
        let expected: Vec<_> = blocks(rule.page).iter().map(Block::expected).collect();
        let shows = |found: &Vec<(u32, String)>| found.iter().any(|it| it.1.starts_with(rule.code));
        // What shows only between two sides has its own test.
        assert!(
            rule.code == "DG901" || expected.iter().any(shows),
            "{}: no block with the fault",
            rule.code
        );
        assert!(
            expected.iter().any(Vec::is_empty),
            "{}: no block without a fault",
            rule.code
        );
    }
}

#[test]
fn every_page_says_what_mends_it_or_why_nothing_does() {
    for rule in RULES {
        let (_, mending) = rule.page.split_once("\n## Mending\n").unwrap();
        assert!(mending.contains("`docgen fix"), "{}", rule.code);
    }
}

#[test]
fn the_codes_that_suppress_too_are_those_that_the_page_names() {
    for rule in RULES {
        let (_, elsewhere) = rule.page.rsplit_once("## Elsewhere\n").unwrap();
        let is_ours = |code: &&str| {
            let digits = code.trim_start_matches(|c: char| c.is_ascii_uppercase());
            let letters = &code[..code.len() - digits.len()];
            matches!(letters, "D" | "DOC" | "DAR" | "RUF" | "E") && digits.len() == 3
        };
        let mut named: Vec<&str> = elsewhere
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(is_ours)
            .collect();
        named.sort_unstable();
        named.dedup();
        let mut aliases = rule.aliases.to_vec();
        aliases.sort_unstable();
        assert_eq!(named, aliases, "{}", rule.code);
    }
}

#[test]
fn every_page_is_true() {
    let mut complaints = String::new();
    for &rule in RULES {
        let files = Files(blocks(rule.page));
        for block in &files.0 {
            let (expected, found) = (block.expected(), block.found(rule, &files));
            if expected != found {
                let (file, line) = (rule.name.replace('-', "_"), block.line);
                writeln!(
                    complaints,
                    "src/rules/{file}.md:{line}: {expected:?} expected, {found:?} found"
                )
                .unwrap();
            }
        }
    }
    assert!(complaints.is_empty(), "\n{complaints}");
}

/// The same block with `comment` on every header, behind every docstring's closing quotes, or for the whole file.
fn commented(block: &Block, comment: &str, place: &str) -> Block {
    let bare: String = block
        .text
        .lines()
        .map(|line| line.split("  # DG").next().unwrap_or(line).to_owned() + "\n")
        .collect();
    let module = python::outline(&bare, SymbolKind::of_file(&block.path));
    let mut places: Vec<u32> = match place {
        "header" => module
            .symbols
            .iter()
            .skip(1)
            .map(|it| it.header.end)
            .collect(),
        "docstring" => {
            let slots = module.symbols.iter().filter_map(|it| it.docstring.as_ref());
            slots.map(|it| it.span.end).collect()
        }
        _ => vec![bare.len() as u32 - 1],
    };
    places.sort_unstable();
    let mut text = bare.clone();
    for at in places.into_iter().rev() {
        // To the end of the line: a body may begin behind the colon.
        let rest = &bare[at as usize..];
        let end = at as usize + rest.find('\n').unwrap_or(rest.len());
        text.insert_str(end, &format!("  # {comment}"));
    }
    Block {
        line: block.line,
        path: block.path.clone(),
        text,
    }
}

#[test]
fn every_rule_is_silenced_in_every_place_that_is_allowed() {
    let mut complaints = String::new();
    for &rule in RULES {
        // These are about files, or about such comments themselves; a file without a docstring has neither place.
        if matches!(rule.code, "DG001" | "DG002" | "DG100" | "DG104" | "DG901") {
            continue;
        }
        let files = Files(blocks(rule.page));
        let is_ours = |it: &(u32, String)| it.1.split(':').next() == Some(rule.code);
        let shown = files
            .0
            .iter()
            .filter(|it| it.expected().iter().any(is_ours));
        let module_only = |it: &Block| !it.text.contains("def ") && !it.text.contains("class ");
        for block in shown.filter(|it| !module_only(it)) {
            let mut words = vec![
                (format!("docgen: ignore[{}]", rule.name), "header"),
                (format!("docgen: ignore[{}]", rule.code), "file"),
                (format!("docgen: ignore-file[{}]", rule.code), "file"),
                (format!("noqa: {}", rule.code), "header"),
                ("noqa".to_owned(), "header"),
            ];
            words.extend(
                rule.aliases
                    .iter()
                    .map(|it| (format!("noqa: {it}"), "header")),
            );
            words[1].1 = "docstring";
            if !rule.name.ends_with("-docstring") || rule.name == "empty-docstring" {
                words.push((format!("docgen: ignore[{}]", rule.name), "docstring"));
            } else {
                words.remove(1);
            }
            for (comment, place) in &words {
                let found = commented(block, comment, place).found(rule, &files);
                if found.iter().any(is_ours) {
                    let file = rule.name;
                    let _ = writeln!(
                        complaints,
                        "{file}:{}: {comment} ({place}): {found:?}",
                        block.line
                    );
                }
            }
        }
    }
    assert!(complaints.is_empty(), "\n{complaints}");
}

/// A Python block of a page.
#[derive(Debug)]
struct Block {
    /// Where it begins in the page, from 1.
    line: usize,
    /// Its file's path: the fence's `title`, or one of no meaning.
    path: String,
    text: String,
}

/// The blocks of a page, which import each other by their titles.
#[derive(Debug)]
struct Files(Vec<Block>);

impl Files {
    fn find(&self, module: &str) -> Option<Place> {
        let path = format!("{}.py", module.replace('.', "/"));
        let block = self.0.iter().find(|it| it.path == path)?;
        let classes = Classes::of(&python::outline(&block.text, SymbolKind::Module));
        Some(Place {
            path: path.into(),
            classes: Arc::new(classes),
        })
    }
}

impl Project for Files {
    fn ancestry(&self, module: &str, class: &str) -> Option<Arc<Ancestry>> {
        let find = |_: &str, module: &str| self.find(module);
        Ancestry::of(self.find(module)?, class, &find).map(Arc::new)
    }
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        let Some(attributes) = line.strip_prefix("```python") else {
            continue;
        };
        let title = attributes
            .trim()
            .strip_prefix("title=\"")
            .and_then(|it| it.strip_suffix('"'));
        let body = lines
            .by_ref()
            .map(|(_, line)| line)
            .take_while(|line| *line != "```");
        let text = body.fold(String::new(), |text, line| text + line + "\n");
        let path = title.unwrap_or("shapes.py").to_owned();
        blocks.push(Block {
            line: at + 1,
            path,
            text,
        });
    }
    blocks
}

impl Block {
    /// Line, code and entries, as the comments say: `# DG201: width height`.
    fn expected(&self) -> Vec<(u32, String)> {
        let mut expected = Vec::new();
        for (at, line) in self.text.lines().enumerate() {
            for comment in line.split("# DG").skip(1) {
                expected.push((at as u32 + 1, format!("DG{}", comment.trim())));
            }
        }
        expected.sort();
        expected
    }

    /// Line, code and entries, as the default rules and `rule` find them. What is found inside a docstring
    /// is expected behind its closing quotes, where a comment can stand. Blocks are excerpts: no block is asked
    /// for a module docstring.
    fn found(&self, rule: &Rule, files: &Files) -> Vec<(u32, String)> {
        let excerpt = Selection::of(|it| it.default && it.name != "missing-module-docstring");
        let selection = excerpt.with(Selection::parse(rule.code).unwrap());
        let settings = rules::Settings {
            selection,
            ..rules::Settings::default()
        };
        let file = SourceFile::new(self.path.as_str(), self.text.as_str());
        let kind = SymbolKind::of_file(&self.path);
        let module = python::outline(&self.text, kind);
        let values = contract::values(&module);
        let mut asked = selection.widen(contract::Settings::default());
        asked.style = (self.path == "google.py").then_some(Style::Google);
        let reading = Reading::new(&module, &values, &self.path, files, asked);
        let mut suppressions = Suppressions::new(&module, true);
        let mut found = Vec::new();
        let mut noted: Vec<(SymbolId, Finding)> = Vec::new();
        for (id, symbol) in module.ids() {
            let mut findings = rules::check(
                &Subject::new(&reading, id),
                Facets::NONE,
                Facets::ALL,
                &settings,
            );
            findings.extend(rules::syntax_errors(&module).filter(|_| symbol.kind.is_module()));
            suppressions.apply(id, &mut findings);
            noted.extend(findings.into_iter().map(|finding| (id, finding)));
        }
        noted.extend(suppressions.unused(selection, |_| true, true));
        for (id, finding) in &noted {
            let symbol = module.symbol(*id);
            let docstring = symbol.docstring.as_ref().map(|it| it.span);
            assert_labels_make_sense(finding);
            let inside = docstring.filter(|it| it.contains(finding.at.start));
            let line = file
                .position(inside.map_or(finding.at.start, |it| it.end - 1))
                .line;
            let separator = if finding.entries.is_empty() { "" } else { ": " };
            let entries = finding.entries.join(" ");
            found.push((line, format!("{}{separator}{entries}", finding.rule.code)));
        }
        found.sort();
        found
    }
}

fn assert_labels_make_sense(finding: &Finding) {
    let labels = &finding.labels;
    assert!(
        labels.is_empty() || labels.iter().any(|it| it.span == finding.at),
        "{finding:?}"
    );
    assert!(
        labels
            .windows(2)
            .all(|it| it[0].span.end <= it[1].span.start),
        "{finding:?}"
    );
    let message = &finding.message;
    assert!(
        !message.ends_with('.') && !message.starts_with(char::is_uppercase),
        "{message}"
    );
}
