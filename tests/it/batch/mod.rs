//! `docgen fix --batch` and `docgen batch`, from end to end: jobs handed in, followed, ended and applied.

mod desk;
mod faults;
mod flow;
mod limits;

use std::fs;

use self::desk::Desk;
use crate::provider::CODE;
use crate::sandbox::{Answer, Sandbox};

const DOOR: &str = "\"\"\"Doors.\"\"\"\n\n\ndef open_door(door):\n    return door\n";

fn variables(desk: &Desk) -> Vec<(&'static str, String)> {
    vec![
        ("OPENAI_API_KEY", "sk-of-nobody".to_owned()),
        ("OPENAI_BASE_URL", format!("{}/v1", desk.url())),
        ("ANTHROPIC_API_KEY", "sk-ant-of-nobody".to_owned()),
        ("ANTHROPIC_BASE_URL", desk.url()),
        ("AZURE_OPENAI_ENDPOINT", desk.url()),
        ("AZURE_OPENAI_API_KEY", "azure-of-nobody".to_owned()),
        ("AZURE_OPENAI_DEPLOYMENT", "docs-batch".to_owned()),
        ("GEMINI_API_KEY", "gemini-of-nobody".to_owned()),
        ("MODEL_NAME", "gpt-5.4-nano".to_owned()),
    ]
}

fn run(sandbox: &Sandbox, desk: &Desk, provider: &str, args: &[&str]) -> Answer {
    let own = variables(desk);
    let own: Vec<(&str, &str)> = own.iter().map(|it| (it.0, it.1.as_str())).collect();
    let args = [args, &["--provider", provider]].concat();
    let answer = sandbox.docgen_in(".", &args, &own);
    assert!(
        !format!("{}{}", answer.out, answer.err).contains("of-nobody"),
        "a key is shown"
    );
    answer
}

fn hand_in(sandbox: &Sandbox, desk: &Desk) -> Answer {
    run(sandbox, desk, "openai", &["fix", "--all", "--batch"])
}

fn apply(sandbox: &Sandbox, desk: &Desk) -> Answer {
    run(
        sandbox,
        desk,
        "openai",
        &["batch", "apply", "batch_1", "--all"],
    )
}

fn read(sandbox: &Sandbox, path: &str) -> String {
    fs::read_to_string(sandbox.root().join(path)).unwrap()
}

fn rooms() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", CODE);
    sandbox.write("door.py", DOOR);
    sandbox
}
