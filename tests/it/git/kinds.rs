//! Repositories that libgit2 cannot read: git itself answers, and the answers are those of any other repository.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use docgen::git::{Environment, Repository, Scope};

use super::sandbox::{Sandbox, ask, short};

const FIRST: [(&str, &str); 5] = [
    ("in/a.py", "a1 of the first"),
    ("in/b.py", "b1 of the first"),
    ("in/kept.py", "kept"),
    ("in/deep/c.py", "c1 of the first"),
    (".gitignore", "ignored.py\n"),
];

/// Two commits, staged, unstaged, untracked and intended changes, and ignored files.
fn fill(sandbox: &Sandbox) {
    for (path, text) in FIRST {
        sandbox.write(path, text);
    }
    sandbox.commit_all("first");
    sandbox.write("in/a.py", "a2 of the second");
    sandbox.commit_all("second");
}

fn change(sandbox: &Sandbox) {
    sandbox.write("in/b.py", "b2 staged");
    sandbox.write("in/deep/new.py", "n1 staged");
    sandbox.git(&["add", "in"]);
    sandbox.git(&["mv", "in/kept.py", "in/moved.py"]);
    sandbox.write("in/b.py", "b3 on disk");
    sandbox.write("in/untracked.py", "u1");
    sandbox.write("in/ignored.py", "no");
    sandbox.write("in/later.py", "l1");
    sandbox.git(&["add", "--intent-to-add", "in/later.py"]);
}

fn range(from: &str, to: &str) -> Scope {
    Scope::Range {
        from: from.to_owned(),
        to: to.to_owned(),
        direct: false,
    }
}

/// What every kind of repository must say of `fill` and `change`.
fn judge(folder: &Path, kind: &str) {
    let seen = |scope: &Scope| short(&ask(folder, &Environment::default(), scope).unwrap().1);
    let staged = [
        "in/b.py: b1 of the first -> b2 staged",
        "in/deep/new.py: nothing -> n1 staged",
        "in/moved.py <- in/kept.py: kept -> kept",
    ];
    assert_eq!(seen(&Scope::Staged), staged, "{kind}");
    let on_disk = [
        "in/b.py: b1 of the first -> b3 on disk",
        "in/deep/new.py: nothing -> n1 staged",
        "in/later.py: nothing -> l1",
        "in/moved.py <- in/kept.py: kept -> kept",
        "in/untracked.py: nothing -> u1",
    ];
    assert_eq!(seen(&Scope::Worktree), on_disk, "{kind}");
    let a = "in/a.py: a1 of the first -> a2 of the second";
    assert_eq!(seen(&range("HEAD~1", "HEAD")), [a], "{kind}");
    assert_eq!(seen(&range("HEAD", "HEAD")), [""; 0], "{kind}");
    let since = [&[a], on_disk.as_slice()].concat();
    assert_eq!(seen(&Scope::Since("HEAD~1".to_owned())), since, "{kind}");
}

#[test]
fn the_usual_kind() {
    let sandbox = Sandbox::new();
    fill(&sandbox);
    change(&sandbox);
    judge(&sandbox.root, "usual");
}

#[test]
fn other_formats_of_objects_and_references() {
    for format in ["--object-format=sha256", "--ref-format=reftable"] {
        let sandbox = Sandbox::new();
        fs::remove_dir_all(sandbox.root.join(".git")).unwrap();
        sandbox.git(&["init", "--quiet", format, "--initial-branch=main"]);
        sandbox.write("in/a.py", "a");
        sandbox.git(&["add", "--all"]);
        let unborn = ask(&sandbox.root, &Environment::default(), &Scope::Staged).unwrap();
        assert_eq!(unborn.0, "the empty tree (no commit yet) with the index");
        assert_eq!(short(&unborn.1), ["in/a.py: nothing -> a"]);
        fill(&sandbox);
        change(&sandbox);
        judge(&sandbox.root, format);
        let missing = sandbox.refusal(&range("nowhere", "HEAD")).to_string();
        assert_eq!(missing, "`nowhere` is no commit of this repository");
        sandbox.git(&["checkout", "--quiet", "--orphan", "other"]);
        sandbox.git(&["commit", "--quiet", "--message=other"]);
        let unrelated = sandbox.refusal(&range("main", "other")).to_string();
        assert_eq!(unrelated, "`main` and `other` have no history in common");
    }
}

#[test]
fn a_split_index() {
    let sandbox = Sandbox::new();
    fill(&sandbox);
    sandbox.git(&["update-index", "--split-index"]);
    change(&sandbox);
    assert!(
        fs::read(sandbox.root.join(".git/index"))
            .unwrap()
            .windows(4)
            .any(|it| it == b"link")
    );
    judge(&sandbox.root, "split");
}

#[test]
fn a_sparse_index_has_not_deleted_what_it_leaves_out() {
    let sandbox = Sandbox::new();
    sandbox.write("out/x.py", "x1");
    fill(&sandbox);
    sandbox.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "in"]);
    assert!(!sandbox.root.join("out/x.py").exists());
    change(&sandbox);
    assert!(
        fs::read(sandbox.root.join(".git/index"))
            .unwrap()
            .windows(4)
            .any(|it| it == b"sdir")
    );
    judge(&sandbox.root, "sparse");
}

#[test]
fn a_partial_clone_gets_what_it_left_out() {
    let sandbox = Sandbox::new();
    fill(&sandbox);
    sandbox.git(&["config", "uploadpack.allowFilter", "true"]);
    sandbox.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
    let address = format!("file://{}", sandbox.root.display());
    for filter in ["blob:none", "tree:0"] {
        let clone = sandbox.beside(&format!("clone-{}", &filter[..4]));
        let filter = format!("--filter={filter}");
        let clone_text = clone.to_str().unwrap();
        sandbox.git(&["clone", "--quiet", &filter, &address, clone_text]);
        // As git's own commands there, with a protocol that its configuration allows.
        sandbox.git_in(&clone, &["config", "protocol.file.allow", "always"]);
        let scope = range("HEAD~1", "HEAD");
        let seen = ask(&clone, &Environment::default(), &scope).unwrap().1;
        let expected = ["in/a.py: a1 of the first -> a2 of the second"];
        assert_eq!(short(&seen), expected, "{filter}");
    }
}

#[test]
fn what_a_partial_clone_left_out_comes_in_one_pack() {
    let sandbox = Sandbox::new();
    sandbox.git(&["config", "uploadpack.allowFilter", "true"]);
    sandbox.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
    for text in ["first", "second"] {
        for number in 0..20 {
            sandbox.write(&format!("in/{number}.py"), &format!("{text} {number}"));
        }
        sandbox.commit_all(text);
    }
    let clone = sandbox.beside("clone");
    let address = format!("file://{}", sandbox.root.display());
    let arguments = ["clone", "--quiet", "--filter=blob:none", &address];
    sandbox.git(&[arguments.as_slice(), &[clone.to_str().unwrap()]].concat());
    sandbox.git_in(&clone, &["config", "protocol.file.allow", "always"]);
    // Each connection leaves a pack of its own.
    let packs = || {
        let packs = fs::read_dir(clone.join(".git/objects/pack")).unwrap();
        let names = packs.map(|it| it.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.ends_with(".promisor")).count()
    };
    let before = packs();
    let seen = ask(&clone, &Environment::default(), &range("HEAD~1", "HEAD"));
    let seen = short(&seen.unwrap().1);
    assert_eq!(seen.len(), 20);
    assert_eq!(seen[0], "in/0.py: first 0 -> second 0");
    assert_eq!(packs(), before + 1);
}

#[test]
fn a_partial_clone_whose_server_is_gone_is_refused() {
    let sandbox = Sandbox::new();
    fill(&sandbox);
    sandbox.git(&["config", "uploadpack.allowFilter", "true"]);
    let address = format!("file://{}", sandbox.root.display());
    let clone = sandbox.beside("clone");
    let clone_text = clone.to_str().unwrap();
    sandbox.git(&["clone", "--quiet", "--filter=tree:0", &address, clone_text]);
    sandbox.git_in(&clone, &["remote", "set-url", "origin", "file:///nowhere"]);
    let refusal = ask(&clone, &Environment::default(), &range("HEAD~1", "HEAD")).unwrap_err();
    assert!(
        refusal
            .to_string()
            .starts_with("git cannot read its trees: "),
        "{refusal}"
    );
}

#[cfg(unix)]
#[test]
fn paths_that_are_not_unicode() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::new();
    fill(&sandbox);
    change(&sandbox);
    let odd = sandbox
        .beside("x")
        .with_file_name(OsStr::from_bytes(b"caf\xe9"));
    fs::rename(&sandbox.root, &odd).unwrap();
    judge(&odd, "a folder that is not Unicode");
    let file = odd.join(OsStr::from_bytes(b"in/na\xefve.py"));
    fs::write(&file, "odd").unwrap();
    let seen = ask(&odd, &Environment::default(), &Scope::Worktree)
        .unwrap()
        .1;
    assert!(short(&seen).contains(&"in/na\u{fffd}ve.py: nothing -> odd".to_owned()));
    sandbox.git_in(&odd, &["add", "in"]);
    let seen = ask(&odd, &Environment::default(), &Scope::Staged)
        .unwrap()
        .1;
    assert!(short(&seen).contains(&"in/na\u{fffd}ve.py: nothing -> odd".to_owned()));
}

#[test]
fn a_branch_and_its_remote_are_known_in_every_format() {
    for format in ["files", "reftable"] {
        let sandbox = Sandbox::new();
        fill(&sandbox);
        let clone = sandbox.beside("clone");
        let clone_text = clone.to_str().unwrap();
        let format = format!("--ref-format={format}");
        sandbox.git(&["clone", "--quiet", &format, ".", clone_text]);
        let repository = Repository::open(&clone, &Environment::default());
        let repository = repository.unwrap().unwrap();
        assert_eq!(repository.default_branch().as_deref(), Some("origin/main"));
        let provenance = repository.provenance();
        assert_eq!(provenance.branch.as_deref(), Some("main"));
        assert_eq!(
            provenance.revision,
            Some(sandbox.git(&["rev-parse", "HEAD"]))
        );
        assert!(provenance.address.unwrap().starts_with("file:///"));
    }
}
