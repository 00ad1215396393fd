//! One file in the user's cache folder, which many processes share.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::{Counts, Entry, Spent, Statistics, Store, StoreError, Window};

/// A store in one file.
#[derive(Debug)]
pub struct Sqlite {
    connection: Mutex<Connection>,
    path: PathBuf,
}

/// How long another process may hold the file.
const PATIENCE: Duration = Duration::from_secs(10);

/// Raised with every change of the tables: a file of another version is emptied.
const VERSION: i64 = 1;

const TABLES: &str = "
    CREATE TABLE answers (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID;
    CREATE INDEX expired ON answers (expires);
    CREATE TABLE tags (tag TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (tag, key)) WITHOUT ROWID;
    CREATE INDEX tagged ON tags (key);
    CREATE TABLE spent (
        window TEXT PRIMARY KEY, requests INTEGER NOT NULL, tokens INTEGER NOT NULL, micros INTEGER NOT NULL,
        ends INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE counts (name TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
";

impl Sqlite {
    /// The store in `folder`, which is made where it is missing. A file that is broken is put aside.
    ///
    /// # Errors
    /// Where no file can be written there.
    pub fn open(folder: &Path, now: u64) -> Result<Self, StoreError> {
        private_folder(folder).map_err(|error| StoreError::Folder(folder.to_owned(), error))?;
        let path = folder.join("docgen.sqlite3");
        let connection = match connect(&path, now) {
            Ok(connection) => connection,
            Err(error) if is_broken(&error) => {
                // Another process may have been first; then there is nothing to put aside.
                let _ = fs::rename(&path, path.with_extension("broken"));
                for suffix in ["sqlite3-wal", "sqlite3-shm"] {
                    let _ = fs::remove_file(path.with_extension(suffix));
                }
                connect(&path, now)?
            }
            Err(error) => return Err(error.into()),
        };
        let connection = Mutex::new(connection);
        Ok(Self { connection, path })
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// A transaction that writes: it waits for its turn where it begins, and never fails in the middle for it.
    fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }
}

/// A folder for this user's eyes only: answers tell of source code.
fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}

fn connect(path: &Path, now: u64) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.set_prepared_statement_cache_capacity(32);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i64 = transaction.query_row("PRAGMA user_version", [], |it| it.get(0))?;
    if version != VERSION {
        for table in ["answers", "tags", "spent", "counts"] {
            transaction.execute(&format!("DROP TABLE IF EXISTS {table}"), [])?;
        }
        transaction.execute_batch(TABLES)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    let expired = transaction.execute("DELETE FROM answers WHERE expires <= ?1", [now])?;
    if expired > 0 {
        transaction.execute(
            "DELETE FROM tags WHERE key NOT IN (SELECT key FROM answers)",
            [],
        )?;
    }
    transaction.execute("DELETE FROM spent WHERE ends + 86400 <= ?1", [now])?;
    transaction.commit()?;
    Ok(connection)
}

fn is_broken(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase)
    )
}

fn spent(connection: &Connection, window: &str) -> rusqlite::Result<Spent> {
    let mut query = connection
        .prepare_cached("SELECT requests, tokens, micros FROM spent WHERE window = ?1")?;
    let row = query.query_row([window], |row| {
        Ok(Spent {
            requests: row.get(0)?,
            tokens: row.get(1)?,
            micros: row.get(2)?,
        })
    });
    Ok(row.optional()?.unwrap_or_default())
}

impl Store for Sqlite {
    fn get(&self, key: &str, now: u64) -> Result<Option<String>, StoreError> {
        let connection = self.connection();
        let mut query = connection
            .prepare_cached("SELECT value FROM answers WHERE key = ?1 AND expires > ?2")?;
        let row = query.query_row(params![key, now], |row| row.get(0));
        Ok(row.optional()?)
    }

    fn put(&self, key: &str, entry: &Entry, now: u64) -> Result<(), StoreError> {
        let expires = now.saturating_add(entry.ttl);
        self.write(|transaction| {
            let sql = "INSERT OR REPLACE INTO answers (key, value, expires) VALUES (?1, ?2, ?3)";
            let mut insert = transaction.prepare_cached(sql)?;
            insert.execute(params![key, entry.value, expires])?;
            let sql = "INSERT OR IGNORE INTO tags (tag, key) VALUES (?1, ?2)";
            let mut tag = transaction.prepare_cached(sql)?;
            for name in &entry.tags {
                tag.execute(params![name, key])?;
            }
            Ok(())
        })
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM answers WHERE key = ?1", [key])?;
            transaction.execute("DELETE FROM tags WHERE key = ?1", [key])?;
            Ok(())
        })
    }

    fn clear(&self, tag: Option<&str>) -> Result<u64, StoreError> {
        self.write(|transaction| {
            let gone = match tag {
                None => transaction.execute("DELETE FROM answers", [])?,
                Some(tag) => {
                    let sql =
                        "DELETE FROM answers WHERE key IN (SELECT key FROM tags WHERE tag = ?1)";
                    transaction.execute(sql, [tag])?
                }
            };
            let sql = "DELETE FROM tags WHERE key NOT IN (SELECT key FROM answers)";
            transaction.execute(sql, [])?;
            Ok(gone as u64)
        })
    }

    fn statistics(&self, now: u64) -> Result<Statistics, StoreError> {
        let connection = self.connection();
        let sql = "SELECT count(*), coalesce(sum(length(CAST(value AS BLOB))), 0)
                   FROM answers WHERE expires > ?1";
        let (entries, bytes) =
            connection.query_row(sql, [now], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let count = |name: &str| -> rusqlite::Result<u64> {
            let sql = "SELECT count FROM counts WHERE name = ?1";
            let row = connection.query_row(sql, [name], |row| row.get(0));
            Ok(row.optional()?.unwrap_or(0))
        };
        let counts = Counts {
            hits: count("hits")?,
            misses: count("misses")?,
            errors: count("errors")?,
        };
        Ok(Statistics {
            entries,
            bytes,
            counts,
        })
    }

    fn count(&self, counts: Counts) -> Result<(), StoreError> {
        self.write(|transaction| {
            let sql = "INSERT INTO counts (name, count) VALUES (?1, ?2)
                       ON CONFLICT (name) DO UPDATE SET count = count + excluded.count";
            let Counts {
                hits,
                misses,
                errors,
            } = counts;
            for (name, count) in [("hits", hits), ("misses", misses), ("errors", errors)] {
                transaction.execute(sql, params![name, count])?;
            }
            Ok(())
        })
    }

    fn reserve(
        &self,
        windows: &[Window],
        tokens: u64,
        _now: u64,
    ) -> Result<Option<usize>, StoreError> {
        self.write(|transaction| {
            for (at, window) in windows.iter().enumerate() {
                let spent = spent(transaction, &window.name)?;
                if !window.fits(spent, tokens) {
                    return Ok(Some(at));
                }
            }
            let sql = "INSERT INTO spent (window, requests, tokens, micros, ends) VALUES (?1, 1, ?2, 0, ?3)
                       ON CONFLICT (window) DO UPDATE SET requests = requests + 1, tokens = tokens + excluded.tokens";
            let mut take = transaction.prepare_cached(sql)?;
            for window in windows {
                take.execute(params![window.name, tokens, window.ends])?;
            }
            Ok(None)
        })
    }

    fn settle(&self, windows: &[Window], tokens: i64, micros: u64) -> Result<(), StoreError> {
        self.write(|transaction| {
            let sql = "UPDATE spent SET tokens = max(0, tokens + ?2), micros = micros + ?3 WHERE window = ?1";
            let mut give = transaction.prepare_cached(sql)?;
            for window in windows {
                give.execute(params![window.name, tokens, micros])?;
            }
            Ok(())
        })
    }

    fn spent(&self, window: &str) -> Result<Spent, StoreError> {
        Ok(spent(&self.connection(), window)?)
    }

    fn place(&self) -> String {
        self.path.display().to_string()
    }
}
