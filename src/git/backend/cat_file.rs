//! Objects from `git cat-file`, one process for all: it fetches what a partial clone has left out.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, PoisonError};

use super::command::Command;
use crate::git::id::Id;
use crate::git::object::{Kind, Objects};

/// `git cat-file --batch`, started when the first object is asked for.
pub(super) struct CatFile {
    command: Command,
    running: Mutex<Option<Running>>,
}

/// A process that answers: an id in, `ID KIND SIZE`, the bytes and a newline out.
struct Running {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl CatFile {
    pub(super) fn new(command: &Command) -> Self {
        Self {
            command: command.clone(),
            running: Mutex::new(None),
        }
    }
}

impl Objects for CatFile {
    fn read(&self, id: Id, kind: Kind) -> Result<Vec<u8>, String> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let mut process = match running.take() {
            Some(process) => process,
            None => Running::start(&self.command).map_err(|error| error.to_string())?,
        };
        // One that broke off in the middle of an answer is not asked again.
        let answer = process.ask(id).map_err(|error| error.to_string())?;
        *running = Some(process);
        let (word, bytes) = answer.ok_or_else(|| format!("object {id} is missing"))?;
        let wanted = match kind {
            Kind::Commit => "commit",
            Kind::Tree => "tree",
            Kind::Blob => "blob",
        };
        if word == wanted {
            Ok(bytes)
        } else {
            Err(format!("object {id} is a {word}"))
        }
    }
}

impl Running {
    fn start(command: &Command) -> std::io::Result<Self> {
        let mut child = command
            .start(&["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let closed = || std::io::Error::other("`git cat-file` has no pipes");
        let questions = child.stdin.take().ok_or_else(closed)?;
        let answers = BufReader::new(child.stdout.take().ok_or_else(closed)?);
        Ok(Self {
            child,
            questions,
            answers,
        })
    }

    /// The kind and bytes of an object; `None` where it is missing.
    fn ask(&mut self, id: Id) -> std::io::Result<Option<(String, Vec<u8>)>> {
        writeln!(self.questions, "{id}")?;
        self.questions.flush()?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let mut words = line.split_whitespace().skip(1);
        let (Some(kind), size) = (words.next(), words.next()) else {
            return Err(std::io::Error::other("`git cat-file` has ended"));
        };
        let Some(size) = size.and_then(|size| size.parse().ok()) else {
            return Ok(None);
        };
        let mut bytes = vec![0; size];
        self.answers.read_exact(&mut bytes)?;
        self.answers.read_exact(&mut [0])?;
        Ok(Some((kind.to_owned(), bytes)))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It waits for questions; who does not listen any more is not waited for either.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
