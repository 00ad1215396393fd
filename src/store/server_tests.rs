//! A real Redis server: what a team shares, and what is left without it.
#![expect(
    clippy::disallowed_methods,
    reason = "a server is started here, to be lost"
)]

use tempfile::TempDir;

use super::tests::{NOW, entry, keeps_its_promises, keeps_the_pace, window};
use super::*;

/// A real server on a port of its own, which ends with the test.
struct Server(std::process::Child, u16);

impl Server {
    fn start() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let mut command = std::process::Command::new("redis-server");
        command.args(["--save", "", "--bind", "127.0.0.1", "--port"]);
        command
            .arg(port.to_string())
            .stdout(std::process::Stdio::null());
        let started = command
            .spawn()
            .expect("redis-server runs: `tests/tools` installs it");
        let server = Self(started, port);
        for _ in 0..200 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return server;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("redis-server does not start");
    }

    fn open(&self) -> Redis {
        Redis::open(&format!("redis://127.0.0.1:{}/", self.1)).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn redis_keeps_its_promises() {
    let server = Server::start();
    let store = server.open();
    keeps_its_promises(&store);
    keeps_the_pace(&store, 0, std::thread::sleep);
    let windows = [window("gone", 9, 900)];
    store.settle(&windows, -5, 7).unwrap();
    assert_eq!(
        store.spent("gone").unwrap(),
        Spent::default(),
        "what is lost is not settled"
    );
}

#[test]
fn a_server_that_comes_back_empty_lets_no_second_burst_go() {
    let server = Server::start();
    let folder = TempDir::new().unwrap();
    let sqlite = Sqlite::open(folder.path(), NOW).unwrap();
    let both = Failover::mirrored(Box::new(server.open()), Box::new(sqlite));
    let rate = Rate {
        per_minute: 60,
        burst: 3,
    };
    let now = NOW * 1_000_000;
    let turn = |at| both.turn("x", rate, at).unwrap();
    assert_eq!([turn(now), turn(now), turn(now)], [None; 3]);
    let redis = server.open();
    redis
        .with(|it| ::redis::cmd("FLUSHALL").query::<()>(it))
        .unwrap();
    let wait = turn(now).unwrap();
    assert!(wait > Duration::from_millis(900), "{wait:?}");
    assert_eq!(turn(now + 1_000_000), None);
}

#[test]
fn clocks_that_differ_a_little_hold_nobody_up() {
    let server = Server::start();
    let both = Failover::mirrored(Box::new(server.open()), Box::new(Memory::default()));
    let rate = Rate {
        per_minute: 120,
        burst: 1,
    };
    let now = NOW * 1_000_000;
    assert_eq!(both.turn("x", rate, now).unwrap(), None);
    std::thread::sleep(Duration::from_millis(520));
    // By this machine's clock, 40 ms of the half second are still to come.
    assert_eq!(both.turn("x", rate, now + 460_000).unwrap(), None);
}

#[test]
fn what_is_lost_with_a_server_its_machine_knows() {
    let server = Server::start();
    let folder = TempDir::new().unwrap();
    let both = || {
        let sqlite = Sqlite::open(folder.path(), NOW).unwrap();
        Failover::mirrored(Box::new(server.open()), Box::new(sqlite))
    };
    let (one, two) = (both(), both());
    let ms = NOW * 1000;
    let by = |holder| Claim {
        holder,
        lease: 60_000,
        since: ms,
    };
    one.put("a", &entry("1", &[], 100), NOW).unwrap();
    let day = [window("day", 2, 1000)];
    assert_eq!(one.reserve(&day, 10, NOW).unwrap(), None);
    assert_eq!(one.claim("x", by("one"), ms).unwrap(), Claimed::Mine);
    // One has lost the server, and the other has not noticed.
    let alone = Sqlite::open(folder.path(), NOW).unwrap();
    assert_eq!(alone.claim("y", by("alone"), ms).unwrap(), Claimed::Mine);
    assert_eq!(two.claim("y", by("two"), ms).unwrap(), Claimed::Held);
    drop(server);
    assert_eq!(two.get("a", NOW).unwrap().as_deref(), Some("1"));
    assert_eq!(two.claim("x", by("two"), ms).unwrap(), Claimed::Held);
    assert_eq!(two.reserve(&day, 10, NOW).unwrap(), None);
    assert_eq!(two.reserve(&day, 10, NOW).unwrap(), Some(0), "two of two");
    let complaint = two.complaint().unwrap();
    assert!(complaint.contains("going on with"), "{complaint}");
}
