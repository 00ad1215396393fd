//! One line of a terminal that tells how far a run is, and goes when there is more to tell.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::screen::Screen;

/// How often the line is drawn.
const PACE: Duration = Duration::from_millis(200);
/// Back to the start of the line, and nothing in it.
const CLEAR: &str = "\r\x1b[K";

/// A line that lasts as long as this does.
pub(super) struct Progress {
    end: Option<Sender<()>>,
    drawing: Option<JoinHandle<()>>,
}

impl Progress {
    /// Draws what `line` says again and again, in at most `width` columns.
    pub(super) fn begin(width: usize, line: impl Fn() -> String + Send + 'static) -> Self {
        let (end, ends) = mpsc::channel();
        let draw = move || {
            while let Err(RecvTimeoutError::Timeout) = ends.recv_timeout(PACE) {
                let line: String = line().chars().take(width.saturating_sub(1)).collect();
                Screen::error(&format!("{CLEAR}{line}"));
            }
            Screen::error(CLEAR);
        };
        let drawing = thread::Builder::new().name("docgen-progress".to_owned());
        Self {
            end: Some(end),
            // A run is no worse without.
            drawing: drawing.spawn(draw).ok(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(drawing) = self.drawing.take() {
            let _ = drawing.join();
        }
    }
}
