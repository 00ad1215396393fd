//! One line of a log: for people, or as JSON; without secrets, and without paths where these are to be hidden.

use std::fmt::{self, Write as _};
use std::time::Duration;

use serde_json::{Map, Value};
use tracing::Level;
use tracing::field::{Field, Visit};

use crate::ai::Redactor;
use crate::meter::{moment, run_id};

/// How lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum LogFormat {
    /// For people
    Text,
    /// One JSON object a line
    Json,
}

/// What an event or a span says.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(pub(super) Map<String, Value>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let text = format!("{value:?}");
        self.0.insert(field.name().to_owned(), text.into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.0.insert(field.name().to_owned(), value.into());
    }
}

/// What happened.
pub(super) struct Happening<'h> {
    /// Since 1970.
    pub(super) when: Duration,
    pub(super) level: Level,
    pub(super) target: &'h str,
    pub(super) fields: Fields,
    /// What it happened in, the outermost first.
    pub(super) spans: Vec<(&'static str, Fields)>,
}

/// What no line may say.
#[derive(Debug, Default)]
pub(super) struct Discretion {
    pub(super) redactor: Redactor,
    /// Where paths are hidden: folders whose names tell of this machine, the longest first.
    pub(super) folders: Option<Vec<String>>,
}

impl Happening<'_> {
    /// The line. Time and the run's name are docgen's own; all else passes the same filter.
    pub(super) fn line(&self, format: LogFormat, discretion: &Discretion) -> String {
        match format {
            LogFormat::Text => self.text(discretion),
            LogFormat::Json => self.json(discretion),
        }
    }

    /// The moment, to a thousandth of a second.
    fn time(&self) -> String {
        let whole = moment(self.when.as_secs());
        let whole = whole.trim_end_matches('Z');
        format!("{whole}.{:03}Z", self.when.subsec_millis())
    }

    fn text(&self, discretion: &Discretion) -> String {
        let mut body = String::new();
        for (name, fields) in &self.spans {
            // Writing to a string cannot fail.
            let _ = write!(body, "{name}{{{}}}: ", pairs(&fields.0, discretion));
        }
        if let Some(Value::String(message)) = self.fields.0.get("message") {
            body.push_str(message);
        }
        let mut own = self.fields.0.clone();
        own.remove("message");
        if !own.is_empty() {
            let _ = write!(body, " {}", pairs(&own, discretion));
        }
        let body: String = discretion
            .passed(&body)
            .chars()
            .map(|it| if it.is_control() { ' ' } else { it })
            .collect();
        format!(
            "{} {:5} {} {body}\n",
            self.time(),
            self.level,
            &run_id()[..8]
        )
    }

    fn json(&self, discretion: &Discretion) -> String {
        let mut spans = Map::new();
        for (name, fields) in &self.spans {
            spans.insert((*name).to_owned(), Value::Object(discretion.of(&fields.0)));
        }
        let mut own = discretion.of(&self.fields.0);
        let message = own.remove("message").unwrap_or_default();
        let body = serde_json::json!({
            "target": self.target, "message": message, "fields": own, "spans": spans,
        });
        // What is known is taken out however it came there; what only looks secret was, before it was escaped.
        let body = discretion.redactor.without_known(&body.to_string());
        let level = self.level.as_str().to_ascii_lowercase();
        let (time, run) = (self.time(), run_id());
        let rest = body.trim_start_matches('{');
        format!("{{\"time\":\"{time}\",\"level\":\"{level}\",\"run\":\"{run}\",{rest}\n")
    }
}

fn pairs(fields: &Map<String, Value>, discretion: &Discretion) -> String {
    let fields = discretion.of(fields);
    let pair = |(name, value): (&String, &Value)| match value {
        Value::String(text) if text.contains([' ', '"', '=']) => format!("{name}={value}"),
        Value::String(text) => format!("{name}={text}"),
        value => format!("{name}={value}"),
    };
    fields.iter().map(pair).collect::<Vec<_>>().join(" ")
}

/// What stands in place of a path: the same for the same path, so that lines can still be brought together.
fn stand_in(path: &str) -> String {
    format!("path-{}", &crate::store::key(["path", path])[..8])
}

impl Discretion {
    /// A text without what no line may say.
    fn passed(&self, text: &str) -> String {
        let text = self.redactor.redacted(text);
        match &self.folders {
            Some(folders) => without_paths(&text, folders),
            None => text,
        }
    }

    /// The same of each field; what is a path as a whole is hidden as a whole.
    fn of(&self, fields: &Map<String, Value>) -> Map<String, Value> {
        let mut fields = fields.clone();
        for (name, value) in &mut fields {
            if let Value::String(text) = value {
                let is_path = ["path", "file", "folder"].contains(&name.as_str());
                *text = if is_path && self.folders.is_some() {
                    stand_in(text)
                } else {
                    self.passed(text)
                };
            }
        }
        fields
    }
}

/// The text without paths: known folders wherever they stand, and words that only paths look like.
fn without_paths(text: &str, folders: &[String]) -> String {
    let mut text = text.to_owned();
    for folder in folders {
        // What is below it goes with it.
        text = text.replace(folder.as_str(), "/…");
    }
    let is_end = |it: char| it.is_whitespace() || "\"'`()[]{}<>,;=".contains(it);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let end = rest.find(is_end).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        let bare = word.trim_end_matches([':', '.']);
        if is_path(bare) {
            out.push_str(&stand_in(bare));
            out.push_str(&word[bare.len()..]);
        } else {
            out.push_str(word);
        }
        let step = behind.chars().next().map_or(0, char::len_utf8);
        out.push_str(&behind[..step]);
        rest = &behind[step..];
    }
    out
}

fn is_path(word: &str) -> bool {
    let file = word.split(':').next().unwrap_or_default();
    let is_source = [".py", ".pyi", ".toml", ".sqlite3", ".log"];
    let is_address = word.contains("://");
    !is_address && (is_source.iter().any(|it| file.ends_with(it)) || word.contains(['/', '\\']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn happening(pairs: &[(&str, Value)]) -> Happening<'static> {
        let fields = pairs.iter().map(|it| (it.0.to_owned(), it.1.clone()));
        let inner = Map::from_iter([("path".to_owned(), Value::from("src/my shop/till.py"))]);
        Happening {
            when: Duration::from_millis(1_795_976_405_042),
            level: Level::INFO,
            target: "docgen::fix",
            fields: Fields(fields.collect()),
            spans: vec![("file", Fields(inner))],
        }
    }

    #[test]
    fn lines_for_people_are_one_line() {
        let said = [
            ("message", "two\nlines".into()),
            ("ms", 12.into()),
            ("why", "a b".into()),
        ];
        let line = happening(&said).line(LogFormat::Text, &Discretion::default());
        let run = &run_id()[..8];
        let wanted = format!(
            "2026-11-29T18:20:05.042Z INFO  {run} file{{path=\"src/my shop/till.py\"}}: two lines ms=12 why=\"a b\"\n"
        );
        assert_eq!(line, wanted);
    }

    #[test]
    fn lines_for_programs_are_objects_and_keep_the_runs_name() {
        let line = happening(&[("message", "sent \"it\"".into())]);
        let line = line.line(LogFormat::Json, &Discretion::default());
        assert!(line.ends_with("}\n") && line.matches('\n').count() == 1);
        let object: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(object["run"], run_id());
        assert_eq!(object["level"], "info");
        assert_eq!(object["message"], "sent \"it\"");
        assert_eq!(object["spans"]["file"]["path"], "src/my shop/till.py");
    }

    #[test]
    fn secrets_are_taken_out_of_the_whole_line() {
        let pair = |it: (&str, &str)| (it.0.to_owned(), it.1.to_owned());
        let discretion = Discretion {
            redactor: Redactor::new(&[pair(("OPENAI_API_KEY", "so secret \"it\""))]),
            folders: None,
        };
        let said = [
            ("message", "no: so secret \"it\"".into()),
            ("header", "Bearer abcdefgh".into()),
            ("at", "redis://u:pass@host".into()),
        ];
        for format in [LogFormat::Text, LogFormat::Json] {
            let line = happening(&said).line(format, &discretion);
            for secret in ["so secret", "abcdefgh", "pass@"] {
                assert!(!line.contains(secret), "{line}");
            }
            assert!(line.contains("***"), "{line}");
        }
    }

    #[test]
    fn paths_are_hidden_wherever_they_stand() {
        let discretion = Discretion {
            redactor: Redactor::default(),
            folders: Some(vec!["/home/ada/my work".to_owned()]),
        };
        let told =
            "cannot write /home/ada/my work/x.py: (src/a.py:3) \"b.pyi\", at https://host/v1/x, or";
        let said = [
            ("message", told.into()),
            ("path", "src/my shop/till.py".into()),
        ];
        for format in [LogFormat::Text, LogFormat::Json] {
            let line = happening(&said).line(format, &discretion);
            for part in ["ada", "my work", "x.py", "src/a", "b.pyi", "shop", "till"] {
                assert!(!line.contains(part), "{part}: {line}");
            }
            assert!(line.contains("https://host/v1/x"), "{line}");
            assert!(line.contains(&stand_in("src/my shop/till.py")), "{line}");
        }
    }
}
