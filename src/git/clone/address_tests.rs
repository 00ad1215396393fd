//! Addresses that are cloned, those that are refused, and that none shows a password.

use std::path::Path;

use super::address::{Address, AddressError, Scheme};

fn read(text: &str) -> Result<Address, AddressError> {
    Address::read(Path::new(text), false).unwrap()
}

fn reason(text: &str) -> String {
    read(text).unwrap_err().to_string()
}

#[test]
fn paths_are_no_addresses() {
    for path in [
        "a.py",
        "src",
        "a@b/c:d.py",
        "c://x",
        "C:\\x",
        "me@host",
        "ext::sh -c x",
        "-",
        "a:b",
    ] {
        assert_eq!(Address::read(Path::new(path), true), None, "{path}");
    }
}

#[test]
fn a_name_and_a_password_stand_nowhere_but_in_the_secret() {
    let it = read("https://me:s%40fe@host.org:8443/me/it.git#v1:src/pkg").unwrap();
    assert_eq!(it.told, "https://host.org:8443/me/it.git");
    assert_eq!(
        (it.shown(), it.origin.as_str()),
        (it.told.as_str(), "https://host.org:8443")
    );
    assert_eq!(it.secret.password.as_deref(), Some("s@fe"));
    assert_eq!(
        (it.revision.as_deref(), it.folder()),
        (Some("v1"), Some("src/pkg"))
    );
    assert!(!format!("{it:?}").contains("fe@"), "{it:?}");
}

#[test]
fn a_repository_is_called_as_its_address_ends() {
    let name = |text| read(text).unwrap().name();
    assert_eq!(name("https://h/me/it.git"), "it");
    assert_eq!(name("git@h:it.git"), "it");
    assert_eq!(name("ssh://h/..%2f.git/"), "2f");
    assert_eq!(name("https://h/%20/.git"), "repository");
}

#[test]
fn what_cannot_be_read_shows_nothing_of_itself() {
    for text in [
        "https://me:safe@",
        "https://me:safe@ho st/it",
        "https://me:safe@[::1/it",
        "ssh://me:safe@x:y/it",
    ] {
        let error = format!("{:?}", read(text).unwrap_err());
        assert!(!error.contains("safe"), "{error}");
    }
}

#[test]
fn options_of_ssh_are_no_servers() {
    for text in [
        "ssh://-oProxyCommand=x/it",
        "ssh://%2doProxyCommand=x/it",
        "ssh://git@-oX/it",
        "git://-x/it",
    ] {
        assert!(
            reason(text).contains("no server"),
            "{text}: {}",
            reason(text)
        );
    }
    assert!(reason("ssh://-oX@host/it").contains("a user that there cannot be"));
    assert_eq!(Address::read(Path::new("git@-oX:it"), true), None);
    assert_eq!(Address::read(Path::new("-oX@host:it"), true), None);
}

#[test]
fn only_known_ways_lead_to_a_repository() {
    assert!(reason("http://example.org/it").contains("not encrypted"));
    assert!(reason("http://127.0.0.1.example.org/it").contains("not encrypted"));
    assert!(reason("file:///srv/it").contains("on this machine"));
    assert!(reason("git+https://host/it").contains("as pip does"));
    assert!(reason("ftp://host/it").contains("does not know"));
    assert!(reason("https://host/it?x=y").contains("`?`"));
    assert!(reason("https://host").contains("no repository"));
    assert!(reason("ssh://me:pw@host/it").contains("a password"));
    for text in [
        "http://127.0.0.1:80/it",
        "http://[::1]/it",
        "http://localhost/it",
        "git://host/it",
        "ssh://h/~me/it",
    ] {
        assert!(read(text).is_ok(), "{text}");
    }
    let file = Address::read(Path::new("file:///srv/it"), true).unwrap();
    assert_eq!(file.unwrap().told, "file:///srv/it");
    assert!(
        Address::read(Path::new("file://host/it"), true)
            .unwrap()
            .is_err()
    );
}

#[test]
fn the_short_form_is_ssh() {
    let it = read("git@host.org:me/it.git#main").unwrap();
    assert_eq!(
        (it.scheme, it.told.as_str()),
        (Scheme::Ssh, "git@host.org:me/it.git")
    );
    assert_eq!(it.revision.as_deref(), Some("main"));
}

#[test]
fn a_revision_is_no_option_and_no_refspec() {
    for odd in [
        "-x", "+main", "a:../b", "a..b", "a%20b", "@{1}", "x.lock", "^a", "main:/..", "a~1",
    ] {
        assert!(read(&format!("https://h/it#{odd}")).is_err(), "{odd}");
    }
    for fine in ["v1.2", "feature/x-y", "0123abc", "@me", ":src", "main:", ""] {
        assert!(read(&format!("https://h/it#{fine}")).is_ok(), "{fine}");
    }
}
