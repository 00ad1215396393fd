//! From what a model said to an answer, step by step from the surest to the last resort.

use serde_json::Value;

use super::fault::ReplyError;
use super::prompt::{Answer, Step};

/// What a response holds, as far as the provider's shape goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Said {
    /// The text of the message.
    pub(super) text: Option<String>,
    /// The arguments of a tool call: an object, or JSON in a string.
    pub(super) tool: Option<Value>,
}

/// The answer in what was said.
///
/// # Errors
/// Where nothing was said.
pub(super) fn read(said: Said) -> Result<(Answer, Step), ReplyError> {
    let tool = said.tool.and_then(|tool| match tool {
        Value::String(text) => object(&text),
        tool => tool.is_object().then_some(tool),
    });
    if let Some(tool) = tool {
        return Ok((Answer::Object(tool), Step::Tool));
    }
    let text = said.text.unwrap_or_default();
    let text = without_thoughts(&text).trim();
    if text.is_empty() {
        return Err(ReplyError::Garbled("it is empty".to_owned()));
    }
    if let Some(value) = object(text) {
        return Ok((Answer::Object(value), Step::Schema));
    }
    if let Some(value) = fenced(text).find_map(object) {
        return Ok((Answer::Object(value), Step::Fence));
    }
    if let Some(value) = first_object(text) {
        return Ok((Answer::Object(value), Step::Object));
    }
    if text.starts_with(['{', '[']) {
        return Err(ReplyError::Garbled("its JSON is cut off".to_owned()));
    }
    match bare(text) {
        Some(docstring) => Ok((Answer::Text(docstring.to_owned()), Step::Bare)),
        None => Err(ReplyError::Garbled("it is prose, and no JSON".to_owned())),
    }
}

fn object(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text.trim()).ok()?;
    value.is_object().then_some(value)
}

/// The text behind a `<think>` block, which some servers leave in the message.
fn without_thoughts(text: &str) -> &str {
    let trimmed = text.trim_start();
    if !trimmed.starts_with("<think>") {
        return text;
    }
    trimmed
        .split_once("</think>")
        .map_or("", |(_, behind)| behind)
}

/// The insides of the fenced blocks.
fn fenced(text: &str) -> impl Iterator<Item = &str> {
    let mut blocks = text.split("```");
    blocks.next();
    blocks.step_by(2).map(|block| {
        let is_tag = |line: &str| line.chars().all(|it| it.is_ascii_alphanumeric());
        match block.split_once('\n') {
            Some((line, rest)) if is_tag(line.trim()) => rest,
            _ => block,
        }
    })
}

/// So many places are tried, so that a text of braces alone takes no time.
const PLACES: usize = 64;

/// The first object that stands whole in a text.
fn first_object(text: &str) -> Option<Value> {
    let starts = text.match_indices('{').map(|it| it.0).take(PLACES);
    for start in starts {
        let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Value>();
        if let Some(Ok(value)) = values.next()
            && value.as_object().is_some_and(|it| !it.is_empty())
        {
            return Some(value);
        }
    }
    None
}

/// A docstring without the quotes and the fence that it may stand in. `None` where there are neither, nor a section: what
/// a model says instead of answering is no docstring.
fn bare(text: &str) -> Option<&str> {
    let inner = fenced(text).next();
    let is_section = |line: &str| {
        let line = line.trim();
        let is_title = line.ends_with(':') && !line.contains(' ');
        let is_rule = line.len() >= 5 && line.bytes().all(|it| it == b'-');
        is_title || is_rule || line.starts_with([':', '@'])
    };
    let is_told = inner.is_some() || text.lines().skip(1).any(is_section);
    let text = inner.unwrap_or(text).trim();
    for quotes in ["\"\"\"", "'''"] {
        let inner = text
            .strip_prefix(quotes)
            .and_then(|it| it.split_once(quotes));
        if let Some((inner, _)) = inner {
            return Some(inner.trim());
        }
    }
    is_told.then_some(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn step(text: &str) -> (Answer, Step) {
        let text = Some(text.to_owned());
        read(Said { text, tool: None }).unwrap()
    }

    #[test]
    fn every_step_finds_its_answer() {
        let answer = json!({"s1": {"summary": "Fetch."}});
        let object = || Answer::Object(answer.clone());
        assert_eq!(step(&answer.to_string()), (object(), Step::Schema));
        let thought = format!("<think>Hm: {{}}</think>\n{answer}");
        assert_eq!(step(&thought), (object(), Step::Schema));
        let fence = format!("Here you are:\n```json\n{answer:#}\n```\nAnything else?");
        assert_eq!(step(&fence), (object(), Step::Fence));
        let prose = format!("Sure {{ok}}! The answer is {answer}, I think.");
        assert_eq!(step(&prose), (object(), Step::Object));
        let docstring = "```python\n\"\"\"Fetch.\n\nMore.\n\"\"\"\n```";
        let text = || Answer::Text("Fetch.\n\nMore.".to_owned());
        assert_eq!(step(docstring), (text(), Step::Bare));
        assert_eq!(step("\"\"\"Fetch.\n\nMore.\"\"\""), (text(), Step::Bare));
        let sections = "Fetch.\n\nArgs:\n    url: Where.";
        assert_eq!(
            step(sections),
            (Answer::Text(sections.to_owned()), Step::Bare)
        );
        let tool = |tool| {
            read(Said {
                text: None,
                tool: Some(tool),
            })
            .unwrap()
        };
        assert_eq!(tool(answer.clone()), (object(), Step::Tool));
        assert_eq!(tool(answer.to_string().into()), (object(), Step::Tool));
    }

    #[test]
    fn nothing_and_half_an_answer_are_none() {
        for text in [
            "",
            "  ",
            "<think>still",
            "{\"s1\": {\"summary\": \"Fe",
            "I would rather not do that.",
            "I cannot:\nit is late.",
        ] {
            let said = Said {
                text: Some(text.to_owned()),
                tool: None,
            };
            assert!(matches!(read(said), Err(ReplyError::Garbled(_))), "{text}");
        }
    }

    #[test]
    fn a_text_of_braces_is_looked_at_so_far_and_no_farther() {
        let behind = |braces: usize| {
            let text = format!("{}{{\"summary\": \"Fetch.\"}}", "{x} ".repeat(braces));
            let said = Said {
                text: Some(text),
                tool: None,
            };
            read(said).map(|it| it.1).ok()
        };
        assert_eq!(behind(PLACES - 1), Some(Step::Object));
        assert_eq!(behind(PLACES), None);
    }
}
