//! Renamed and moved files: what vanished under one path and appeared under another.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::delta::{Delta, Side};
use super::id::Id;

/// From this share of common lines on, in per cent of the larger text, a file is the same under a new name: git's own.
const SIMILAR: u64 = 50;
/// More pairs than this are not compared, unless their names are equal: git stops at a similar number.
const MOST_PAIRS: usize = 200_000;

/// A file on the new side, with the old side it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paired {
    /// Its path.
    pub(super) path: Vec<u8>,
    /// Its path on the old side, where that is another.
    pub(super) old_path: Option<Vec<u8>>,
    /// The old side's blob.
    pub(super) old: Option<Id>,
    /// The new side.
    pub(super) new: Side,
}

/// The files of the new side, and what was deleted for good.
type Sorted = (Vec<Paired>, Vec<(Vec<u8>, Id)>);

/// Takes what was deleted apart, after finding each new file's origin among it: the same text first, of the same name
/// where there are several, then the most similar one. `read` gives the bytes of a side that lies under a path.
pub(super) fn pair<E>(
    deltas: Vec<Delta>,
    read: impl Fn(&[u8], Side) -> Result<Vec<u8>, E>,
) -> Result<Sorted, E> {
    let mut files = Vec::new();
    let mut deleted = Vec::new();
    for Delta { path, old, new } in deltas {
        match (old, new) {
            (old, Some(new)) => files.push(Paired {
                path,
                old_path: None,
                old,
                new,
            }),
            (Some(old), None) => deleted.push((path, old)),
            (None, None) => {}
        }
    }
    let added: Vec<usize> = (0..files.len())
        .filter(|&at| files.get(at).is_some_and(|it| it.old.is_none()))
        .collect();
    if deleted.is_empty() || added.is_empty() {
        return Ok((files, deleted));
    }
    let mut origins = Vec::new();
    for (path, id) in deleted {
        let text = Text::new(&read(&path, Side::Blob(id))?);
        origins.push(Origin { path, id, text });
    }
    let mut candidates = Vec::new();
    for at in added {
        if let Some(file) = files.get(at) {
            candidates.push((
                at,
                file.path.clone(),
                Text::new(&read(&file.path, file.new)?),
            ));
        }
    }
    for (at, origin) in matches(&candidates, &origins) {
        if let (Some(file), Some(origin)) = (files.get_mut(at), origins.get(origin)) {
            file.old = Some(origin.id);
            file.old_path = Some(origin.path.clone());
        }
    }
    let is_gone = |it: &Origin| {
        files
            .iter()
            .all(|file| file.old_path.as_ref() != Some(&it.path))
    };
    origins.retain(is_gone);
    let removed = origins.into_iter().map(|it| (it.path, it.id)).collect();
    Ok((files, removed))
}

/// A deleted file.
struct Origin {
    path: Vec<u8>,
    id: Id,
    text: Text,
}

/// A text as its lines' hashes, sorted, each with the bytes that lines of this hash take.
#[derive(PartialEq, Eq)]
struct Text {
    lines: Vec<(u64, u64)>,
    length: u64,
}

impl Text {
    fn new(bytes: &[u8]) -> Self {
        let mut lines: HashMap<u64, u64> = HashMap::new();
        let mut length = 0;
        for line in bytes.split(|&byte| byte == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let mut hasher = DefaultHasher::new();
            line.hash(&mut hasher);
            *lines.entry(hasher.finish()).or_default() += line.len() as u64;
            length += line.len() as u64;
        }
        let mut lines: Vec<_> = lines.into_iter().collect();
        lines.sort_unstable();
        Self { lines, length }
    }

    /// What both share, in per cent of the larger one.
    fn likeness(&self, other: &Self) -> u64 {
        let (smaller, larger) = (self.length.min(other.length), self.length.max(other.length));
        if larger == 0 || smaller * 100 < larger * SIMILAR {
            return 0;
        }
        let mut common = 0;
        let mut others = other.lines.iter().peekable();
        for (hash, bytes) in &self.lines {
            while others.next_if(|(other, _)| other < hash).is_some() {}
            if let Some((_, theirs)) = others.next_if(|(other, _)| other == hash) {
                common += bytes.min(theirs);
            }
        }
        common * 100 / larger
    }
}

/// Which candidate came from which origin, each at most once.
fn matches(candidates: &[(usize, Vec<u8>, Text)], origins: &[Origin]) -> Vec<(usize, usize)> {
    let is_many = candidates.len().saturating_mul(origins.len()) > MOST_PAIRS;
    let mut scored = Vec::new();
    for (order, (_, path, text)) in candidates.iter().enumerate() {
        for (
            origin,
            Origin {
                path: old,
                text: old_text,
                ..
            },
        ) in origins.iter().enumerate()
        {
            let is_namesake = name(path) == name(old);
            let is_equal = text == old_text;
            if is_many && !is_namesake && !is_equal {
                continue;
            }
            let likeness = if is_equal {
                101
            } else {
                text.likeness(old_text)
            };
            if likeness >= SIMILAR {
                // The best first, then namesakes, then in the order of the paths.
                scored.push((std::cmp::Reverse((likeness, is_namesake)), order, origin));
            }
        }
    }
    scored.sort_unstable();
    let mut is_taken = (vec![false; candidates.len()], vec![false; origins.len()]);
    let mut found = Vec::new();
    for (_, order, origin) in scored {
        let (Some(candidate), Some(taken), Some(used)) = (
            candidates.get(order),
            is_taken.0.get_mut(order),
            is_taken.1.get_mut(origin),
        ) else {
            continue;
        };
        if !*taken && !*used {
            (*taken, *used) = (true, true);
            found.push((candidate.0, origin));
        }
    }
    found
}

fn name(path: &[u8]) -> &[u8] {
    path.rsplit(|&byte| byte == b'/').next().unwrap_or(path)
}
