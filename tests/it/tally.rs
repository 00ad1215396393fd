//! The runner's count is true: what `tests/tally.awk` makes of a part's output.

use std::io::Write;
use std::process::{Command, Stdio};

fn tally(status: i32, output: &str) -> String {
    let mut awk = Command::new("awk")
        .args(["-v", &format!("status={status}"), "-f", "tests/tally.awk"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    awk.stdin
        .take()
        .unwrap()
        .write_all(output.as_bytes())
        .unwrap();
    let answer = awk.wait_with_output().unwrap().stdout;
    String::from_utf8(answer).unwrap().trim().to_owned()
}

const CARGO: &str = "\
running 3 tests
test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

test result: FAILED. 12 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s
";

#[test]
fn cargo_binaries_are_summed() {
    assert_eq!(tally(101, CARGO), "15 2");
    assert_eq!(tally(0, &CARGO.replace("2 failed", "0 failed")), "15 0");
}

#[test]
fn a_script_is_taken_by_its_last_line_only() {
    assert_eq!(
        tally(0, "9 passed, 9 failed\nok\n4 passed, 0 failed\n"),
        "4 0"
    );
    assert_eq!(tally(1, "4 passed, 1 failed\n"), "4 1");
}

#[test]
fn what_ends_badly_or_counts_nothing_is_a_failure() {
    assert_eq!(tally(101, "error: could not compile\n"), "0 1");
    assert_eq!(tally(134, &CARGO.replace("2 failed", "0 failed")), "15 1");
    assert_eq!(tally(1, "4 passed, 0 failed\n"), "4 1");
    assert_eq!(tally(0, ""), "0 1");
    assert_eq!(tally(0, "4 passed, 0 failed\nand then it stopped\n"), "0 1");
    assert_eq!(tally(0, "0 passed, 0 failed\n"), "0 1");
}
