//! `docgen config`: the settings that hold and where each comes from; their JSON Schema.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the working folder is asked for here"
)]

use std::env;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use super::args::{self, ConfigCommand, Global, SchemaChoice};
use super::failure::{Failure, Kind};
use super::jobs;
use super::screen::Screen;
use crate::check::baseline;
use crate::config::{self, Options, Origin, Resolver};
use crate::contract::Schema;
use crate::render;

/// Run the command; the exit code.
pub(super) fn run(args: &args::Config, global: &Global, screen: &Screen) -> Result<u8, Failure> {
    let text = match &args.what {
        ConfigCommand::Show { path } => show(path, global, screen)?,
        ConfigCommand::Schema { what } => schema(*what),
    };
    Screen::write(text.as_bytes())
        .map_err(|error| Failure::new(Kind::Machine, format!("cannot write: {error}")))?;
    Ok(0)
}

/// The schema as it lies in `schemas/`.
fn schema(what: SchemaChoice) -> String {
    let generated = |schema: &Value| format!("{schema:#}\n");
    match what {
        SchemaChoice::Settings => generated(&config::schema()),
        SchemaChoice::Docstring => Schema::text().to_owned(),
        SchemaChoice::Report => render::report_schema().to_owned(),
        SchemaChoice::Score => generated(&render::score_schema()),
        SchemaChoice::Metrics => generated(&render::figures_schema()),
        SchemaChoice::History => generated(&render::history_schema()),
        SchemaChoice::Baseline => generated(&baseline::schema()),
    }
}

/// The settings of what lies at `path`, as the TOML that would say the same.
fn show(path: &Path, global: &Global, screen: &Screen) -> Result<String, Failure> {
    let here = env::current_dir()
        .map_err(|error| Failure::new(Kind::Machine, format!("no working folder: {error}")))?;
    let sources = jobs::sources(global, Options::default(), screen)?;
    let resolver = Resolver::new(&here, sources)?;
    let place = here.join(path);
    let place = place
        .canonicalize()
        .map_err(|error| Failure::new(Kind::Usage, format!("{}: {error}", path.display())))?;
    let folder = if place.is_dir() {
        &place
    } else {
        place.parent().unwrap_or(&place)
    };
    let settings = resolver.settings(folder)?;
    let explained = settings.explained();
    let mut lines = Vec::new();
    let mut section = None;
    for (key, value, origin) in &explained {
        let (own, name) = match key.split_once('.') {
            Some((section, name)) => (Some(section), name),
            None => (None, *key),
        };
        if own != section {
            section = own;
            lines.push((String::new(), String::new()));
            lines.push((format!("[{}]", own.unwrap_or_default()), String::new()));
        }
        lines.push((format!("{name} = {value}"), shown(origin, &here)));
    }
    Ok(aligned(&lines))
}

/// Who said it, files relative to the working folder.
fn shown(origin: &Origin, here: &Path) -> String {
    match origin {
        Origin::File(path) => path
            .strip_prefix(here)
            .unwrap_or(path)
            .display()
            .to_string(),
        origin => origin.to_string(),
    }
}

/// The second column as comments, one below the other.
fn aligned(lines: &[(String, String)]) -> String {
    let said = |(_, origin): &&(String, String)| !origin.is_empty();
    let width = lines
        .iter()
        .filter(said)
        .map(|(text, _)| text.chars().count())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for (setting, origin) in lines {
        let _ = match origin.as_str() {
            "" => writeln!(text, "{setting}"),
            origin => writeln!(text, "{setting:width$}  # {origin}"),
        };
    }
    text
}
