//! The examples that style guides publish give no finding: Google's style guide, napoleon's two modules, numpydoc's.
//!
//! The modules beside this file have their structure, with words of our own.

use crate::sandbox::Sandbox;

#[test]
fn examples_of_style_guides_give_no_finding() {
    let sandbox = Sandbox::new();
    for (name, text) in [
        ("google.py", include_str!("published/google.py")),
        ("guide.py", include_str!("published/guide.py")),
        ("numpy.py", include_str!("published/numpy.py")),
    ] {
        sandbox.write(name, text);
        let args = ["check", "--all", "--output-format", "concise", name];
        let answer = sandbox.docgen(&args);
        assert_eq!((answer.code, answer.out.as_str()), (Some(0), ""), "{name}");
    }
}
