//! What a run tells of itself: figures, history, reports, logs.

use std::fs;

use serde_json::Value;

use crate::provider::{Provider, answer};
use crate::sandbox::{Answer, Sandbox};

const CODE: &str = r#""""Rooms of a house."""


def carry(load, way=None):
    if not load:
        raise ValueError(load)
    return load, way


def rest(place):
    """Rest somewhere.

    Args:
        place: Where.
    """
"#;

fn run(sandbox: &Sandbox, provider: &Provider, args: &[&str], more: &[(&str, &str)]) -> Answer {
    let own = provider.variables();
    let mut variables: Vec<(&str, &str)> = own.iter().map(|it| (it.0, it.1.as_str())).collect();
    variables.extend(more);
    sandbox.docgen_in(".", args, &variables)
}

const FIX: [&str; 4] = ["fix", "--all", "--provider", "openai"];

fn read(sandbox: &Sandbox, path: &str) -> String {
    fs::read_to_string(sandbox.root().join(path)).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// What is wrong with a text by one of docgen's own schemas.
fn faults(schema: &str, instance: &Value) -> Vec<String> {
    let path = format!("schemas/{schema}.schema.json");
    let schema = json(&fs::read_to_string(path).unwrap());
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator
        .iter_errors(instance)
        .map(|it| it.to_string())
        .collect()
}

#[test]
fn figures_of_a_run_are_told_whole() {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", CODE);
    let provider = Provider::new(|number, body| match number {
        0 => "no words".to_owned(),
        _ => answer(body).to_string(),
    });
    let before = json(&sandbox.docgen(&["score", "--output-format", "json"]).out);
    let before = before["total"]["score"]["percent"].clone();
    let args = [&FIX[..], &["--metrics", "out.json"]].concat();
    let told = run(&sandbox, &provider, &args, &[("RETRY_DELAY", "0")]);
    assert_eq!(told.code, Some(0), "{}", told.err);
    let figures = json(&read(&sandbox, "out.json"));
    assert_eq!(faults("metrics", &figures), [""; 0]);
    let of = |pointer: &str| figures.pointer(pointer).cloned().unwrap_or_default();
    assert_eq!(of("/symbols/mended"), 1);
    assert_eq!(of("/symbols/complete"), 2);
    assert_eq!(of("/symbols/success_rate"), 1.0);
    assert_eq!(
        (of("/score/before"), of("/score/after")),
        (before, 100.0.into())
    );
    let asked = provider.asked().len() as u64;
    assert_eq!(of("/requests"), asked);
    assert_eq!(of("/tokens/input"), 1000 * asked);
    assert_eq!(of("/run/model"), "gpt-6-luna");
    let items = figures["items"].as_array().unwrap();
    assert_eq!(items[0]["qualname"], "carry");
    assert_eq!(items[0]["outcome"], "mended");
    // What all symbols took is what the run took.
    let sum = |name: &str| -> u64 {
        let each = items.iter().map(|it| it["tokens"][name].as_u64().unwrap());
        each.sum()
    };
    assert_eq!((sum("input"), sum("output")), (1000 * asked, 100 * asked));
    let cost: f64 = items
        .iter()
        .map(|it| it["cost_usd"].as_f64().unwrap())
        .sum();
    assert!((cost - of("/cost_usd").as_f64().unwrap()).abs() < 1e-6);
    let operations = figures["operations"].as_array().unwrap();
    let request = operations
        .iter()
        .find(|it| it["name"] == "request")
        .unwrap();
    assert_eq!(request["count"], asked);
    assert!(of("/process/peak_memory_bytes").as_u64() > Some(1 << 20));
    assert!(of("/machine/store_bytes").as_u64() > Some(0));
}

#[test]
fn a_run_without_an_ai_has_figures_and_a_history_where_it_is_asked_for() {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", CODE);
    let answer = sandbox.docgen(&["fix", "--all", "--no-ai"]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    let none = sandbox.docgen(&["metrics"]);
    assert_eq!(none.code, Some(2));
    assert!(none.err.contains("no run in"), "{}", none.err);
    let args = [
        "fix",
        "--all",
        "--no-ai",
        "--history",
        "--metrics",
        "out.csv",
    ];
    assert_eq!(sandbox.docgen(&args).code, Some(1));
    assert_eq!(
        sandbox.docgen(&["score", "--history", "--quiet"]).code,
        Some(0)
    );
    assert!(read(&sandbox, "out.csv").contains(",symbols,untouched,count,1\r\n"));
    let history = sandbox.docgen(&["metrics", "--output-format", "json"]);
    assert_eq!(history.code, Some(0), "{}", history.err);
    let history = json(&history.out);
    assert_eq!(faults("history", &history), [""; 0]);
    let commands: Vec<&Value> = history["runs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["run"]["command"])
        .collect();
    assert_eq!(commands, ["score", "fix"]);
    let table = sandbox.docgen(&["metrics", "--last", "1"]).out;
    assert_eq!(table.lines().count(), 2, "{table}");
    let csv = sandbox.docgen(&["metrics", "--output-format", "csv"]).out;
    let widths: Vec<usize> = csv.lines().map(|it| it.split(',').count()).collect();
    assert_eq!(widths, [widths[0]; 3], "{csv}");
}

#[test]
fn a_report_tells_of_each_symbol_and_of_the_runs_before() {
    let sandbox = Sandbox::new();
    let provider = Provider::new(|_, body| {
        // What the code does not have is refused, whatever else is said.
        let text = answer(body).to_string();
        if body.to_string().contains("def stay") {
            text.replace(
                "Carry the load",
                "See https://example.org and carry the load",
            )
        } else {
            text
        }
    });
    for (name, code) in [
        ("a.py", CODE),
        ("b.py", "\"\"\"B.\"\"\"\n\n\ndef stay(x):\n    return x\n"),
    ] {
        sandbox.write(name, code);
        let answer = run(&sandbox, &provider, &FIX, &[]);
        assert_eq!(
            answer.code,
            Some(i32::from(name == "b.py")),
            "{}",
            answer.err
        );
    }
    let markdown = run(&sandbox, &provider, &["report"], &[]);
    assert_eq!(markdown.code, Some(0), "{}", markdown.err);
    for part in [
        "0 of 1 incomplete symbol mended",
        "`b.py` `stay`",
        "### Trend",
        "| Success rate |",
    ] {
        assert!(markdown.out.contains(part), "{part}: {}", markdown.out);
    }
    let table = sandbox.docgen(&["metrics"]).out;
    let first = table.lines().nth(2).unwrap().split(' ').next().unwrap();
    let page = ["report", first, "-o", "page.html"];
    assert_eq!(sandbox.docgen(&page).code, Some(0));
    let page = read(&sandbox, "page.html");
    for part in [
        "1 of 1 incomplete symbol mended",
        "<code>carry</code>",
        "<svg class=\"bar\"",
        "default-src 'none'",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(
        !page.contains("<script") && !page.contains("The last"),
        "the first run has none before it"
    );
    let unknown = sandbox.docgen(&["report", "no-such-run"]);
    assert_eq!(unknown.code, Some(2));
    assert!(
        unknown.err.contains("`docgen metrics` lists"),
        "{}",
        unknown.err
    );
}

#[test]
fn names_in_a_report_are_no_markup() {
    let sandbox = Sandbox::new();
    let name = "<img src=x onerror=alert(1)>&\".py";
    sandbox.write(name, "def f(x):\n    return x\n");
    assert_eq!(
        sandbox.docgen(&["score", "--history", "--quiet"]).code,
        Some(0)
    );
    let page = sandbox.docgen(&["report", "--output-format", "html"]).out;
    assert!(
        page.contains("&lt;img src=x onerror=alert(1)&gt;&amp;&quot;.py"),
        "{page}"
    );
    assert!(!page.contains("<img"), "{page}");
    let text = sandbox.docgen(&["report"]).out;
    assert!(
        text.contains("`<img src=x onerror=alert(1)>&\".py`"),
        "{text}"
    );
}

#[test]
fn what_cannot_be_written_is_told_before_anything_is_asked() {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", CODE);
    let provider = Provider::willing();
    for path in ["no/such/folder/out.json", "a.py/out.prom", "/proc/out.csv"] {
        let args = [&FIX[..], &["--metrics", path]].concat();
        let answer = run(&sandbox, &provider, &args, &[]);
        assert_eq!(answer.code, Some(2), "{path}: {}", answer.err);
        assert!(
            answer.err.contains(&format!("cannot write {path}")),
            "{}",
            answer.err
        );
    }
    let args = [&FIX[..], &["--metrics", "out.txt"]].concat();
    let answer = run(&sandbox, &provider, &args, &[]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.err.contains(".json, .csv or .prom"),
        "{}",
        answer.err
    );
    assert_eq!(provider.asked().len(), 0);
    assert_eq!(read(&sandbox, "a.py"), CODE, "nothing was mended");
    assert_eq!(
        sandbox.docgen(&["score", "--history", "--quiet"]).code,
        Some(0)
    );
    for command in ["report", "metrics"] {
        let answer = sandbox.docgen(&[command, "-o", "no/such/page.html"]);
        assert_eq!(answer.code, Some(2), "{command}");
    }
}

#[test]
fn a_check_keeps_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", CODE);
    let variables = [("LOG_LEVEL", "debug"), ("LOG_DIR", "logs"), ("DEBUG", "1")];
    let answer = sandbox.docgen_in(".", &["check", "--all"], &variables);
    assert_eq!(answer.code, Some(1));
    let plain = sandbox.docgen(&["check", "--all", "--quiet"]);
    assert_eq!(plain.err, "");
    let found = fs::read_dir(sandbox.root()).unwrap().count();
    assert_eq!(found, 1, "no cache and no log");
}
