//! Bytes per second of decoding, lexing and outlining, in memory, on one thread:
//! `cargo bench --bench outline -- PATH...`

use std::path::{Path, PathBuf};
use std::time::Instant;

use docgen::git::{Guide, Reader, Texts, walk};
use docgen::python::{SymbolKind, decode, outline, token_count};

const ROUNDS: usize = 9;

/// Leaves nothing out.
struct Everything;

impl Guide for Everything {
    fn excludes(&self, _path: &Path, _is_folder: bool) -> bool {
        false
    }
}

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
    let files = walk(&paths, &Everything, &cwd).files;
    let files: Vec<Vec<u8>> = files
        .iter()
        .filter_map(|file| texts.read(&file.new).ok())
        .collect();
    let bytes: usize = files.iter().map(Vec::len).sum();
    let texts: Vec<_> = files.iter().filter_map(|file| decode(file).ok()).collect();
    let megabytes = bytes as f64 / 1e6;
    println!("{} files, {megabytes:.1} MB", files.len());
    let parts: [(&str, &dyn Fn() -> usize); 3] = [
        ("decoded, bytes", &|| {
            let texts = files.iter().filter_map(|file| decode(file).ok());
            texts.map(|text| text.len()).sum()
        }),
        ("lexed, tokens", &|| {
            texts.iter().map(|text| token_count(text)).sum()
        }),
        ("outlined, symbols", &|| {
            let outlines = texts.iter().map(|text| outline(text, SymbolKind::Module));
            outlines.map(|module| module.symbols.len()).sum()
        }),
    ];
    for (name, part) in parts {
        let (mut best, mut count) = (f64::MAX, 0);
        for _ in 0..ROUNDS {
            let start = Instant::now();
            count = std::hint::black_box(part());
            best = best.min(start.elapsed().as_secs_f64());
        }
        println!(
            "{name}: {count}, {:.0} MB/s ({:.1} ms)",
            megabytes / best,
            best * 1e3
        );
    }
}
