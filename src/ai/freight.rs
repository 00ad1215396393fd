//! What is too large for memory on its way: files of requests out, files of responses in.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use reqwest::header::CONTENT_TYPE;

use super::batches::{Call, Load};
use super::exchange::Response;
use super::transport::{Transport, TransportError};

/// How long a file may be on its way.
const LONGEST: Duration = Duration::from_mins(30);
/// So much of a file is read at once.
const PIECE: usize = 64 << 10;
/// The largest file that is fetched.
const LARGEST: u64 = 4 << 30;

impl Transport {
    /// Sends a call, with `file` where one goes with it.
    ///
    /// # Errors
    /// Where no response came, or one that is too large.
    pub(super) async fn carry(
        &self,
        call: &Call,
        file: Option<&File>,
    ) -> Result<Response, TransportError> {
        let sent = self.begun(call, file)?.send().await;
        self.read(sent.map_err(|it| self.error(it))?).await
    }

    /// Sends a call whose response may be large; a response of success is written to `into` and not to its body.
    ///
    /// # Errors
    /// Where no response came, or one that is too large.
    pub(super) async fn fetch(
        &self,
        call: &Call,
        into: &mut File,
    ) -> Result<Response, TransportError> {
        let sent = self.begun(call, None)?.timeout(LONGEST).send().await;
        let mut response = sent.map_err(|it| self.error(it))?;
        if !response.status().is_success() {
            return self.read(response).await;
        }
        let broken = |it: &io::Error| TransportError::Unsendable(format!("a file: {it}"));
        // What an earlier try has left is gone.
        into.rewind()
            .and_then(|()| into.set_len(0))
            .map_err(|it| broken(&it))?;
        let mut length = 0;
        while let Some(part) = response.chunk().await.map_err(|it| self.error(it))? {
            length += part.len() as u64;
            if length > LARGEST {
                return Err(TransportError::TooLarge);
            }
            into.write_all(&part).map_err(|it| broken(&it))?;
        }
        into.rewind().map_err(|it| broken(&it))?;
        self.read(response).await
    }

    fn begun(
        &self,
        call: &Call,
        file: Option<&File>,
    ) -> Result<reqwest::RequestBuilder, TransportError> {
        let begun = match &call.load {
            Load::Get => self.client.get(&call.url),
            Load::Post => self.client.post(&call.url).body(""),
            Load::Json(body) => self.client.post(&call.url).json(body),
            Load::File {
                media,
                before,
                behind,
            } => {
                let broken = |it: io::Error| TransportError::Unsendable(format!("a file: {it}"));
                let file = file.map(File::try_clone).transpose().map_err(broken)?;
                let body = Parts::new(before, file, behind).map_err(broken)?;
                self.client
                    .post(&call.url)
                    .header(CONTENT_TYPE, media)
                    .timeout(LONGEST)
                    .body(reqwest::Body::wrap(body))
            }
        };
        Ok(begun.headers(self.headers(&call.headers)?))
    }
}

/// A file between two texts, read piece by piece.
struct Parts {
    before: Bytes,
    file: Option<File>,
    behind: Bytes,
    left: u64,
}

impl Parts {
    fn new(before: &str, file: Option<File>, behind: &str) -> io::Result<Self> {
        let length = match &file {
            Some(file) => {
                let mut file = file;
                file.rewind()?;
                file.metadata()?.len()
            }
            None => 0,
        };
        Ok(Self {
            left: before.len() as u64 + length + behind.len() as u64,
            before: Bytes::copy_from_slice(before.as_bytes()),
            file,
            behind: Bytes::copy_from_slice(behind.as_bytes()),
        })
    }

    fn piece(&mut self) -> io::Result<Bytes> {
        if !self.before.is_empty() {
            return Ok(std::mem::take(&mut self.before));
        }
        if let Some(file) = &mut self.file {
            let mut piece = vec![0; PIECE];
            let length = file.read(&mut piece)?;
            if length > 0 {
                piece.truncate(length);
                return Ok(piece.into());
            }
            self.file = None;
        }
        Ok(std::mem::take(&mut self.behind))
    }
}

impl Body for Parts {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        // The file is this machine's own and was written a moment ago: reading it does not wait.
        Poll::Ready(match self.piece() {
            Ok(piece) if piece.is_empty() => None,
            Ok(piece) => {
                self.left = self.left.saturating_sub(piece.len() as u64);
                Some(Ok(Frame::data(piece)))
            }
            Err(error) => Some(Err(error)),
        })
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
