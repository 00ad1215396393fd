//! The one way out: TLS, proxies, time limits, capped bodies, no strange redirects.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the clock is asked when a response comes"
)]

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use reqwest::Method;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::{Attempt, Policy};
use secrecy::ExposeSecret as _;

use super::account::Account;
use super::endpoint;
use super::exchange::{Request, Response};

/// The largest body that is read.
const LARGEST: usize = 8 << 20;
/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(15);
/// How many redirects within one origin are followed.
const REDIRECTS: usize = 3;

/// Why there is no response.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// No connection; asked again.
    #[error("no connection: {0}")]
    Connection(String),
    /// The connection broke when something had been sent; asked again.
    #[error("the connection broke: {0}")]
    Broken(String),
    /// No answer in time; asked again.
    #[error("no answer within {} s", .0.as_secs())]
    Timeout(Duration),
    /// The server led elsewhere, or lies where no key goes.
    #[error("nothing is sent there: {0}")]
    Forbidden(String),
    /// More came than anyone would answer.
    #[error("the answer is larger than {} MB", LARGEST >> 20)]
    TooLarge,
    /// The client could not be built, or a header cannot be sent: the key holds what no header may.
    #[error("cannot be sent: {0}")]
    Unsendable(String),
}

impl TransportError {
    /// Whether it may pass by itself.
    pub(super) const fn passes(&self) -> bool {
        matches!(
            self,
            Self::Connection(_) | Self::Broken(_) | Self::Timeout(_)
        )
    }
}

/// A client of HTTP with one account's key.
#[derive(Debug)]
pub struct Transport {
    pub(super) client: reqwest::Client,
    key: Option<(HeaderName, HeaderValue)>,
    timeout: Duration,
}

impl Transport {
    /// One that sends the key of `account` in `header`, behind `prefix`, and waits for an answer as long as `timeout`.
    ///
    /// # Errors
    /// Where there are no certificates to trust, or no header can hold the key.
    pub fn new(
        account: &Account,
        header: (&'static str, &'static str),
        correlation: &str,
        timeout: Duration,
    ) -> Result<Self, TransportError> {
        // Another crate may have been first, which is as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let unsendable = |what: &dyn ToString| TransportError::Unsendable(what.to_string());
        let correlation = HeaderValue::from_str(correlation).map_err(|it| unsendable(&it))?;
        let mut headers = HeaderMap::new();
        headers.insert("x-correlation-id", correlation.clone());
        headers.insert("x-client-request-id", correlation);
        let mut builder = reqwest::Client::builder();
        if endpoint::is_here(&account.endpoint) {
            // What stays on this machine needs no https, so it must not leave through a proxy.
            builder = builder.no_proxy();
        }
        let client = builder
            .user_agent(concat!("docgen/", env!("CARGO_PKG_VERSION")))
            .default_headers(headers)
            .connect_timeout(CONNECT)
            .timeout(timeout)
            .redirect(Policy::custom(redirected))
            .dns_resolver(Arc::new(Resolver))
            .build()
            .map_err(|it| unsendable(&chain(&it)))?;
        let key = account.key.as_ref().map(|key| {
            let value = format!("{}{}", header.1, key.expose_secret());
            // The error is not shown: it is about the key.
            let mut value = HeaderValue::from_str(&value)
                .map_err(|_| unsendable(&"the key holds what no header may"))?;
            value.set_sensitive(true);
            Ok((HeaderName::from_static(header.0), value))
        });
        Ok(Self {
            client,
            key: key.transpose()?,
            timeout,
        })
    }

    /// Sends a request.
    ///
    /// # Errors
    /// Where no response came, or one that is too large.
    pub async fn send(&self, request: &Request) -> Result<Response, TransportError> {
        self.call(Method::POST, request).await
    }

    /// Sends a request of another kind; a body that is null is none.
    ///
    /// # Errors
    /// Where no response came, or one that is too large.
    pub(super) async fn call(
        &self,
        method: Method,
        request: &Request,
    ) -> Result<Response, TransportError> {
        let mut sent = self.client.request(method, &request.url);
        sent = sent.headers(self.headers(&request.headers)?);
        if !request.body.is_null() {
            sent = sent.json(&request.body);
        }
        let response = sent.send().await;
        self.read(response.map_err(|it| self.error(it))?).await
    }

    /// The headers of a request, the key's among them.
    pub(super) fn headers(
        &self,
        own: &[(&'static str, String)],
    ) -> Result<HeaderMap, TransportError> {
        let mut headers = HeaderMap::new();
        for (name, value) in own {
            let value = HeaderValue::from_str(value)
                .map_err(|_| TransportError::Unsendable(format!("the header `{name}`")))?;
            headers.insert(*name, value);
        }
        if let Some((name, value)) = &self.key {
            headers.insert(name, value.clone());
        }
        Ok(headers)
    }

    /// Reads what came, as far as anybody would answer.
    pub(super) async fn read(
        &self,
        mut response: reqwest::Response,
    ) -> Result<Response, TransportError> {
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await.map_err(|it| self.error(it))? {
            if body.len() + part.len() > LARGEST {
                return Err(TransportError::TooLarge);
            }
            body.extend_from_slice(&part);
        }
        let pair = |(name, value): (&HeaderName, &HeaderValue)| {
            let value = value.to_str().ok()?;
            Some((name.as_str().to_owned(), value.to_owned()))
        };
        Ok(Response {
            status: response.status().as_u16(),
            headers: response.headers().iter().filter_map(pair).collect(),
            body,
            received: SystemTime::now(),
        })
    }

    pub(super) fn error(&self, error: reqwest::Error) -> TransportError {
        let error = error.without_url();
        let chain = chain(&error);
        let is_forbidden = chain.contains(FORBIDDEN);
        if error.is_connect() && !is_forbidden {
            TransportError::Connection(chain)
        } else if error.is_timeout() {
            TransportError::Timeout(self.timeout)
        } else if error.is_redirect() || is_forbidden {
            TransportError::Forbidden(chain)
        } else if error.is_builder() {
            TransportError::Unsendable(chain)
        } else {
            TransportError::Broken(chain)
        }
    }
}

/// An error and its causes, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

/// Within one origin only: elsewhere the key and the source would go to whom nobody chose.
fn redirected(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let is_same = attempt
        .previous()
        .first()
        .is_some_and(|it| it.origin() == attempt.url().origin());
    if !is_same {
        return attempt.error("it leads to another origin");
    }
    if attempt.previous().len() > REDIRECTS {
        return attempt.error("it leads in circles");
    }
    attempt.follow()
}

/// What the resolver says of a name that leads where nothing is sent.
const FORBIDDEN: &str = "link-local or a metadata service";

/// The system's names, without addresses that nothing is sent to.
struct Resolver;

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found
                .filter(|it| !endpoint::is_forbidden(it.ip()))
                .collect();
            if allowed.is_empty() {
                let error = io::Error::other(format!("its name leads to {FORBIDDEN}"));
                return Err(error.into());
            }
            let addresses: Addrs = Box::new(allowed.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_that_leads_to_a_forbidden_address_leads_nowhere() {
        let resolve = |name: &str| Resolver.resolve(name.parse().unwrap());
        for forbidden in ["169.254.169.254", "0.0.0.0", "100.100.100.200"] {
            let Err(error) = resolve(forbidden).await else {
                panic!("{forbidden} is an address");
            };
            assert!(error.to_string().contains(FORBIDDEN), "{error}");
        }
        assert!(resolve("127.0.0.1").await.unwrap().count() == 1);
    }
}
