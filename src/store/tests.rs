//! Every store behind the one interface.
#![expect(
    clippy::disallowed_methods,
    reason = "a file is broken here, to see what becomes of it"
)]

use std::fs;
use std::sync::Arc;

use tempfile::TempDir;

use super::*;

pub(super) const NOW: u64 = 1_800_000_000;

pub(super) fn entry(value: &str, tags: &[&str], ttl: u64) -> Entry {
    Entry {
        value: value.to_owned(),
        tags: tags.iter().map(|it| (*it).to_owned()).collect(),
        ttl,
    }
}

pub(super) fn window(name: &str, requests: u64, tokens: u64) -> Window {
    Window {
        name: name.to_owned(),
        requests,
        tokens,
        ends: NOW + 60,
    }
}

/// What every store does.
pub(super) fn keeps_its_promises(store: &dyn Store) {
    assert_eq!(store.get("a", NOW).unwrap(), None);
    store
        .put("a", &entry("é1", &["file:a.py", "model:m"], 100), NOW)
        .unwrap();
    store
        .put("b", &entry("2", &["file:b.py", "model:m"], 100), NOW)
        .unwrap();
    store
        .put("c", &entry("3", &["file:a.py"], 100), NOW)
        .unwrap();
    assert_eq!(store.get("a", NOW + 99).unwrap().as_deref(), Some("é1"));
    store
        .put("a", &entry("11", &["file:a.py"], 100), NOW)
        .unwrap();
    assert_eq!(store.get("a", NOW).unwrap().as_deref(), Some("11"));
    store
        .count(Counts {
            hits: 2,
            misses: 1,
            errors: 0,
        })
        .unwrap();
    store
        .count(Counts {
            hits: 1,
            misses: 0,
            errors: 4,
        })
        .unwrap();
    let all = store.statistics(NOW).unwrap();
    assert_eq!((all.entries, all.bytes), (3, 4));
    assert_eq!(
        all.counts,
        Counts {
            hits: 3,
            misses: 1,
            errors: 4
        }
    );
    assert_eq!(store.clear(Some("file:a.py")).unwrap(), 2);
    assert_eq!(store.get("a", NOW).unwrap(), None);
    assert_eq!(store.get("b", NOW).unwrap().as_deref(), Some("2"));
    store.remove("b").unwrap();
    store.remove("b").unwrap();
    assert_eq!(store.clear(None).unwrap(), 0);
    keeps_budgets(store);
    keeps_claims(store);
    keeps_vectors(store);
}

fn keeps_vectors(store: &dyn Store) {
    let keys = ["one".to_owned(), "two".to_owned()];
    let one = [(keys[0].clone(), vec![0, 255, 10])];
    store.keep_vectors(&one, 100, NOW).unwrap();
    let both = store.vectors(&keys, NOW + 50).unwrap();
    assert_eq!(both, [Some(vec![0, 255, 10]), None]);
    assert_eq!(store.statistics(NOW).unwrap().entries, 0, "no answers");
    store.clear(None).unwrap();
    assert_eq!(store.vectors(&keys, NOW).unwrap(), [None, None]);
}

/// One has a piece of work at a time, and what it tells is known to all whose run had begun.
fn keeps_claims(store: &dyn Store) {
    let ms = NOW * 1000;
    let by = |holder, since| Claim {
        holder,
        lease: 300,
        since,
    };
    let (ada, bob) = (by("ada", ms), by("bob", ms));
    assert_eq!(store.claim("x", ada, ms).unwrap(), Claimed::Mine);
    assert_eq!(store.claim("x", bob, ms + 1).unwrap(), Claimed::Held);
    assert_eq!(store.claim("x", ada, ms + 1).unwrap(), Claimed::Held);
    store.tell("x", Some(("é: done", 60_000)), ms + 10).unwrap();
    let told = Claimed::Told("é: done".to_owned());
    assert_eq!(store.claim("x", bob, ms + 20).unwrap(), told);
    let later = by("eve", ms + 11);
    assert_eq!(
        store.claim("x", later, ms + 30).unwrap(),
        Claimed::Mine,
        "a later run asks again"
    );
    store.tell("x", None, ms + 40).unwrap();
    assert_eq!(store.claim("x", bob, ms + 50).unwrap(), Claimed::Mine);
    let keys = ["x".to_owned()];
    store.hold(&keys, bob, ms + 250).unwrap();
    assert_eq!(store.claim("x", ada, ms + 400).unwrap(), Claimed::Held);
    store.tell("x", None, ms + 400).unwrap();
    assert_eq!(store.statistics(NOW).unwrap().entries, 0, "no answers");
}

/// Two at once, and the third when it is due. By `now`, or by the server's own clock.
pub(super) fn keeps_the_pace(store: &dyn Store, mut now: u64, sleep: fn(Duration)) {
    let rate = Rate {
        per_minute: 600,
        burst: 2,
    };
    assert_eq!(store.turn("a", rate, now).unwrap(), None);
    assert_eq!(store.turn("a", rate, now).unwrap(), None);
    let wait = store.turn("a", rate, now).unwrap().unwrap();
    assert!(wait <= Duration::from_millis(100), "{wait:?}");
    assert_eq!(store.turn("b", rate, now).unwrap(), None, "another account");
    sleep(wait);
    now += wait.as_micros() as u64;
    assert_eq!(store.turn("a", rate, now).unwrap(), None);
    assert!(store.turn("a", rate, now).unwrap().is_some());
    let rate = Rate {
        per_minute: 3,
        burst: 3,
    };
    for _ in 0..3 {
        assert_eq!(store.turn("c", rate, now).unwrap(), None);
    }
    let wait = store.turn("c", rate, now).unwrap().unwrap();
    assert!(wait > Duration::from_secs(59), "{wait:?}");
}

#[test]
fn every_store_keeps_the_pace() {
    let folder = TempDir::new().unwrap();
    let sqlite = Sqlite::open(folder.path(), NOW).unwrap();
    for store in [&sqlite as &dyn Store, &Memory::default()] {
        keeps_the_pace(store, NOW * 1_000_000, |_| ());
    }
}

fn keeps_budgets(store: &dyn Store) {
    let both = [window("minute", 3, 1000), window("day", 100, 1500)];
    assert_eq!(store.reserve(&both, 600, NOW).unwrap(), None);
    assert_eq!(
        store.reserve(&both, 600, NOW).unwrap(),
        Some(0),
        "1,200 of 1,000"
    );
    store.settle(&both, -400, 77).unwrap();
    assert_eq!(store.reserve(&both, 600, NOW).unwrap(), None);
    let spent = Spent {
        requests: 2,
        tokens: 800,
        micros: 77,
    };
    assert_eq!(store.spent("minute").unwrap(), spent);
    let next = [window("next minute", 3, 1000), both[1].clone()];
    assert_eq!(
        store.reserve(&next, 800, NOW).unwrap(),
        Some(1),
        "the day is full"
    );
    assert_eq!(
        store.spent("next minute").unwrap(),
        Spent::default(),
        "all or none"
    );
    assert_eq!(store.reserve(&both, 10, NOW).unwrap(), None);
    assert_eq!(
        store.reserve(&both, 10, NOW).unwrap(),
        Some(0),
        "three requests"
    );
}

#[test]
fn memory_keeps_its_promises() {
    keeps_its_promises(&Memory::default());
}

#[test]
fn sqlite_keeps_its_promises() {
    let folder = TempDir::new().unwrap();
    keeps_its_promises(&Sqlite::open(&folder.path().join("a/b"), NOW).unwrap());
}

#[test]
fn memory_forgets_what_was_longest_not_asked_for() {
    let store = Memory::default();
    for at in 0..1000 {
        store
            .put(&at.to_string(), &entry("x", &[], 100), NOW)
            .unwrap();
    }
    store.get("0", NOW).unwrap();
    store.put("new", &entry("x", &[], 100), NOW).unwrap();
    assert!(store.get("0", NOW).unwrap().is_some());
    assert!(store.get("1", NOW).unwrap().is_none());
    assert_eq!(store.statistics(NOW).unwrap().entries, 1000);
}

#[test]
fn answers_expire() {
    let folder = TempDir::new().unwrap();
    let sqlite = Sqlite::open(folder.path(), NOW).unwrap();
    for store in [&sqlite as &dyn Store, &Memory::default()] {
        store.put("a", &entry("1", &["t"], 10), NOW).unwrap();
        assert!(store.get("a", NOW + 9).unwrap().is_some());
        assert_eq!(store.get("a", NOW + 10).unwrap(), None);
        assert_eq!(store.statistics(NOW + 10).unwrap().entries, 0);
    }
    drop(sqlite);
    let later = Sqlite::open(folder.path(), NOW + 10).unwrap();
    assert_eq!(
        later.clear(None).unwrap(),
        0,
        "what expired is gone from the file"
    );
}

#[test]
fn a_broken_file_is_put_aside() {
    let folder = TempDir::new().unwrap();
    fs::write(
        folder.path().join("docgen.sqlite3"),
        "no database, but long enough to be looked at ".repeat(99),
    )
    .unwrap();
    let store = Sqlite::open(folder.path(), NOW).unwrap();
    store.put("a", &entry("1", &[], 10), NOW).unwrap();
    assert!(folder.path().join("docgen.broken").exists());
    let nowhere = Sqlite::open(&folder.path().join("docgen.sqlite3/x"), NOW);
    assert!(matches!(nowhere, Err(StoreError::Folder(..))));
}

#[cfg(unix)]
#[test]
fn the_folder_is_its_users_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = TempDir::new().unwrap();
    let inner = folder.path().join("docgen");
    Sqlite::open(&inner, NOW).unwrap();
    let mode = fs::metadata(&inner).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

/// `SQLite` does not wait where a file's journal is changed while another process is at it: it says "locked" at once. And
/// who finds the file broken must not put aside what another has made meanwhile.
#[test]
fn all_who_come_first_at_once_share_the_file() {
    for round in 0..40 {
        let folder = TempDir::new().unwrap();
        if round % 2 == 1 {
            fs::write(folder.path().join("docgen.sqlite3"), "no database at all").unwrap();
        }
        let start = std::sync::Barrier::new(8);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    start.wait();
                    let store = Sqlite::open(folder.path(), NOW).unwrap();
                    store.reserve(&[window("day", 8, 8)], 1, NOW).unwrap();
                });
            }
        });
        let store = Sqlite::open(folder.path(), NOW).unwrap();
        assert_eq!(store.spent("day").unwrap().requests, 8, "round {round}");
    }
}

#[test]
fn many_at_once_never_take_more_than_there_is() {
    let folder = Arc::new(TempDir::new().unwrap());
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let folder = Arc::clone(&folder);
            std::thread::spawn(move || {
                // Each has a connection of its own, as processes have.
                let store = Sqlite::open(folder.path(), NOW).unwrap();
                let one = [window("minute", 10_000, 2_000)];
                let taken = (0..400).filter(|_| store.reserve(&one, 5, NOW).unwrap().is_none());
                taken.count()
            })
        })
        .collect();
    let taken: usize = threads.into_iter().map(|it| it.join().unwrap()).sum();
    assert_eq!(taken, 400);
}

/// A store that always fails.
#[derive(Debug)]
struct Broken;

fn fail<T>() -> Result<T, StoreError> {
    Err(StoreError::Address)
}

impl Store for Broken {
    fn get(&self, _: &str, _: u64) -> Result<Option<String>, StoreError> {
        fail()
    }
    fn put(&self, _: &str, _: &Entry, _: u64) -> Result<(), StoreError> {
        fail()
    }
    fn remove(&self, _: &str) -> Result<(), StoreError> {
        fail()
    }
    fn clear(&self, _: Option<&str>) -> Result<u64, StoreError> {
        fail()
    }
    fn statistics(&self, _: u64) -> Result<Statistics, StoreError> {
        fail()
    }
    fn count(&self, _: Counts) -> Result<(), StoreError> {
        fail()
    }
    fn reserve(&self, _: &[Window], _: u64, _: u64) -> Result<Option<usize>, StoreError> {
        fail()
    }
    fn settle(&self, _: &[Window], _: i64, _: u64) -> Result<(), StoreError> {
        fail()
    }
    fn spent(&self, _: &str) -> Result<Spent, StoreError> {
        fail()
    }
    fn turn(&self, _: &str, _: Rate, _: u64) -> Result<Option<Duration>, StoreError> {
        fail()
    }
    fn claim(&self, _: &str, _: Claim<'_>, _: u64) -> Result<Claimed, StoreError> {
        fail()
    }
    fn hold(&self, _: &[String], _: Claim<'_>, _: u64) -> Result<(), StoreError> {
        fail()
    }
    fn tell(&self, _: &str, _: Option<(&str, u64)>, _: u64) -> Result<(), StoreError> {
        fail()
    }
    fn vectors(&self, _: &[String], _: u64) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        fail()
    }
    fn keep_vectors(&self, _: &[(String, Vec<u8>)], _: u64, _: u64) -> Result<(), StoreError> {
        fail()
    }
    fn place(&self) -> String {
        "a broken place".to_owned()
    }
}

#[test]
fn what_fails_is_told_once_and_the_second_goes_on() {
    let store = Failover::new(Box::new(Broken), Box::new(Memory::default()));
    keeps_its_promises(&store);
    let complaint = store.complaint().unwrap();
    assert!(complaint.contains("a broken place"), "{complaint}");
    assert!(
        complaint.ends_with("going on with this process's memory"),
        "{complaint}"
    );
    assert_eq!(store.complaint(), None);
}

#[test]
fn no_two_lists_of_parts_share_a_key() {
    assert_ne!(key(["ab", "c"]), key(["a", "bc"]));
    assert_ne!(key(["a"]), key(["a", ""]));
    assert_eq!(key(["a", "b"]), key(["a", "b"]));
    assert_eq!(key(["a"]).len(), 64);
}
