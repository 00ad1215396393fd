//! The terminal: standard output for reports, standard error for people, both without fear of a
//! closed pipe.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the terminal is asked here"
)]

use std::env;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use annotate_snippets::Renderer;
use annotate_snippets::renderer::DecorStyle;

use super::args::Color;
use super::failure::Failure;
use crate::config::Environment;

/// Where reports and messages go.
#[derive(Debug)]
pub(super) struct Screen {
    /// What the process's environment says.
    pub(super) environment: Environment,
    out_colored: bool,
    error_colored: bool,
    error_is_terminal: bool,
    width: usize,
}

/// Whether a signal is ending the process.
static IS_ENDING: AtomicBool = AtomicBool::new(false);

/// The width where nobody says: what pre-commit's fake terminal and CI logs show well.
const WIDTH: usize = 100;

impl Screen {
    /// Asks terminal and environment once.
    pub(super) fn new(color: Color) -> Self {
        let environment = Environment::read();
        let colored = |is_terminal: bool| match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => colored_by_environment().unwrap_or(is_terminal),
        };
        let asked = environment.columns.map(usize::from);
        let terminal = if environment.pre_commit {
            None
        } else {
            terminal_width()
        };
        Self {
            out_colored: colored(io::stdout().is_terminal()),
            error_colored: colored(io::stderr().is_terminal()),
            error_is_terminal: io::stderr().is_terminal() && !environment.pre_commit,
            width: asked
                .filter(|_| !environment.pre_commit)
                .or(terminal)
                .unwrap_or(WIDTH),
            environment,
        }
    }

    /// The width of reports, in columns.
    pub(super) const fn width(&self) -> usize {
        self.width
    }

    /// Whether standard error is coloured.
    pub(super) const fn has_colored_errors(&self) -> bool {
        self.error_colored
    }

    /// The width of standard error, where it is a terminal.
    pub(super) fn error_width(&self) -> Option<usize> {
        self.error_is_terminal.then_some(self.width)
    }

    /// Whether standard output is coloured.
    pub(super) const fn colored(&self) -> bool {
        self.out_colored
    }

    /// Whether standard output is a terminal that knows links (OSC 8), or `FORCE_HYPERLINK` says so.
    pub(super) fn has_links(&self, color: Color) -> bool {
        !matches!(color, Color::Never)
            && !self.environment.pre_commit
            && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout)
    }

    /// A style for standard output; one that does nothing where it is not coloured.
    pub(super) const fn style(&self, style: anstyle::Style) -> anstyle::Style {
        if self.out_colored {
            style
        } else {
            anstyle::Style::new()
        }
    }

    /// Tells of work that could not be done.
    pub(super) fn fail(&self, failure: &Failure) {
        Self::error(&failure.draw(&self.renderer()));
    }

    fn renderer(&self) -> Renderer {
        let renderer = if self.error_colored {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        renderer
            .term_width(self.width)
            .decor_style(DecorStyle::Ascii)
    }

    /// Writes to standard output. A reader that has gone away is success: `Ok(false)` says to stop.
    ///
    /// # Errors
    /// When standard output cannot be written for any other reason.
    pub(super) fn write(bytes: &[u8]) -> io::Result<bool> {
        wait_where_it_ends();
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Writes a message for people to standard error; there is nobody to tell when that fails.
    pub(super) fn error(message: &str) {
        wait_where_it_ends();
        let _ = io::stderr().lock().write_all(message.as_bytes());
    }

    /// Says on a terminal what is going on.
    pub(super) fn begin_line(&self, line: &str) {
        if let Some(width) = self.error_width() {
            let line: String = line.chars().take(width.saturating_sub(1)).collect();
            Self::error(&line);
        }
    }

    /// Takes that away again.
    pub(super) fn end_line(&self) {
        if self.error_is_terminal {
            Self::error("\r\x1b[K");
        }
    }

    /// Nothing is said from now on: the process ends, and what is read is being taken away.
    pub(super) fn silence() {
        IS_ENDING.store(true, Ordering::Relaxed);
    }

    /// A line on standard error that begins with `warning: `.
    pub(super) fn warn(&self, message: &str) {
        let (start, end) = if self.error_colored {
            ("\x1b[1m\x1b[33m", "\x1b[0m")
        } else {
            ("", "")
        };
        Self::error(&format!("{start}warning{end}: {message}\n"));
    }
}

/// Stops a thread that would speak while a signal ends the process.
fn wait_where_it_ends() {
    while IS_ENDING.load(Ordering::Relaxed) {
        thread::park();
    }
}

/// What the conventions of <https://no-color.org> and <https://bixense.com/clicolors> say.
fn colored_by_environment() -> Option<bool> {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    if env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        return Some(false);
    }
    if set("CLICOLOR_FORCE") || set("FORCE_COLOR") {
        return Some(true);
    }
    env::var_os("TERM")
        .is_some_and(|value| value == "dumb")
        .then_some(false)
}

/// The terminal's width; `None` where none is there or it says nothing sensible (a hook's fake
/// terminal is 0 columns wide).
fn terminal_width() -> Option<usize> {
    let (terminal_size::Width(width), _) = terminal_size::terminal_size_of(io::stdout())
        .or_else(|| terminal_size::terminal_size_of(io::stderr()))?;
    (width > 0).then_some(usize::from(width))
}
