//! The documented functions and classes of a project: examples of its own, found by their words (BM25).

use std::collections::HashMap;
use std::sync::OnceLock;

use super::finder::Finder;
use crate::ai::Session;

/// One documented symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Documented {
    /// Its file.
    pub path: String,
    /// Its qualified name.
    pub qualname: String,
    /// Its header, in one line.
    pub header: String,
    /// Its docstring, cleaned and cut to a length that an example needs.
    pub docstring: String,
}

impl Documented {
    /// What it is found by.
    pub(super) fn text(&self) -> String {
        format!("{}\n{}\n{}", self.qualname, self.header, self.docstring)
    }
}

/// A symbol for which similar ones are sought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seek {
    /// Its file.
    pub(super) path: String,
    /// Its qualified name.
    pub(super) qualname: String,
    /// Its header; nothing is sought where it is empty.
    pub(super) header: String,
}

impl Seek {
    /// What it is compared by.
    pub(super) fn text(&self) -> String {
        format!("{}\n{}", self.qualname, self.header)
    }
}

/// The documented symbols of a project.
#[derive(Debug, Default)]
pub struct Library {
    finder: OnceLock<Finder>,
    all: Vec<Documented>,
    /// For each term the symbols that have it, and how often.
    index: HashMap<String, Vec<(u32, u16)>>,
    lengths: Vec<u16>,
    average: f64,
    /// The symbols by the last part of their names.
    by_name: HashMap<String, Vec<u32>>,
}

/// The most symbols that are kept: by words, examples get no better beyond.
const MOST: usize = 20_000;
/// The most where others find them.
const MANY: usize = 100_000;
/// The most terms of a question: the rarest ones tell most.
const TERMS: usize = 24;
/// The usual constants of BM25 (Robertson and Zaragoza, 2009).
const K1: f64 = 1.2;
const B: f64 = 0.75;

impl Library {
    /// That of these symbols; the first ones where they are too many.
    pub fn new(all: Vec<Documented>) -> Self {
        Self::of(all, MOST)
    }

    /// The same with room for more, which something else than words is to find.
    pub fn large(all: Vec<Documented>) -> Self {
        Self::of(all, MANY)
    }

    /// From now on `finder` finds what is similar.
    pub fn find_by(&self, finder: Finder, session: &Session) {
        finder.prepare(session, &self.all);
        // Whoever was first finds the same.
        let _ = self.finder.set(finder);
    }

    /// Why words find what is similar, where something else was to; told once.
    pub fn trouble(&self) -> Option<String> {
        self.finder.get()?.trouble()
    }

    /// The `count` symbols most similar to each of those that are sought, best first. Without a session nothing is asked.
    pub(super) fn similar(
        &self,
        session: Option<&Session>,
        sought: &[Seek],
        count: usize,
    ) -> Vec<Vec<Documented>> {
        let finder = self.finder.get().zip(session).filter(|_| count > 0);
        let found = finder.and_then(|it| it.0.find(it.1, &self.all, sought, count));
        let mut found = found.unwrap_or_else(|| vec![Vec::new(); sought.len()]);
        for (found, seek) in found.iter_mut().zip(sought) {
            // An index takes a while to show what was put into it.
            if found.is_empty() && !seek.header.is_empty() {
                let but = (seek.path.as_str(), seek.qualname.as_str());
                let like = self.like(&seek.text(), count, but);
                *found = like.into_iter().cloned().collect();
            }
        }
        found
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of words")]
    fn of(mut all: Vec<Documented>, most: usize) -> Self {
        all.truncate(most);
        let mut library = Self::default();
        let mut total = 0;
        for (at, symbol) in all.iter().enumerate() {
            let at = at as u32;
            let terms = terms(&symbol.text());
            let length = terms.values().map(|it| u32::from(*it)).sum::<u32>();
            total += u64::from(length);
            library
                .lengths
                .push(u16::try_from(length).unwrap_or(u16::MAX));
            let mut sorted: Vec<(String, u16)> = terms.into_iter().collect();
            sorted.sort();
            for (term, count) in sorted {
                library.index.entry(term).or_default().push((at, count));
            }
            let name = symbol.qualname.rsplit('.').next().unwrap_or_default();
            library.by_name.entry(name.to_owned()).or_default().push(at);
        }
        library.average = total as f64 / all.len().max(1) as f64;
        library.all = all;
        library
    }

    /// The `count` symbols most like `words`, best first, `but` one of them.
    #[expect(clippy::cast_precision_loss, reason = "counts of symbols")]
    pub fn like(&self, words: &str, count: usize, but: (&str, &str)) -> Vec<&Documented> {
        if count == 0 || self.all.is_empty() {
            return Vec::new();
        }
        let total = self.all.len() as f64;
        let mut asked: Vec<(&Vec<(u32, u16)>, String)> = terms(words)
            .into_keys()
            .filter_map(|term| Some((self.index.get(&term)?, term)))
            .collect();
        asked.sort_by(|one, two| (one.0.len(), &one.1).cmp(&(two.0.len(), &two.1)));
        let mut scores = vec![0.0; self.all.len()];
        for (postings, _) in asked.iter().take(TERMS) {
            let having = postings.len() as f64;
            let weight = ((total - having + 0.5) / (having + 0.5)).ln_1p();
            for &(at, times) in *postings {
                let times = f64::from(times);
                let length = f64::from(self.lengths[at as usize]) / self.average.max(1.0);
                let score = weight * times * (K1 + 1.0) / (times + K1 * (1.0 - B + B * length));
                scores[at as usize] += score;
            }
        }
        // A few are wanted of many that have some word in common: the best so far, the best first.
        let mut best: Vec<(f64, &Documented)> = Vec::with_capacity(count + 1);
        for (score, it) in scores.into_iter().zip(&self.all) {
            let is_good = best.len() < count || best.last().is_some_and(|it| score > it.0);
            if score > 0.0 && is_good && (it.path.as_str(), it.qualname.as_str()) != but {
                let place = best.partition_point(|it| it.0 >= score);
                best.insert(place, (score, it));
                best.truncate(count);
            }
        }
        best.into_iter().map(|it| it.1).collect()
    }

    /// The symbol of this name (the last part of it), where there is only one.
    pub fn only(&self, name: &str) -> Option<&Documented> {
        match self.by_name.get(name)?.as_slice() {
            [at] => self.all.get(*at as usize),
            _ => None,
        }
    }

    /// The symbol whose qualified name is this one, where there is only one.
    pub fn qualified(&self, qualname: &str) -> Option<&Documented> {
        let name = qualname.rsplit('.').next()?;
        let places = self.by_name.get(name)?.iter();
        let mut found = places
            .filter_map(|at| self.all.get(*at as usize))
            .filter(|it| it.qualname == qualname);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }
}

/// The words of a text in lower case, names split at underscores and humps, and how often each is there.
fn terms(text: &str) -> HashMap<String, u16> {
    let mut terms: HashMap<String, u16> = HashMap::new();
    let words = text.split(|it: char| !it.is_alphanumeric());
    for word in words {
        let mut start = 0;
        let mut was_lower = false;
        for (at, c) in word.char_indices() {
            if was_lower && c.is_uppercase() {
                add(&mut terms, &word[start..at]);
                start = at;
            }
            was_lower = c.is_lowercase();
        }
        add(&mut terms, &word[start..]);
    }
    terms
}

fn add(terms: &mut HashMap<String, u16>, part: &str) {
    const STOP: [&str; 16] = [
        "the", "self", "def", "and", "for", "with", "that", "this", "none", "return", "returns",
        "args", "from", "import", "class", "not",
    ];
    let part = part.to_lowercase();
    if part.chars().count() > 2 && !STOP.contains(&part.as_str()) {
        let count = terms.entry(part).or_default();
        *count = count.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documented(qualname: &str, docstring: &str) -> Documented {
        Documented {
            path: "a.py".to_owned(),
            qualname: qualname.to_owned(),
            header: format!("def {qualname}(self)"),
            docstring: docstring.to_owned(),
        }
    }

    #[test]
    fn the_most_similar_come_first_and_always_in_the_same_order() {
        let library = Library::new(vec![
            documented("parse_date", "Parse a date from text."),
            documented("HttpClient.fetch_page", "Fetch a page over HTTP."),
            documented("fetchImage", "Fetch an image."),
            documented("close", "Close the file."),
        ]);
        let like = |words, count| -> Vec<&str> {
            let found = library.like(words, count, ("a.py", "fetchImage"));
            found.iter().map(|it| it.qualname.as_str()).collect()
        };
        assert_eq!(like("def fetch_image(url)", 3), ["HttpClient.fetch_page"]);
        assert_eq!(
            like("def parseDateTime(text): page", 2),
            ["parse_date", "HttpClient.fetch_page"]
        );
        assert!(like("zebra", 3).is_empty());
        assert!(like("fetch", 0).is_empty());
        assert!(Library::default().like("fetch", 3, ("", "")).is_empty());
    }

    #[test]
    fn names_that_are_not_alone_are_none() {
        let library = Library::new(vec![
            documented("A.close", "Close a."),
            documented("B.close", "Close b."),
            documented("open_it", "Open."),
        ]);
        assert_eq!(library.only("close"), None);
        assert_eq!(library.only("open_it").unwrap().docstring, "Open.");
        assert_eq!(library.qualified("B.close").unwrap().docstring, "Close b.");
        assert_eq!(library.qualified("C.close"), None);
    }
}
