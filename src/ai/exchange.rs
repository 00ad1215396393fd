//! One HTTP exchange as plain values, so that providers stay pure functions.

use std::time::{Duration, SystemTime};

use serde_json::Value;

/// What is to be sent: always a POST of JSON. The key is not in it; the transport adds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The whole address.
    pub url: String,
    /// Headers beside the key's.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Value,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, as far as it was read.
    pub body: Vec<u8>,
    /// When it came.
    pub received: SystemTime,
}

impl Response {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|it| it.0 == name).map(|it| it.1.trim())
    }

    /// The body as JSON; `None` where it is none: cut in the middle, or a proxy's HTML.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// How long the server asks to wait: `retry-after-ms`, or `retry-after` in seconds or as a date.
    pub fn wait(&self) -> Option<Duration> {
        let number = |name: &str| self.header(name)?.parse::<f64>().ok();
        if let Some(ms) = number("retry-after-ms") {
            return seconds(ms / 1000.0);
        }
        let after = self.header("retry-after")?;
        if let Ok(number) = after.parse::<f64>() {
            return seconds(number);
        }
        let date = httpdate::parse_http_date(after).ok()?;
        Some(date.duration_since(self.received).unwrap_or_default())
    }

    /// The first words of the body, for a message.
    pub fn excerpt(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match words.char_indices().nth(200) {
            Some((end, _)) => format!("{}…", &words[..end]),
            None => words,
        }
    }
}

/// A number of seconds as a duration; none where it is negative or beyond all sense.
pub(super) fn seconds(number: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(number).ok()
}

/// `45.8s`, `6m0s`, `1h2m3.5s`, `350ms`: durations as Go writes them, in Google's bodies and `OpenAI`'s headers.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let mut rest = text.trim();
    let mut total = 0.0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|it: char| !(it.is_ascii_digit() || it == '.'))?;
        let number: f64 = rest[..digits].parse().ok()?;
        let unit_and_rest = &rest[digits..];
        let end = unit_and_rest
            .find(|it: char| it.is_ascii_digit())
            .unwrap_or(unit_and_rest.len());
        total += number
            * match &unit_and_rest[..end] {
                "h" => 3600.0,
                "m" => 60.0,
                "s" => 1.0,
                "ms" => 0.001,
                "us" | "µs" => 0.000_001,
                _ => return None,
            };
        rest = &unit_and_rest[end..];
    }
    seconds(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(headers: &[(&str, &str)]) -> Response {
        let headers = headers.iter().map(|it| (it.0.into(), it.1.into()));
        Response {
            status: 429,
            headers: headers.collect(),
            body: Vec::new(),
            received: httpdate::parse_http_date("Fri, 20 Nov 2026 10:00:00 GMT").unwrap(),
        }
    }

    #[test]
    fn what_a_server_asks_to_wait_is_read_in_every_form() {
        let wait = |headers: &[(&str, &str)]| with(headers).wait().map(|it| it.as_millis());
        assert_eq!(wait(&[]), None);
        assert_eq!(wait(&[("retry-after", "3")]), Some(3000));
        assert_eq!(wait(&[("retry-after", "0.5")]), Some(500));
        let both = [("retry-after", "3"), ("retry-after-ms", "120")];
        assert_eq!(wait(&both), Some(120));
        let date = [("retry-after", "Fri, 20 Nov 2026 10:00:07 GMT")];
        assert_eq!(wait(&date), Some(7000));
        let past = [("retry-after", "Fri, 20 Nov 2026 09:00:00 GMT")];
        assert_eq!(wait(&past), Some(0));
        assert_eq!(wait(&[("retry-after", "-1")]), None);
        assert_eq!(wait(&[("retry-after", "soon")]), None);
        assert_eq!(wait(&[("retry-after", "1e300")]), None);
    }

    #[test]
    fn durations_of_bodies_and_headers() {
        let ms = |text| duration(text).map(|it| it.as_millis());
        assert_eq!(ms("45.837906927s"), Some(45837));
        assert_eq!(ms("6m0s"), Some(360_000));
        assert_eq!(ms("1h2m3.5s"), Some(3_723_500));
        assert_eq!(ms("350ms"), Some(350));
        for odd in ["", "s", "5", "5 s", "5d", "--"] {
            assert_eq!(ms(odd), None, "{odd}");
        }
    }
}
