//! What is asked for and written beside plain additions: docstrings anew, placeholders, types, parts of rules on request.

use std::fs;

use serde_json::{Value, json};

use crate::provider::{Provider, answer, schema};
use crate::sandbox::{Answer, Sandbox};

fn fix(sandbox: &Sandbox, provider: &Provider, more: &[(&str, &str)]) -> Answer {
    let own = provider.variables();
    let mut variables: Vec<(&str, &str)> = own.iter().map(|it| (it.0, it.1.as_str())).collect();
    variables.extend(more);
    let args = ["fix", "--all", "--provider", "openai"];
    sandbox.docgen_in(".", &args, &variables)
}

fn read(sandbox: &Sandbox) -> String {
    fs::read_to_string(sandbox.root().join("a.py")).unwrap()
}

fn user(body: &Value) -> &str {
    body["messages"][1]["content"].as_str().unwrap()
}

/// What the first slot of a request is asked for.
fn parts(body: &Value) -> Vec<&String> {
    let slot = &schema(body)["properties"]["s1"]["properties"];
    slot.as_object().unwrap().keys().collect()
}

const WRITTEN: &str = r#""""Rooms of a house."""


def carry(load, way, *rest):
    """Carries.

    It carries
    things.

    Args:
        load: Some load.
        rest: Some rest that a caller knows of.

    Raises:
        ValueError: On errors.
        OSError: Where the road is closed, as `open` says.

    Example:
        >>> carry(1, 2)
        1
    """
    if not load:
        raise ValueError(load)
    return open(load), way, rest


def whole(load):
    """Say what is whole already.

    Args:
        load: What is left as it is.
    """
    print(load)
"#;

#[test]
fn what_lacks_words_is_written_anew_where_that_is_asked_for() {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", WRITTEN);
    let provider = Provider::willing();
    let all = [("DOCGEN_FIX_REWRITE", "all")];
    let answer = fix(&sandbox, &provider, &all);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert!(
        answer
            .err
            .starts_with("mended 2 findings, wrote 1 docstring anew in 1 file, 0 left in "),
        "{}",
        answer.err
    );
    let asked = provider.asked();
    assert_eq!(
        parts(&asked[0]),
        ["args", "description", "raises", "returns", "summary"]
    );
    assert!(
        user(&asked[0]).contains(
            "\nAnew: summary; description; args (way, load, rest); raises (ValueError); returns\n"
        ),
        "{}",
        user(&asked[0])
    );
    let mended = read(&sandbox);
    let words = "What the load is made of; nothing where it is empty.";
    let meant = WRITTEN
        .replace("Carries.", "Carry the load from one room to the next.")
        .replace(
            "It carries\n    things.",
            "It goes from room to room until nothing is left to carry.",
        )
        .replace("Some load.", &format!("{words}\n        way: {words}"))
        .replace("Some rest that a caller knows of.", words)
        .replace(
            "    Raises:",
            "    Returns:\n        The load as it came out at the end of the way.\n\n    Raises:",
        )
        .replace("On errors.", "If the load is too heavy.");
    assert_eq!(mended, meant);
    let answer = fix(&sandbox, &provider, &all);
    assert!(
        answer.err.starts_with("mended nothing, 0 left"),
        "{}",
        answer.err
    );
    assert_eq!(provider.asked().len(), 1, "what is whole is not asked for");
    // What was written decides, too: the answer to another docstring is none to this one.
    sandbox.write("a.py", WRITTEN.replace("Some load.", "Another load."));
    fix(&sandbox, &provider, &all);
    assert_eq!(provider.asked().len(), 2);
}

#[test]
fn what_a_summary_told_of_gets_a_section_when_another_one_takes_its_place() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "a.py",
        "\"\"\"Rooms.\"\"\"\n\n\ndef carry(load):\n    \"\"\"Return the load, or raise ValueError.\"\"\"\n    if not load:\n        \
         raise ValueError(load)\n    return load\n",
    );
    let provider = Provider::willing();
    let answer = fix(&sandbox, &provider, &[("DOCGEN_FIX_REWRITE", "all")]);
    let mended = read(&sandbox);
    assert_eq!(answer.code, Some(0), "{}{mended}", answer.err);
    assert_eq!(
        parts(&provider.asked()[0]),
        ["args", "raises", "returns", "summary"]
    );
    for part in [
        "    Args:\n",
        "    Returns:\n",
        "    Raises:\n        ValueError: ",
    ] {
        assert!(mended.contains(part), "{part}{mended}");
    }
    assert!(!mended.contains("Return the load"), "{mended}");
    assert_eq!(sandbox.docgen(&["check", "--all"]).code, Some(0));
}

#[test]
fn lists_code_and_what_the_code_does_not_tell_stay_when_a_docstring_is_written_anew() {
    let sandbox = Sandbox::new();
    let kept = [
        "    It carries:\n\n    - one load\n    - and another\n",
        "        kind: One of\n\n            * light\n            * heavy\n",
        "        OSError: Where the road is closed.\n",
        "    >>> carry(1, 2, 3)\n    1\n",
    ];
    let code = format!(
        "\"\"\"Rooms.\"\"\"\n\n\ndef carry(load, kind, way):\n    \"\"\"Carries.\n\n{}\n    Args:\n        load: Some load.\n{}\n    \
         Raises:\n{}\n{}    \"\"\"\n    print(load, kind, way)\n",
        kept[0],
        kept[1],
        kept[2],
        kept[3]
            .replace("    >>>", "    Example:\n        >>>")
            .replace("    1\n", "        1\n")
    );
    sandbox.write("a.py", &code);
    let provider = Provider::willing();
    let answer = fix(&sandbox, &provider, &[("DOCGEN_FIX_REWRITE", "all")]);
    let mended = read(&sandbox);
    assert_eq!(answer.code, Some(0), "{}{mended}", answer.err);
    assert_eq!(parts(&provider.asked()[0]), ["args", "summary"]);
    for part in [kept[0], kept[1], kept[2], ">>> carry(1, 2, 3)\n        1\n"] {
        assert!(mended.contains(part), "{part}{mended}");
    }
    assert!(
        !mended.contains("Carries.") && !mended.contains("Some load."),
        "{mended}"
    );
}

#[test]
fn what_people_wrote_stays_unless_asked() {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", WRITTEN);
    let provider = Provider::willing();
    let answer = fix(&sandbox, &provider, &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(parts(&provider.asked()[0]), ["args", "returns"]);
    assert!(read(&sandbox).contains("    \"\"\"Carries.\n\n    It carries\n    things.\n"));
}

#[test]
fn an_answer_that_breaks_a_docstring_is_not_written_anew() {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", WRITTEN);
    let provider = Provider::new(|_, body| {
        let mut answer = answer(body);
        if let Some(text) = answer["s1"].get_mut("description") {
            *text = json!("Returns:");
        }
        answer.to_string()
    });
    let all = [("DOCGEN_FIX_REWRITE", "all")];
    let answer = fix(&sandbox, &provider, &all);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert_eq!(read(&sandbox), WRITTEN);
    assert_eq!(provider.asked().len(), 3, "three tries");
}

#[test]
fn placeholders_give_way_to_words() {
    let sandbox = Sandbox::new();
    let code = r"def carry(load, way: int):
    if not load:
        raise ValueError(load)
    return load, way


class House:
    def __init__(self, rooms):
        self.rooms = rooms
";
    for style in ["google", "numpy", "sphinx", "epytext"] {
        let provider = Provider::willing();
        sandbox.write("docgen.toml", format!("style = \"{style}\"\n"));
        sandbox.write("a.py", code);
        let skeleton = sandbox.docgen(&["fix", "--all", "--skeleton"]);
        assert_eq!(skeleton.code, Some(1), "{}", skeleton.err);
        assert_eq!(
            read(&sandbox).matches("TODO").count(),
            if style == "numpy" { 9 } else { 8 }
        );
        let cold = [("DOCGEN_CACHE_BACKEND", "off")];
        let answer = fix(&sandbox, &provider, &cold);
        let mended = read(&sandbox);
        assert_eq!(answer.code, Some(0), "{style}: {}{mended}", answer.err);
        assert!(!mended.contains("TODO"), "{mended}");
        assert!(mended.lines().all(|it| it.len() <= 88), "{mended}");
    }
}

#[test]
fn numpy_style_tells_the_type_of_a_value_that_the_code_does_not() {
    let sandbox = Sandbox::new();
    sandbox.write("docgen.toml", "style = \"numpy\"\n");
    sandbox.write(
        "a.py",
        "\"\"\"Rooms.\"\"\"\n\n\ndef carry(load):\n    return load\n\n\ndef known(load) -> int:\n    return load\n\n\n\
         def half(load):\n    \"\"\"Carry.\n\n    Parameters\n    ----------\n    load\n        The one to carry.\n    \"\"\"\n    return load\n",
    );
    let provider = Provider::willing();
    let answer = fix(&sandbox, &provider, &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    let mended = read(&sandbox);
    let returned = "    Returns\n    -------\n    tuple of object\n        The load as it came out at the end of the way.\n";
    assert_eq!(mended.matches(returned).count(), 2, "{mended}");
    assert!(
        mended.contains("    -------\n    int\n        The load"),
        "{mended}"
    );
    let slots = schema(&provider.asked()[0])["properties"].clone();
    let is_typed = |slot: &str| {
        slots[slot]["properties"]["returns"]["properties"]
            .get("type")
            .is_some()
    };
    assert_eq!(["s1", "s2", "s3"].map(is_typed), [true, false, true]);
}

#[test]
fn what_is_sent_warned_of_and_kept_gets_words_where_its_rules_run() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "docgen.toml",
        "extend-select = [\"DG404\", \"DG504\", \"DG601\"]\n",
    );
    let code = r#""""Rooms of a house."""
import warnings


def carry(load):
    """Carry a load.

    Args:
        load: What is carried.

    Yields:
        What is left of it.
    """
    warnings.warn("old", DeprecationWarning)
    more = yield load
    print(more)


def fresh(load):
    warnings.warn("old", UserWarning)
    more = yield load
    print(more)


class House:
    """A house."""

    rooms: int = 3
    #: Told beside it.
    doors = 4
"#;
    sandbox.write("a.py", code);
    let provider = Provider::willing();
    let answer = fix(&sandbox, &provider, &[]);
    let mended = read(&sandbox);
    assert_eq!(answer.code, Some(0), "{}{mended}", answer.err);
    assert_eq!(parts(&provider.asked()[0]), ["receives", "warns"]);
    assert_eq!(provider.asked().len(), 1, "{}", answer.err);
    for part in [
        "    Receives:\n        The load as it came out",
        "    Warns:\n        DeprecationWarning: If the load is old.\n",
        "    Warns:\n        UserWarning: If the load is old.\n",
        "    Attributes:\n        rooms: What of the load is kept in this place.\n    \"\"\"\n",
    ] {
        assert!(mended.contains(part), "{part}: {mended}");
    }
    assert_eq!(mended.matches("    Receives:").count(), 2);
}
