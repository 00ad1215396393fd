//! Bytes per second of outlining, in memory, on one thread: `cargo bench --bench outline -- PATH...`

use std::path::PathBuf;
use std::time::Instant;

use docgen::git::{Reader, Texts, walk};
use docgen::python::{SymbolKind, decode, outline};

const ROUNDS: usize = 9;

#[expect(
    clippy::print_stdout,
    reason = "a benchmark's result is what it prints"
)]
#[expect(clippy::cast_precision_loss, reason = "megabytes for people")]
#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn main() {
    let paths = std::env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with("--"));
    let paths: Vec<PathBuf> = paths.map(PathBuf::from).collect();
    let cwd = std::env::current_dir().unwrap_or_default();
    let texts = Texts::on_disk();
    let files = walk(&paths, &|_, _| false, &cwd).files;
    let files: Vec<Vec<u8>> = files
        .iter()
        .filter_map(|file| texts.read(&file.new).ok())
        .collect();
    let bytes: usize = files.iter().map(Vec::len).sum();
    let mut best = f64::MAX;
    let mut symbols = 0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        symbols = files
            .iter()
            .filter_map(|file| decode(file).ok())
            .map(|text| outline(&text, SymbolKind::Module).symbols.len())
            .sum();
        best = best.min(start.elapsed().as_secs_f64());
    }
    let megabytes = bytes as f64 / 1e6;
    println!(
        "{} files, {megabytes:.1} MB, {symbols} symbols: {:.0} MB/s ({:.1} ms)",
        files.len(),
        megabytes / best,
        best * 1e3
    );
}
