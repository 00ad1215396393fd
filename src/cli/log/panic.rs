//! A fault of docgen itself: told in a sentence, logged, and exit code 2 like all else that could not be done.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Mutex, PoisonError};

use super::super::failure::{Failure, Kind};

/// Where it was, of the last one.
static PLACE: Mutex<String> = Mutex::new(String::new());

/// Does `work`; where docgen itself is at fault, that is a failure as any other is.
pub(in crate::cli) fn guarded<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    panic::set_hook(Box::new(note));
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    let _ = panic::take_hook();
    done.unwrap_or_else(|payload| {
        let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
        let message = format!("docgen broke off at {place}: {}", said(payload.as_ref()));
        let failure = Failure::new(Kind::Machine, message);
        let hint = "this is a fault of docgen: please report it, with what `--log-level debug` tells before it";
        Err(failure.hint(hint))
    })
}

fn note(it: &PanicHookInfo<'_>) {
    let place = it.location().map(ToString::to_string).unwrap_or_default();
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("unnamed");
    tracing::error!(place, thread, "docgen broke off: {}", said(it.payload()));
    *PLACE.lock().unwrap_or_else(PoisonError::into_inner) = place;
}

fn said(payload: &(dyn Any + Send)) -> &str {
    let owned = payload.downcast_ref::<String>().map(String::as_str);
    let said = owned.or_else(|| payload.downcast_ref::<&str>().copied());
    said.unwrap_or("it did not say why")
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::fs;
    use std::process::Command;

    use tempfile::TempDir;

    use super::super::{Logging, start};
    use super::*;
    use crate::ai::Redactor;
    use crate::cli::args::Color;
    use crate::cli::screen::Screen;

    /// What the child process is told by.
    const FOLDER: &str = "LOG_DIR";

    /// The child of the test below: hooks and loggers are a process's own.
    #[test]
    #[ignore = "the test below runs it"]
    #[expect(clippy::disallowed_methods, reason = "its parent says where it logs")]
    #[expect(clippy::exit, reason = "its parent looks at the exit code")]
    fn breaks_off() {
        let folder = env::var(FOLDER).unwrap();
        let variables = [
            (FOLDER.to_owned(), folder),
            ("OPENAI_API_KEY".to_owned(), "a key of nobody".to_owned()),
        ];
        let (screen, here) = (Screen::new(Color::Never), env::temp_dir());
        let redactor = Redactor::new(&variables);
        start(&Logging::default(), &variables, &redactor, &here, &screen);
        let done = guarded::<()>(|| {
            let work = || assert!(variables.is_empty(), "no place for a key of nobody");
            rayon::join(|| (), work);
            Ok(())
        });
        let failure = done.unwrap_err();
        screen.fail(&failure);
        std::process::exit(i32::from(Failure::EXIT_CODE));
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a process breaks off here")]
    fn what_breaks_off_reaches_the_log_and_is_told() {
        let folder = TempDir::new().unwrap();
        let child = Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                "--ignored",
                "--nocapture",
                "cli::log::panic::tests::breaks_off",
            ])
            .env(FOLDER, folder.path())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&child.stderr);
        assert_eq!(child.status.code(), Some(2), "{told}");
        assert!(
            told.contains("docgen broke off at src/cli/log/panic.rs:"),
            "{told}"
        );
        assert!(told.contains("this is a fault of docgen"), "{told}");
        let log = fs::read_to_string(folder.path().join("docgen.log")).unwrap();
        let line: serde_json::Value = serde_json::from_str(log.trim()).unwrap();
        assert_eq!(line["level"], "error");
        assert_eq!(line["message"], "docgen broke off: no place for ***");
        let place = line["fields"]["place"].as_str().unwrap();
        assert!(place.starts_with("src/cli/log/panic.rs:"), "{log}");
    }
}
