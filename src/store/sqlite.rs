//! One file in the user's cache folder, which many processes share.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::tables::{PATIENCE, connect};
use super::{
    Claim, Claimed, Counts, Entry, History, Rate, Spent, Statistics, Store, StoreError, Window,
};

/// A store in one file.
#[derive(Debug)]
pub struct Sqlite {
    connection: Mutex<Connection>,
    path: PathBuf,
}

impl Sqlite {
    /// The store in `folder`, which is made where it is missing. A file that is broken is put aside.
    ///
    /// # Errors
    /// Where no file can be written there.
    pub fn open(folder: &Path, now: u64) -> Result<Self, StoreError> {
        private_folder(folder).map_err(|error| StoreError::Folder(folder.to_owned(), error))?;
        let path = folder.join("docgen.sqlite3");
        // SQLite does not wait where the journal of a file is changed, and who puts a broken file aside must not meet
        // the good one that another process has just made.
        let _turn = first_turn(&folder.join("docgen.lock"));
        let connection = match connect(&path, now) {
            Ok(connection) => connection,
            Err(error) if is_broken(&error) => {
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

    pub(super) fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// A transaction that writes: it waits for its turn where it begins, and never fails in the middle for it.
    pub(super) fn write<T>(
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

/// Holds the file at `path` until it is dropped, so that one process at a time opens the store. Where it cannot be had,
/// as on a disk that knows no locks, or in time, there is none: opening then goes well nearly always.
#[expect(
    clippy::disallowed_methods,
    reason = "the store is a door: this is its lock"
)]
fn first_turn(path: &Path) -> Option<File> {
    const STEP: Duration = Duration::from_millis(2);
    let file = File::create(path).ok()?;
    for _ in 0..PATIENCE.as_millis() / STEP.as_millis() {
        match file.try_lock() {
            Ok(()) => return Some(file),
            Err(TryLockError::WouldBlock) => thread::sleep(STEP),
            Err(TryLockError::Error(_)) => return None,
        }
    }
    None
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

/// Whose a piece of work is; `Mine` where it is to be had.
fn claimed(
    connection: &Connection,
    key: &str,
    claim: Claim<'_>,
    now: u64,
) -> rusqlite::Result<Claimed> {
    let sql = "SELECT told, at FROM work WHERE key = ?1 AND expires > ?2";
    let mut query = connection.prepare_cached(sql)?;
    let row = query.query_row(params![key, now], |row| {
        Ok((row.get::<_, Option<String>>(0)?, row.get::<_, u64>(1)?))
    });
    Ok(match row.optional()? {
        Some((None, _)) => Claimed::Held,
        Some((Some(told), at)) if at >= claim.since => Claimed::Told(told),
        _ => Claimed::Mine,
    })
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
        self.put_all(&[key], entry, now)
    }

    fn put_all(&self, keys: &[&str], entry: &Entry, now: u64) -> Result<(), StoreError> {
        let expires = now.saturating_add(entry.ttl);
        self.write(|transaction| {
            let sql = "INSERT OR REPLACE INTO answers (key, value, expires) VALUES (?1, ?2, ?3)";
            let mut insert = transaction.prepare_cached(sql)?;
            let sql = "INSERT OR IGNORE INTO tags (tag, key) VALUES (?1, ?2)";
            let mut tag = transaction.prepare_cached(sql)?;
            for key in keys {
                insert.execute(params![key, entry.value, expires])?;
                for name in &entry.tags {
                    tag.execute(params![name, key])?;
                }
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
                None => {
                    transaction.execute("DELETE FROM vectors", [])?;
                    transaction.execute("DELETE FROM answers", [])?
                }
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

    fn turn(&self, name: &str, rate: Rate, now: u64) -> Result<Option<Duration>, StoreError> {
        self.write(|transaction| {
            let sql = "SELECT due, count FROM due WHERE name = ?1";
            let mut query = transaction.prepare_cached(sql)?;
            let row = query.query_row([name], |row| Ok((row.get(0)?, row.get(1)?)));
            let (due, count): (u64, u64) = row.optional()?.unwrap_or_default();
            let mut oldest = None;
            if let Some(number) = count.checked_sub(rate.most()) {
                let sql = "SELECT at FROM went WHERE name = ?1 AND number = ?2";
                let mut query = transaction.prepare_cached(sql)?;
                let row = query.query_row(params![name, number], |row| row.get(0));
                oldest = row.optional()?;
                let sql = "DELETE FROM went WHERE name = ?1 AND number < ?2";
                let mut forget = transaction.prepare_cached(sql)?;
                forget.execute(params![name, number])?;
            }
            let due = match rate.turn(due, oldest, now) {
                Ok(due) => due,
                Err(wait) => return Ok(Some(wait)),
            };
            let sql = "INSERT OR REPLACE INTO due (name, due, count) VALUES (?1, ?2, ?3)";
            let mut take = transaction.prepare_cached(sql)?;
            take.execute(params![name, due, count + 1])?;
            let sql = "INSERT OR REPLACE INTO went (name, number, at) VALUES (?1, ?2, ?3)";
            let mut note = transaction.prepare_cached(sql)?;
            note.execute(params![name, count, now])?;
            Ok(None)
        })
    }

    fn claim(&self, key: &str, claim: Claim<'_>, now: u64) -> Result<Claimed, StoreError> {
        // Who waits looks often, and must not keep those away who write.
        let seen = claimed(&self.connection(), key, claim, now)?;
        if seen != Claimed::Mine {
            return Ok(seen);
        }
        self.write(|transaction| {
            let seen = claimed(transaction, key, claim, now)?;
            if seen == Claimed::Mine {
                let sql = "INSERT OR REPLACE INTO work (key, holder, told, at, expires)
                           VALUES (?1, ?2, NULL, ?3, ?4)";
                let mut take = transaction.prepare_cached(sql)?;
                take.execute(params![key, claim.holder, now, now + claim.lease])?;
            }
            Ok(seen)
        })
    }

    fn hold(&self, keys: &[String], claim: Claim<'_>, now: u64) -> Result<(), StoreError> {
        self.write(|transaction| {
            let sql =
                "INSERT INTO work (key, holder, told, at, expires) VALUES (?1, ?2, NULL, ?3, ?4)
                       ON CONFLICT (key) DO UPDATE SET expires = excluded.expires
                       WHERE holder = excluded.holder AND told IS NULL";
            let mut hold = transaction.prepare_cached(sql)?;
            for key in keys {
                hold.execute(params![key, claim.holder, now, now + claim.lease])?;
            }
            Ok(())
        })
    }

    fn tell(&self, key: &str, told: Option<(&str, u64)>, now: u64) -> Result<(), StoreError> {
        self.write(|transaction| {
            let Some((text, ttl)) = told else {
                return transaction.execute("DELETE FROM work WHERE key = ?1", [key]);
            };
            let sql = "INSERT OR REPLACE INTO work (key, holder, told, at, expires)
                       VALUES (?1, '', ?2, ?3, ?4)";
            let mut tell = transaction.prepare_cached(sql)?;
            tell.execute(params![key, text, now, now + ttl])
        })?;
        Ok(())
    }

    fn vectors(&self, keys: &[String], now: u64) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let connection = self.connection();
        let sql = "SELECT value FROM vectors WHERE key = ?1 AND expires > ?2";
        let mut query = connection.prepare_cached(sql)?;
        let mut of = |key: &String| {
            query
                .query_row(params![key, now], |row| row.get(0))
                .optional()
        };
        let all: rusqlite::Result<Vec<Option<Vec<u8>>>> = keys.iter().map(&mut of).collect();
        Ok(all?)
    }

    fn keep_vectors(
        &self,
        vectors: &[(String, Vec<u8>)],
        ttl: u64,
        now: u64,
    ) -> Result<(), StoreError> {
        let expires = now.saturating_add(ttl);
        self.write(|transaction| {
            let sql = "INSERT OR REPLACE INTO vectors (key, value, expires) VALUES (?1, ?2, ?3)";
            let mut keep = transaction.prepare_cached(sql)?;
            for (key, bytes) in vectors {
                keep.execute(params![key, bytes, expires])?;
            }
            Ok(())
        })
    }

    fn spent(&self, window: &str) -> Result<Spent, StoreError> {
        Ok(spent(&self.connection(), window)?)
    }

    fn history(&self) -> Option<&dyn History> {
        Some(self)
    }

    fn place(&self) -> String {
        self.path.display().to_string()
    }
}
