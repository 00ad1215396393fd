//! The README shows what docgen prints, to the letter.

#[test]
fn the_screens_are_real() {
    trycmd::TestCases::new().case("README.md");
}
