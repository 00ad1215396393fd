//! How the released program is linked.

use std::env;

/// On Linux with glibc the program is linked to a fixed place, as Debian's own `python3` is: nothing in it has to be
/// moved before it starts. Of a check of five files in a repository of 58,000, that is 0.4 of 5.2 milliseconds and 114 of
/// 554 page faults (`benches/compare_git.py`, `perf stat`); of the file it is 600 KB. What is given up is that its own
/// code lies elsewhere each time; heap, stack and libraries still do. A build for other machines, or with
/// `DOCGEN_LINK=pie`, is as its compiler has it.
#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script by variables"
)]
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=DOCGEN_LINK");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|it| it == value);
    let is_glibc = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    if is_glibc && is("PROFILE", "release") && !is("DOCGEN_LINK", "pie") {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
