//! A name for a finding that stays when lines move.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::check::{FileReport, SymbolReport};
use crate::rules::Finding;
use crate::text::Fnv;

/// The fingerprints of a file's findings, in their order: 16 hexadecimal digits that no other finding of the report
/// shares. They depend on path, symbol, rule and what the finding is about, so they change when one of these does, and
/// with nothing else.
pub(super) fn fingerprints(path: &str, report: &FileReport) -> impl Iterator<Item = String> {
    let mut seen: HashMap<u64, u32, HashedAlready> = HashMap::default();
    let each = report.symbols.iter().flat_map(|symbol| {
        let with_symbol = move |finding| (symbol, finding);
        symbol.findings.iter().map(with_symbol)
    });
    each.map(move |(symbol, finding): (&SymbolReport, &Finding)| {
        let mut hash = Fnv::default();
        hash.add(path);
        hash.add(&symbol.qualname);
        hash.add(finding.rule.code);
        for entry in &finding.entries {
            hash.add(entry);
        }
        // Two definitions of one name can have the same fault.
        let before = seen.entry(hash.value()).or_default();
        if *before > 0 {
            hash.add(&before.to_string());
        }
        *before += 1;
        format!("{:016x}", hash.value())
    })
}

/// For maps whose keys are hashes: no need to hash them once more.
pub(super) type HashedAlready = BuildHasherDefault<Itself>;

/// Takes a `u64` for its own hash.
#[derive(Default)]
pub(super) struct Itself(u64);

impl Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        // The table takes the upper bits too, and a polynomial's are not always filled.
        self.0 = hash ^ hash.rotate_left(32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;
    use crate::text::SourceFile;

    fn all(report: &FileReport) -> Vec<String> {
        fingerprints(report.file.path(), report).collect()
    }

    #[test]
    fn they_are_unique_and_stay_when_lines_move() {
        let mut seen = std::collections::BTreeSet::new();
        for mut report in sample::files() {
            let before = all(&report);
            let again = report.symbols.clone();
            report.symbols.extend(again);
            let twice = all(&report);
            assert_eq!(before, twice[..before.len()]);
            assert!(twice.into_iter().all(|it| seen.insert(it)));

            report.symbols.truncate(report.symbols.len() / 2);
            let moved = format!("# moved\n{}", report.file.text());
            report.file = SourceFile::new(report.file.path(), moved);
            for finding in report.symbols.iter_mut().flat_map(|it| &mut it.findings) {
                finding.at = finding.at.shifted(8);
            }
            assert_eq!(before, all(&report));
        }
        assert_eq!(seen.len(), 16);
    }
}
