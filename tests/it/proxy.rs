//! Proxies: heeded where the environment names them, never told of keys, and their passwords never shown.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::provider::Provider;
use crate::sandbox::{Answer, Sandbox};

/// What came in on a port of this machine, the first bytes of each connection; all of them are turned away.
struct Listener {
    port: u16,
    heads: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Listener {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&heads);
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
                let mut head = vec![0; 4096];
                let length = stream.read(&mut head).unwrap_or_default();
                head.truncate(length);
                seen.lock().unwrap().push(head);
                let _ = stream.write_all(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
            }
        });
        Self { port, heads }
    }

    /// What came in, as text.
    fn heads(&self) -> Vec<String> {
        let heads = self.heads.lock().unwrap();
        heads
            .iter()
            .map(|it| String::from_utf8_lossy(it).into_owned())
            .collect()
    }
}

const KEY: &str = "sk-k3y-that-nobody-sees";
const PASSWORD: &str = "s3cret-of-ada";

fn fix(endpoint: &str, more: &[(&str, &str)]) -> Answer {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", "def carry(load):\n    return load\n");
    let own = [
        ("OPENAI_API_KEY", KEY),
        ("OPENAI_BASE_URL", endpoint),
        ("MAX_RETRIES", "0"),
    ];
    let variables = [&own[..], more].concat();
    let answer = sandbox.docgen_in(".", &["fix", "--all", "--provider", "openai"], &variables);
    for secret in [KEY, PASSWORD, "YWRhOnMzY3JldC1vZi1hZGE"] {
        assert!(!answer.err.contains(secret), "{}", answer.err);
    }
    answer
}

#[test]
fn a_proxy_is_asked_for_a_tunnel_and_told_no_key() {
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        let proxy = Listener::new();
        let address = format!("http://ada:{PASSWORD}@127.0.0.1:{}", proxy.port);
        let answer = fix("https://api.example.com/v1", &[(name, &address)]);
        assert_eq!(answer.code, Some(1), "{}", answer.err);
        assert!(answer.err.contains("no connection"), "{}", answer.err);
        let heads = proxy.heads();
        assert_eq!(heads.len(), 1, "{name}");
        assert!(
            heads[0].starts_with("CONNECT api.example.com:443 HTTP/1.1\r\n"),
            "{}",
            heads[0]
        );
        let lower = heads[0].to_ascii_lowercase();
        assert!(
            lower.contains("\r\nproxy-authorization: basic "),
            "{}",
            heads[0]
        );
        assert!(!heads[0].contains(KEY));
    }
}

#[test]
fn a_proxy_that_is_away_is_told_without_its_password() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    let address = format!("http://ada:{PASSWORD}@127.0.0.1:{port}");
    let answer = fix("https://api.example.com/v1", &[("HTTPS_PROXY", &address)]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(answer.err.contains("no connection"), "{}", answer.err);
}

#[test]
fn what_no_proxy_names_is_asked_without_one() {
    for name in ["NO_PROXY", "no_proxy"] {
        let (proxy, server) = (Listener::new(), Listener::new());
        // Loopback, but not by its looks: what is plainly this machine has no proxy anyway.
        let endpoint = format!("https://[::ffff:127.0.0.1]:{}/v1", server.port);
        let address = format!("http://127.0.0.1:{}", proxy.port);
        fix(
            &endpoint,
            &[("HTTPS_PROXY", &address), (name, "::ffff:7f00:1")],
        );
        assert!(proxy.heads().is_empty());
        let heads = server.heads.lock().unwrap();
        assert_eq!(heads[0].first(), Some(&0x16), "a TLS handshake");
    }
}

#[test]
fn what_is_not_encrypted_never_leaves_this_machine_by_a_proxy() {
    let proxy = Listener::new();
    let address = format!("http://127.0.0.1:{}", proxy.port);
    let provider = Provider::willing();
    let endpoint = provider.variables()[1].1.clone();
    let proxies = [
        ("HTTP_PROXY", address.as_str()),
        ("http_proxy", &address),
        ("ALL_PROXY", &address),
    ];
    let answer = fix(&endpoint, &proxies);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(provider.asked().len(), 1);
    assert!(proxy.heads().is_empty(), "{:?}", proxy.heads());
}
