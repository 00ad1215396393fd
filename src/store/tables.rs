//! The tables of the file, made where they are missing, and cleared of what has expired.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

/// How long another process may hold the file.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// Raised with every change of the tables: a file of another version is emptied.
const VERSION: i64 = 1;

/// Tables that came later, made where they are missing: what else is in the file stays.
const LATER: &str = "
    CREATE TABLE IF NOT EXISTS due (name TEXT PRIMARY KEY, due INTEGER NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS went (
        name TEXT NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (name, number)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS work (
        key TEXT PRIMARY KEY, holder TEXT NOT NULL, told TEXT, at INTEGER NOT NULL, expires INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, value BLOB NOT NULL, expires INTEGER NOT NULL);
";

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

/// The file at `path`, ready to be used.
pub(super) fn connect(path: &Path, now: u64) -> rusqlite::Result<Connection> {
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
    transaction.execute_batch(LATER)?;
    let ms = now.saturating_mul(1000);
    transaction.execute("DELETE FROM work WHERE expires <= ?1", [ms])?;
    transaction.execute("DELETE FROM vectors WHERE expires <= ?1", [now])?;
    transaction.commit()?;
    Ok(connection)
}
