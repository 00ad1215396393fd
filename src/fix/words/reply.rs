//! From replies to the words of their slots, or to why there are none.

use serde_json::Value;

use super::answer::Words;
use super::wanted::Wanted;
use super::{prompt, schema};
use crate::ai::{Answer, AskError, Reply};
use crate::fix::mend::Note;

/// Why the words for a symbol were not taken.
pub(super) fn reason(declined: &[Note], qualname: &str) -> String {
    let own = declined.iter().filter(|it| it.qualname == qualname);
    let mut reasons: Vec<String> = own
        .map(|it| format!("{} ({})", it.reason, it.code))
        .collect();
    reasons.dedup();
    if reasons.is_empty() {
        return "what was found missing is still missing".to_owned();
    }
    reasons.join("; ")
}

/// The words for each slot of a group, or why there are none (nothing is said where the run is over);
/// the error says whether asking again alone may help.
pub(super) fn read(
    reply: Result<Reply, AskError>,
    wanted: &[Wanted],
) -> Vec<Result<Words, (String, bool)>> {
    let slots = slots(reply, wanted.len()).into_iter().zip(wanted);
    slots.map(|(slot, wanted)| words(slot?, wanted)).collect()
}

/// What was said of one symbol, before it is held to anything.
#[derive(Clone, Debug)]
pub(super) enum Slot {
    /// What is to be an instance of its schema.
    Object(Value),
    /// Words without structure.
    Text(String),
}

/// What a reply says of each of so many symbols, or why it says nothing.
pub(super) fn slots(
    reply: Result<Reply, AskError>,
    count: usize,
) -> Vec<Result<Slot, (String, bool)>> {
    let all = |error: (String, bool)| (0..count).map(|_| Err(error.clone())).collect();
    let reply = match reply {
        Ok(reply) => reply,
        Err(AskError::Stopped(_)) => return all((String::new(), false)),
        Err(error) => {
            // Where nobody answers, asking for less is of no use.
            let is_unreached = matches!(error, AskError::Unreached(_));
            let may_help = error == AskError::Cut || (count > 1 && !is_unreached);
            return all((error.to_string(), may_help));
        }
    };
    match reply.answer {
        Answer::Object(object) => {
            let slot = |at: usize| {
                // Some models leave out the one slot there is.
                let name = prompt::slot_name(at);
                let alone = (count == 1).then_some(&object);
                let slot = object.get(&name).or(alone).unwrap_or(&Value::Null);
                Ok(Slot::Object(slot.clone()))
            };
            (0..count).map(slot).collect()
        }
        Answer::Text(text) if count == 1 => vec![Ok(Slot::Text(text))],
        Answer::Text(_) => all(("it is no JSON".to_owned(), true)),
    }
}

/// The words in what was said of a symbol that lacks what is `wanted`.
pub(super) fn words(slot: Slot, wanted: &Wanted) -> Result<Words, (String, bool)> {
    match slot {
        Slot::Object(slot) => match schema::fault(&schema::of_slot(wanted), &slot) {
            Some(fault) => Err((format!("it does not keep to the schema: {fault}"), true)),
            None => Words::of_slot(&slot, wanted).map_err(|it| (it, true)),
        },
        Slot::Text(text) => Words::of_text(&text, wanted).map_err(|it| (it, true)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ai::{Step, Usage};

    #[test]
    fn what_is_said_of_one_symbol_is_not_said_of_all() {
        let wanted = || Wanted {
            summary: true,
            ..Wanted::default()
        };
        let said = |count: usize| {
            let reply = Reply {
                answer: Answer::Object(json!({"summary": "Carry the load."})),
                step: Step::Object,
                usage: Usage::default(),
            };
            let all: Vec<Wanted> = std::iter::repeat_with(wanted).take(count).collect();
            let read = read(Ok(reply), &all);
            read.iter().filter(|it| it.is_ok()).count()
        };
        assert_eq!(said(1), 1, "some models leave out the one slot there is");
        assert_eq!(said(2), 0);
    }
    #[test]
    fn what_does_not_keep_to_the_schema_is_told_by_it() {
        let wanted = Wanted {
            summary: true,
            ..Wanted::default()
        };
        let told = |slot: Value| words(Slot::Object(slot), &wanted).unwrap_err().0;
        for slot in [
            json!({"summary": 3}),
            json!({}),
            json!({"summary": "Carry.", "notes": "x"}),
        ] {
            let told = told(slot);
            assert!(told.starts_with("it does not keep to the schema"), "{told}");
        }
    }
}
