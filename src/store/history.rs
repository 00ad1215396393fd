//! What became of earlier runs: so many of each project, the newest, and of the last few each symbol.

use std::sync::PoisonError;

use redis::Commands as _;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Failover, Memory, Redis, Sqlite, StoreError};

/// So many runs of a project are kept.
pub(super) const RUNS: usize = 500;
/// Of so many of them it is kept what became of each symbol.
pub(super) const DETAILS: usize = 20;
/// A run is kept so long at most, in seconds.
const LONGEST: u64 = 400 * 86_400;

/// Keeps runs. What it says of a run is the caller's own text.
pub trait History {
    /// Keeps a run, in place of the one of the same name.
    ///
    /// # Errors
    /// Where the store cannot be written.
    fn keep(&self, run: &KeptRun) -> Result<(), StoreError>;

    /// The records of a project's runs, the newest first, so many at most.
    ///
    /// # Errors
    /// Where the store cannot be read.
    fn runs(&self, project: &str, most: usize) -> Result<Vec<String>, StoreError>;

    /// The details of one of them, where they are still kept.
    ///
    /// # Errors
    /// Where the store cannot be read.
    fn details(&self, project: &str, id: &str) -> Result<Option<String>, StoreError>;
}

/// A run to keep.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptRun {
    /// The project that it was of.
    pub project: String,
    /// Its name.
    pub id: String,
    /// When it began, in seconds since 1970.
    pub began: u64,
    /// What is said of it.
    pub record: String,
    /// What is said of each symbol.
    pub details: String,
}

/// Made when the first run is kept: files of an older docgen have no such table, and their answers are not to be lost.
const TABLE: &str = "
    CREATE TABLE IF NOT EXISTS runs (
        project TEXT NOT NULL, id TEXT NOT NULL, began INTEGER NOT NULL, record TEXT NOT NULL, details TEXT,
        UNIQUE (project, id)
    )";
/// The runs of a project, the newest first.
const NEWEST: &str = "FROM runs WHERE project = ?1 ORDER BY began DESC, rowid DESC";

fn has_table(connection: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'runs'";
    let row = connection.query_row(sql, [], |_| Ok(()));
    Ok(row.optional()?.is_some())
}

impl History for Sqlite {
    fn keep(&self, run: &KeptRun) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute(TABLE, [])?;
            let sql = "INSERT OR REPLACE INTO runs (project, id, began, record, details)
                       VALUES (?1, ?2, ?3, ?4, ?5)";
            let values = params![run.project, run.id, run.began, run.record, run.details];
            transaction.execute(sql, values)?;
            let newest = |most| format!("(SELECT rowid {NEWEST} LIMIT {most})");
            let old = newest(DETAILS);
            let sql = format!(
                "UPDATE runs SET details = NULL
                 WHERE project = ?1 AND details IS NOT NULL AND rowid NOT IN {old}"
            );
            transaction.execute(&sql, [&run.project])?;
            let old = newest(RUNS);
            let sql = format!("DELETE FROM runs WHERE project = ?1 AND rowid NOT IN {old}");
            transaction.execute(&sql, [&run.project])?;
            let sql = "DELETE FROM runs WHERE began + ?2 <= ?1";
            transaction.execute(sql, params![run.began, LONGEST])?;
            Ok(())
        })
    }

    fn runs(&self, project: &str, most: usize) -> Result<Vec<String>, StoreError> {
        let connection = self.connection();
        if !has_table(&connection)? {
            return Ok(Vec::new());
        }
        let sql = format!("SELECT record {NEWEST} LIMIT ?2");
        let mut query = connection.prepare(&sql)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = query.query_map(params![project, most], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn details(&self, project: &str, id: &str) -> Result<Option<String>, StoreError> {
        let connection = self.connection();
        if !has_table(&connection)? {
            return Ok(None);
        }
        let sql = "SELECT details FROM runs WHERE project = ?1 AND id = ?2";
        let row = connection.query_row(sql, [project, id], |row| row.get(0));
        Ok(row.optional()?.flatten())
    }
}

fn list(project: &str) -> String {
    format!("docgen:runs:{project}")
}

fn details_key(project: &str, id: &str) -> String {
    format!("docgen:run:{project}:{id}")
}

/// A list of records, the newest first, and the details of each for itself.
impl History for Redis {
    fn keep(&self, run: &KeptRun) -> Result<(), StoreError> {
        let (list, last) = (list(&run.project), RUNS.cast_signed() - 1);
        let seconds = i64::try_from(LONGEST).unwrap_or(i64::MAX);
        self.with(|it| {
            let mut pipe = redis::pipe();
            pipe.atomic().lpush(&list, &run.record).ignore();
            pipe.ltrim(&list, 0, last).ignore();
            pipe.expire(&list, seconds).ignore();
            let key = details_key(&run.project, &run.id);
            // Nothing says which runs a team will look at: the details of a month are more than enough.
            pipe.set_ex(key, &run.details, 30 * 86_400).ignore();
            pipe.query::<()>(it)
        })
    }

    fn runs(&self, project: &str, most: usize) -> Result<Vec<String>, StoreError> {
        let last = most.min(RUNS).cast_signed() - 1;
        if last < 0 {
            return Ok(Vec::new());
        }
        let records: Vec<Vec<u8>> = self.with(|it| it.lrange(list(project), 0, last))?;
        let text = |it: Vec<u8>| String::from_utf8_lossy(&it).into_owned();
        Ok(records.into_iter().map(text).collect())
    }

    fn details(&self, project: &str, id: &str) -> Result<Option<String>, StoreError> {
        let value: Option<Vec<u8>> = self.with(|it| it.get(details_key(project, id)))?;
        Ok(value.map(|it| String::from_utf8_lossy(&it).into_owned()))
    }
}

impl History for Memory {
    fn keep(&self, run: &KeptRun) -> Result<(), StoreError> {
        let mut runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        runs.retain(|it| (&it.project, &it.id) != (&run.project, &run.id));
        runs.insert(0, run.clone());
        runs.truncate(RUNS);
        Ok(())
    }

    fn runs(&self, project: &str, most: usize) -> Result<Vec<String>, StoreError> {
        let runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        let own = runs.iter().filter(|it| it.project == project).take(most);
        Ok(own.map(|it| it.record.clone()).collect())
    }

    fn details(&self, project: &str, id: &str) -> Result<Option<String>, StoreError> {
        let runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        let found = runs.iter().find(|it| it.project == project && it.id == id);
        Ok(found.map(|it| it.details.clone()))
    }
}

/// What the first does not take goes to the second.
impl History for Failover {
    fn keep(&self, run: &KeptRun) -> Result<(), StoreError> {
        self.with(|it| it.history().map_or(Ok(()), |it| it.keep(run)))
    }

    fn runs(&self, project: &str, most: usize) -> Result<Vec<String>, StoreError> {
        self.with(|it| {
            let runs = it.history().map(|it| it.runs(project, most));
            runs.unwrap_or_else(|| Ok(Vec::new()))
        })
    }

    fn details(&self, project: &str, id: &str) -> Result<Option<String>, StoreError> {
        self.with(|it| {
            let details = it.history().map(|it| it.details(project, id));
            details.unwrap_or(Ok(None))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::process::{Child, Command, Stdio};
    use std::time::Duration;

    use tempfile::TempDir;

    use super::super::Store;
    use super::*;

    const NOW: u64 = 1_800_000_000;

    fn run(project: &str, at: u64) -> KeptRun {
        KeptRun {
            project: project.to_owned(),
            id: format!("id{at}"),
            began: NOW + at,
            record: format!("record {at}"),
            details: format!("details {at}"),
        }
    }

    fn keeps_runs(store: &dyn Store) {
        let history = store.history().unwrap();
        assert_eq!(history.runs("a", 9).unwrap(), [""; 0]);
        assert_eq!(history.details("a", "id1").unwrap(), None);
        for at in 0..3 {
            history.keep(&run("a", at)).unwrap();
        }
        history.keep(&run("b", 9)).unwrap();
        assert_eq!(history.runs("a", 2).unwrap(), ["record 2", "record 1"]);
        assert_eq!(history.runs("b", 9).unwrap(), ["record 9"]);
        let details = history.details("a", "id1").unwrap();
        assert_eq!(details.as_deref(), Some("details 1"));
        assert_eq!(history.details("b", "id1").unwrap(), None);
        for at in 3..RUNS as u64 + 10 {
            history.keep(&run("a", at)).unwrap();
        }
        let runs = history.runs("a", 9999).unwrap();
        assert_eq!((runs.len(), runs[0].as_str()), (RUNS, "record 509"));
        assert_eq!(history.runs("a", 0).unwrap(), [""; 0]);
    }

    #[test]
    fn memory_keeps_runs() {
        keeps_runs(&Memory::default());
    }

    #[test]
    fn a_file_keeps_runs_and_the_details_of_the_last() {
        let folder = TempDir::new().unwrap();
        let store = Sqlite::open(folder.path(), NOW).unwrap();
        keeps_runs(&store);
        let details = |at: usize| store.details("a", &format!("id{at}")).unwrap();
        assert_eq!(
            details(RUNS + 9 - DETAILS + 1),
            Some("details 490".to_owned())
        );
        assert_eq!(details(RUNS + 9 - DETAILS), None);
        assert_eq!(History::runs(&store, "b", 9).unwrap().len(), 1);
        let mut late = run("c", 1);
        late.began += LONGEST + 100;
        store.keep(&late).unwrap();
        assert_eq!(
            History::runs(&store, "b", 9).unwrap(),
            [""; 0],
            "it was long ago"
        );
        let both = Failover::new(Box::new(store), Box::new(Memory::default()));
        assert_eq!(both.history().unwrap().runs("c", 9).unwrap().len(), 1);
    }

    /// A server that ends with the test.
    struct Server(Child);

    impl Drop for Server {
        fn drop(&mut self) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a real server is started")]
    fn a_server_keeps_runs() {
        let folder = TempDir::new().unwrap();
        let socket = folder.path().join("socket");
        let mut command = Command::new("redis-server");
        command.args(["--port", "0", "--save", "", "--unixsocket"]);
        command.arg(&socket).stdout(Stdio::null());
        let started = command.spawn();
        let _server = Server(started.expect("redis-server runs: `tests/tools` installs it"));
        for _ in 0..500 {
            if socket.exists() {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let store = Redis::open(&format!("redis+unix://{}", socket.display()));
        keeps_runs(&store.unwrap());
    }
}
