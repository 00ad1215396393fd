//! Similar functions by their meaning: vectors compared in this process, or an index that is asked. What fails is told
//! once, and words find the rest.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use super::claims::{Claims, PULSE};
use super::library::{Documented, Seek};
use super::vectors::Vectors;
use crate::ai::{self, AT_ONCE, Document, Embedder, SearchIndex, Session};
use crate::store::{self, Claimed, Store};

/// Texts of a request, and their bytes: far below what any server takes.
const TEXTS: usize = 64;
const BYTES: usize = 48_000;
/// Symbols that are looked at together.
const PART: usize = 2000;
/// The most numbers that are held: a hundred thousand vectors of usual length, a quarter of a gigabyte.
const NUMBERS: usize = 64_000_000;
/// How long it is waited before it is looked again what another process has got.
const WAIT: Duration = Duration::from_millis(100);

/// Finds what is similar by vectors.
#[derive(Debug)]
pub struct Finder {
    embedder: Arc<Embedder>,
    index: Option<Arc<SearchIndex>>,
    /// The name of the project, which documents of an index bear.
    project: String,
    /// How long vectors are kept, in seconds; 0 where none is.
    ttl: u64,
    vectors: OnceLock<Vectors>,
    claims: OnceLock<Arc<Claims>>,
    has_failed: AtomicBool,
    trouble: Mutex<Option<String>>,
}

impl Finder {
    /// One that has vectors from `embedder`, and asks `index` where there is one.
    pub fn new(embedder: Embedder, index: Option<SearchIndex>, project: String, ttl: u64) -> Self {
        Self {
            embedder: Arc::new(embedder),
            index: index.map(Arc::new),
            project,
            ttl,
            vectors: OnceLock::new(),
            claims: OnceLock::new(),
            has_failed: AtomicBool::new(false),
            trouble: Mutex::default(),
        }
    }

    /// Gets ready to find among `all`.
    pub(super) fn prepare(&self, session: &Session, all: &[Documented]) {
        if let Err(trouble) = self.made_ready(session, all) {
            self.fail(session, &trouble);
        }
    }

    /// What is most like each of what is sought, best first; `None` where vectors do not help.
    pub(super) fn find(
        &self,
        session: &Session,
        all: &[Documented],
        sought: &[Seek],
        count: usize,
    ) -> Option<Vec<Vec<Documented>>> {
        let is_empty = self.index.is_none() && all.is_empty();
        if self.has_failed.load(Ordering::Relaxed) || sought.is_empty() || is_empty {
            return None;
        }
        match self.found(session, all, sought, count) {
            Ok(found) => Some(found),
            Err(trouble) => {
                self.fail(session, &trouble);
                None
            }
        }
    }

    /// Why words find the rest, where they do; told once.
    pub fn trouble(&self) -> Option<String> {
        let mut trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        trouble.take()
    }

    fn fail(&self, session: &Session, trouble: &str) {
        // The end of a run is told by itself.
        let is_over = session.client().stop.reason().is_some();
        if self.has_failed.swap(true, Ordering::Relaxed) || is_over {
            return;
        }
        let what = match &self.index {
            Some(index) => format!("the index `{}`", index.place().1),
            None => format!("`{}`", self.embedder.model()),
        };
        let trouble = format!("{what} finds no similar functions: {trouble}; going on with bm25");
        let mut held = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        *held = Some(trouble);
    }

    fn made_ready(&self, session: &Session, all: &[Documented]) -> Result<(), String> {
        let mut vectors: Option<Vectors> = None;
        let mut is_new = false;
        for part in all.chunks(PART) {
            let texts: Vec<String> = part.iter().map(Documented::text).collect();
            let found = self.vectors_of(session, &texts)?;
            let dimension = found.first().map_or(0, Vec::len);
            if vectors.is_none()
                && let Some(index) = &self.index
            {
                is_new = session.make_index(index, dimension)?;
            }
            let vectors = vectors.get_or_insert_with(|| Vectors::new(dimension));
            if let Some(index) = &self.index {
                self.upload(session, index, part, &found, is_new)?;
                continue;
            }
            for vector in &found {
                if (vectors.len() + 1) * dimension <= NUMBERS && !vectors.push(vector) {
                    return Err("its vectors are of different lengths".to_owned());
                }
            }
        }
        let _ = self.vectors.set(vectors.unwrap_or_default());
        Ok(())
    }

    /// Puts those symbols into the index that are not known to be in it.
    fn upload(
        &self,
        session: &Session,
        index: &SearchIndex,
        part: &[Documented],
        vectors: &[Vec<f32>],
        is_new: bool,
    ) -> Result<(), String> {
        let store = session.client().store();
        let (endpoint, name) = index.place();
        let mark = |it: &Documented| {
            let own = [it.path.as_str(), &it.qualname, &it.header, &it.docstring];
            let place = [
                "indexed",
                endpoint,
                name,
                &self.project,
                self.embedder.model(),
            ];
            store::key(place.into_iter().chain(own))
        };
        let marks: Vec<String> = part.iter().map(mark).collect();
        let known = store.vectors(&marks, ai::now()).unwrap_or_default();
        let is_known = |at: usize| !is_new && known.get(at).is_some_and(Option::is_some);
        let open: Vec<usize> = (0..part.len()).filter(|at| !is_known(*at)).collect();
        for places in open.chunks(AT_ONCE) {
            let document = |at: &usize| {
                let it = &part[*at];
                let id = [self.project.as_str(), &it.path, &it.qualname];
                Document {
                    id: store::key(id),
                    project: self.project.clone(),
                    path: it.path.clone(),
                    qualname: it.qualname.clone(),
                    header: ai::masked(&it.header).0.into_owned(),
                    docstring: ai::masked(&it.docstring).0.into_owned(),
                    vector: vectors[*at].clone(),
                }
            };
            let documents: Vec<Document> = places.iter().map(document).collect();
            session.put_documents(index, &documents)?;
            let done = places.iter().map(|at| (marks[*at].clone(), vec![1]));
            let done: Vec<(String, Vec<u8>)> = done.collect();
            // What is not noted is put there again, to no harm.
            let _ = store.keep_vectors(&done, self.ttl, ai::now());
        }
        Ok(())
    }

    fn found(
        &self,
        session: &Session,
        all: &[Documented],
        sought: &[Seek],
        count: usize,
    ) -> Result<Vec<Vec<Documented>>, String> {
        let masked = |it: &Seek| ai::masked(&it.text()).0.into_owned();
        let texts: Vec<String> = sought.iter().map(masked).collect();
        let asked = self.vectors_of(session, &texts)?;
        // One more, for the symbol itself may be among them.
        let found: Vec<Vec<Documented>> = if let Some(index) = &self.index {
            let asked = texts.into_iter().zip(asked).collect();
            let found = session.find_documents(index, asked, count + 1)?;
            let documents = |it: Vec<Document>| it.into_iter().map(Documented::from).collect();
            found.into_iter().map(documents).collect()
        } else {
            let none = Vectors::default();
            let vectors = self.vectors.get().unwrap_or(&none);
            let fits = |it: &Vec<f32>| vectors.is_empty() || it.len() == vectors.dimension();
            if !asked.iter().all(fits) {
                let what = "its vectors have other lengths than those that are kept; see `docgen cache clear`";
                return Err(what.to_owned());
            }
            let near = |it: Vec<f32>| {
                let places = vectors.nearest(&it, count + 1).into_iter();
                places.filter_map(|at| all.get(at).cloned()).collect()
            };
            asked.into_iter().map(near).collect()
        };
        let others = |(found, seek): (Vec<Documented>, &Seek)| {
            let is_other = |it: &Documented| it.path != seek.path || it.qualname != seek.qualname;
            found.into_iter().filter(is_other).take(count).collect()
        };
        Ok(found.into_iter().zip(sought).map(others).collect())
    }

    /// The vectors of texts: those that are kept, and the others asked for, by one of all processes each.
    fn vectors_of(&self, session: &Session, texts: &[String]) -> Result<Vec<Vec<f32>>, String> {
        let store = session.client().store().as_ref();
        let texts: Vec<String> = texts
            .iter()
            .map(|it| ai::masked(it).0.into_owned())
            .collect();
        let model = [self.embedder.endpoint(), self.embedder.model()];
        let name = |text: &String| store::key(["vector", model[0], model[1], text]);
        let keys: Vec<String> = texts.iter().map(name).collect();
        let mut known: BTreeMap<&String, Vec<f32>> = BTreeMap::new();
        let mut open: BTreeMap<&String, &String> = keys.iter().zip(&texts).collect();
        loop {
            self.recall(store, &mut open, &mut known);
            if open.is_empty() {
                let all = keys.iter().map(|it| known.get(it).cloned());
                return all
                    .collect::<Option<_>>()
                    .ok_or("a vector is lost".to_owned());
            }
            let is_waiting = self.ask(session, &mut open, &mut known)?;
            if session.client().stop.reason().is_some() {
                return Err("the run is over".to_owned());
            }
            if is_waiting {
                thread::sleep(WAIT);
            }
        }
    }

    /// Takes what is kept.
    fn recall<'t>(
        &self,
        store: &dyn Store,
        open: &mut BTreeMap<&'t String, &'t String>,
        known: &mut BTreeMap<&'t String, Vec<f32>>,
    ) {
        if self.ttl == 0 || open.is_empty() {
            return;
        }
        let names: Vec<&String> = open.keys().copied().collect();
        let keys: Vec<String> = names.iter().map(|it| (*it).clone()).collect();
        let kept = store.vectors(&keys, ai::now()).unwrap_or_default();
        for (name, bytes) in names.into_iter().zip(kept) {
            if let Some(vector) = bytes.as_deref().and_then(numbers) {
                open.remove(name);
                known.insert(name, vector);
            }
        }
    }

    /// Asks for those that nobody else asks for; whether there are others.
    fn ask<'t>(
        &self,
        session: &Session,
        open: &mut BTreeMap<&'t String, &'t String>,
        known: &mut BTreeMap<&'t String, Vec<f32>>,
    ) -> Result<bool, String> {
        let client = session.client();
        let claims = self.claims.get_or_init(|| {
            let claims = Arc::new(Claims::new(Arc::clone(client.store()), self.ttl > 0));
            let held = Arc::clone(&claims);
            session.every(PULSE, move || held.renew());
            claims
        });
        let (mut own, mut waits) = (Vec::new(), false);
        for batch in batches(open) {
            let name = store::key(batch.iter().map(|it| it.as_str()));
            match claims.take(&name) {
                Claimed::Held => waits = true,
                Claimed::Mine | Claimed::Told(_) => own.push((name, batch)),
            }
        }
        let texts = own
            .iter()
            .map(|it| it.1.iter().map(|key| open[*key].clone()).collect());
        let texts: Vec<Vec<String>> = texts.collect();
        let asked = session.embed(&self.embedder, texts, |at, vectors| {
            let (name, batch) = &own[at];
            let kept = batch.iter().zip(vectors);
            let kept: Vec<(String, Vec<u8>)> =
                kept.map(|(key, it)| ((*key).clone(), bytes(it))).collect();
            if self.ttl > 0 {
                // What cannot be kept is asked for again another time.
                let _ = client.store().keep_vectors(&kept, self.ttl, ai::now());
            }
            claims.tell(name, Some(""));
            for (key, vector) in batch.iter().zip(vectors) {
                open.remove(*key);
                known.insert(key, vector.clone());
            }
        });
        if asked.is_err() {
            for (name, _) in &own {
                claims.tell(name, None);
            }
        }
        asked.map_err(|it| it.to_string())?;
        Ok(waits)
    }
}

/// Texts in batches that a server takes, the same ones for every process.
fn batches<'t>(open: &BTreeMap<&'t String, &'t String>) -> Vec<Vec<&'t String>> {
    let mut batches: Vec<Vec<&String>> = Vec::new();
    let mut size = usize::MAX;
    for (key, text) in open {
        let is_full = batches.last().is_none_or(|it| it.len() >= TEXTS);
        if is_full || size.saturating_add(text.len()) > BYTES {
            batches.push(Vec::new());
            size = 0;
        }
        size += text.len();
        if let Some(last) = batches.last_mut() {
            last.push(key);
        }
    }
    batches
}

fn bytes(vector: &[f32]) -> Vec<u8> {
    vector.iter().flat_map(|it| it.to_le_bytes()).collect()
}

/// What bytes were made of; `None` where they are damaged.
fn numbers(bytes: &[u8]) -> Option<Vec<f32>> {
    let (fours, rest) = bytes.as_chunks::<4>();
    let numbers: Vec<f32> = fours.iter().map(|it| f32::from_le_bytes(*it)).collect();
    let is_good = rest.is_empty() && !numbers.is_empty();
    (is_good && numbers.iter().all(|it| it.is_finite())).then_some(numbers)
}

impl From<Document> for Documented {
    fn from(it: Document) -> Self {
        Self {
            path: it.path,
            qualname: it.qualname,
            header: it.header,
            docstring: it.docstring,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_are_small_and_nothing_is_left_out() {
        let texts: Vec<String> = (0..200)
            .map(|it| format!("{it:03}{}", "x".repeat(it * 20)))
            .collect();
        let open: BTreeMap<&String, &String> = texts.iter().zip(&texts).collect();
        let batches = batches(&open);
        let size = |it: &Vec<&String>| it.iter().map(|it| it.len()).sum::<usize>();
        assert!(
            batches
                .iter()
                .all(|it| it.len() <= TEXTS && size(it) <= BYTES)
        );
        assert_eq!(batches.concat(), texts.iter().collect::<Vec<_>>());
        let large = "x".repeat(BYTES * 2);
        let one = BTreeMap::from([(&large, &large)]);
        assert_eq!(super::batches(&one).len(), 1);
    }

    #[test]
    fn what_is_damaged_is_asked_for_again() {
        assert_eq!(numbers(&bytes(&[0.5, -1.0])), Some(vec![0.5, -1.0]));
        assert_eq!(numbers(&[0, 0, 0]), None);
        assert_eq!(numbers(&[]), None);
        assert_eq!(numbers(&f32::NAN.to_le_bytes()), None);
    }
}
