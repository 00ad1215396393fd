//! A server that a team shares: the same answers and the same budgets for all of its machines.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use redis::{Client, Commands as _, Connection, Script};

use super::scripts::{CLAIM, HOLD, RESERVE, SETTLE, TELL, TURN};
use super::{
    Claim, Claimed, Counts, Entry, History, Rate, Spent, Statistics, Store, StoreError, Window,
};

/// A store on a server.
pub struct Redis {
    client: Client,
    connection: Mutex<Option<Connection>>,
    place: String,
    scripts: Scripts,
}

/// What the server does in one step.
struct Scripts {
    reserve: Script,
    settle: Script,
    turn: Script,
    claim: Script,
    hold: Script,
    tell: Script,
}

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// What every key begins with.
const PREFIX: &str = "docgen:";
/// How long the use of a window is kept after its end, in seconds.
const AFTERWARDS: u64 = 86_400;

impl fmt::Debug for Redis {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Redis")
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

impl Redis {
    /// The store on the server at `address` (`redis://` or, over TLS, `rediss://`), which must answer.
    ///
    /// # Errors
    /// Where it does not, or refuses the password.
    pub fn open(address: &str) -> Result<Self, StoreError> {
        // The library's error shows the address, and with it the password.
        let client = Client::open(address).map_err(|_| StoreError::Address)?;
        let place = client.get_connection_info().addr().to_string();
        let store = Self {
            client,
            connection: Mutex::new(None),
            place,
            scripts: Scripts {
                reserve: Script::new(RESERVE),
                settle: Script::new(SETTLE),
                turn: Script::new(TURN),
                claim: Script::new(CLAIM),
                hold: Script::new(HOLD),
                tell: Script::new(TELL),
            },
        };
        store.with(|it| redis::cmd("PING").query::<String>(it))?;
        Ok(store)
    }

    /// Does `work` on the connection, made anew where it broke.
    pub(super) fn with<T>(
        &self,
        mut work: impl FnMut(&mut Connection) -> redis::RedisResult<T>,
    ) -> Result<T, StoreError> {
        let mut held = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(connection) = held.as_mut() {
            match work(connection) {
                Err(error) if error.is_io_error() || error.is_connection_dropped() => {}
                done => return Ok(done?),
            }
        }
        *held = None;
        let mut connection = self.client.get_connection_with_timeout(PATIENCE)?;
        connection.set_read_timeout(Some(PATIENCE))?;
        connection.set_write_timeout(Some(PATIENCE))?;
        let done = work(&mut connection)?;
        *held = Some(connection);
        Ok(done)
    }

    /// The keys that match a pattern.
    fn scan(&self, pattern: &str) -> Result<Vec<String>, StoreError> {
        self.with(|it| it.scan_match(format!("{PREFIX}{pattern}"))?.collect())
    }
}

fn answer(key: &str) -> String {
    format!("{PREFIX}answer:{key}")
}

fn tag(name: &str) -> String {
    format!("{PREFIX}tag:{name}")
}

fn work(key: &str) -> String {
    format!("{PREFIX}work:{key}")
}

fn vector(key: &str) -> String {
    format!("{PREFIX}vector:{key}")
}

fn window(name: &str) -> String {
    format!("{PREFIX}spent:{name}")
}

impl Store for Redis {
    fn get(&self, key: &str, _now: u64) -> Result<Option<String>, StoreError> {
        // Bytes, for what somebody else wrote may be no text.
        let value: Option<Vec<u8>> = self.with(|it| it.get(answer(key)))?;
        Ok(value.map(|it| String::from_utf8_lossy(&it).into_owned()))
    }

    fn put(&self, key: &str, entry: &Entry, _now: u64) -> Result<(), StoreError> {
        let ttl = entry.ttl.max(1);
        self.with(|it| {
            let mut pipe = redis::pipe();
            pipe.atomic()
                .set_ex(answer(key), &entry.value, ttl)
                .ignore();
            for name in &entry.tags {
                let seconds = i64::try_from(ttl).unwrap_or(i64::MAX);
                pipe.sadd(tag(name), key).ignore();
                pipe.expire(tag(name), seconds).ignore();
            }
            pipe.query::<()>(it)
        })
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.with(|it| it.del(answer(key)))
    }

    fn clear(&self, name: Option<&str>) -> Result<u64, StoreError> {
        let answers = match name {
            None => self.scan("answer:*")?,
            Some(name) => {
                let keys: Vec<String> = self.with(|it| it.smembers(tag(name)))?;
                keys.iter().map(|it| answer(it)).collect()
            }
        };
        let mut gone = 0;
        for part in answers.chunks(500) {
            gone += self.with(|it| it.del::<_, u64>(part))?;
        }
        let tags = match name {
            None => self.scan("tag:*")?,
            Some(name) => vec![tag(name)],
        };
        let vectors = match name {
            None => self.scan("vector:*")?,
            Some(_) => Vec::new(),
        };
        for part in tags.chunks(500).chain(vectors.chunks(500)) {
            self.with(|it| it.del::<_, ()>(part))?;
        }
        Ok(gone)
    }

    fn statistics(&self, _now: u64) -> Result<Statistics, StoreError> {
        let answers = self.scan("answer:*")?;
        let mut bytes = 0;
        for part in answers.chunks(500) {
            let lengths: Vec<u64> = self.with(|it| {
                let mut pipe = redis::pipe();
                for key in part {
                    pipe.strlen(key);
                }
                pipe.query(it)
            })?;
            bytes += lengths.iter().sum::<u64>();
        }
        let names = ["hits", "misses", "errors"];
        let counts: [Option<u64>; 3] = self.with(|it| {
            redis::cmd("HMGET")
                .arg(format!("{PREFIX}counts"))
                .arg(&names)
                .query(it)
        })?;
        let [hits, misses, errors] = counts.map(Option::unwrap_or_default);
        Ok(Statistics {
            entries: answers.len() as u64,
            bytes,
            counts: Counts {
                hits,
                misses,
                errors,
            },
        })
    }

    fn count(&self, counts: Counts) -> Result<(), StoreError> {
        let key = format!("{PREFIX}counts");
        let Counts {
            hits,
            misses,
            errors,
        } = counts;
        self.with(|it| {
            let mut pipe = redis::pipe();
            for (name, count) in [("hits", hits), ("misses", misses), ("errors", errors)] {
                pipe.hincr(&key, name, count).ignore();
            }
            pipe.query::<()>(it)
        })
    }

    fn reserve(
        &self,
        windows: &[Window],
        tokens: u64,
        now: u64,
    ) -> Result<Option<usize>, StoreError> {
        let full: usize = self.with(|it| {
            let mut call = self.scripts.reserve.prepare_invoke();
            call.arg(tokens);
            for one in windows {
                call.key(window(&one.name));
                call.arg(one.requests).arg(one.tokens);
                call.arg(one.ends.saturating_sub(now) + AFTERWARDS);
            }
            call.invoke(it)
        })?;
        Ok(full.checked_sub(1))
    }

    fn settle(&self, windows: &[Window], tokens: i64, micros: u64) -> Result<(), StoreError> {
        self.with(|it| {
            let mut call = self.scripts.settle.prepare_invoke();
            for one in windows {
                call.key(window(&one.name));
            }
            call.arg(tokens).arg(micros).invoke(it)
        })
    }

    fn turn(&self, name: &str, rate: Rate, _now: u64) -> Result<Option<Duration>, StoreError> {
        let lead = rate.interval() * (u64::from(rate.burst.max(1)) - 1);
        let wait: u64 = self.with(|it| {
            let mut call = self.scripts.turn.prepare_invoke();
            call.key(format!("{PREFIX}due:{name}"))
                .key(format!("{PREFIX}went:{name}"));
            call.arg(rate.most()).arg(rate.interval()).arg(lead);
            call.invoke(it)
        })?;
        Ok((wait > 0).then(|| Duration::from_micros(wait)))
    }

    fn claim(&self, key: &str, claim: Claim<'_>, now: u64) -> Result<Claimed, StoreError> {
        let (state, told): (u8, Vec<u8>) = self.with(|it| {
            let mut call = self.scripts.claim.prepare_invoke();
            call.key(work(key)).arg(claim.holder).arg(claim.lease);
            call.arg(claim.since).arg(now).invoke(it)
        })?;
        Ok(match state {
            0 => Claimed::Mine,
            1 => Claimed::Held,
            _ => Claimed::Told(String::from_utf8_lossy(&told).into_owned()),
        })
    }

    fn hold(&self, keys: &[String], claim: Claim<'_>, _now: u64) -> Result<(), StoreError> {
        for part in keys.chunks(500) {
            self.with(|it| {
                let mut call = self.scripts.hold.prepare_invoke();
                for key in part {
                    call.key(work(key));
                }
                call.arg(claim.holder).arg(claim.lease).invoke::<()>(it)
            })?;
        }
        Ok(())
    }

    fn tell(&self, key: &str, told: Option<(&str, u64)>, now: u64) -> Result<(), StoreError> {
        let Some((text, ttl)) = told else {
            return self.with(|it| it.del(work(key)));
        };
        self.with(|it| {
            let mut call = self.scripts.tell.prepare_invoke();
            call.key(work(key)).arg(text).arg(now).arg(ttl).invoke(it)
        })
    }

    fn vectors(&self, keys: &[String], _now: u64) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let mut all = Vec::with_capacity(keys.len());
        for part in keys.chunks(500) {
            let names: Vec<String> = part.iter().map(|it| vector(it)).collect();
            let found: Vec<Option<Vec<u8>>> =
                self.with(|it| redis::cmd("MGET").arg(&names).query(it))?;
            all.extend(found);
        }
        Ok(all)
    }

    fn keep_vectors(
        &self,
        vectors: &[(String, Vec<u8>)],
        ttl: u64,
        _now: u64,
    ) -> Result<(), StoreError> {
        for part in vectors.chunks(500) {
            self.with(|it| {
                let mut pipe = redis::pipe();
                for (key, bytes) in part {
                    pipe.set_ex(vector(key), bytes, ttl.max(1)).ignore();
                }
                pipe.query::<()>(it)
            })?;
        }
        Ok(())
    }

    fn spent(&self, name: &str) -> Result<Spent, StoreError> {
        let names = ["requests", "tokens", "micros"];
        let values: [Option<i64>; 3] =
            self.with(|it| redis::cmd("HMGET").arg(window(name)).arg(&names).query(it))?;
        let value = |it: Option<i64>| u64::try_from(it.unwrap_or(0)).unwrap_or(0);
        Ok(Spent {
            requests: value(values[0]),
            tokens: value(values[1]),
            micros: value(values[2]),
        })
    }

    fn history(&self) -> Option<&dyn History> {
        Some(self)
    }

    fn place(&self) -> String {
        format!("Redis at {}", self.place)
    }
}
