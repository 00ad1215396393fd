//! What a provider's headers say of its limits.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::exchange::{Response, duration, seconds};

/// What is left of one of the provider's own limits, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Left {
    /// Requests or tokens.
    pub(super) count: u64,
    /// How long until there is more.
    pub(super) reset: Duration,
}

/// What is left of the requests and of the tokens, where the headers say so.
pub(super) fn left(response: &Response) -> (Option<Left>, Option<Left>) {
    let of = |what: &str| {
        let openai = ["limit", "remaining", "reset"].map(|it| format!("x-ratelimit-{it}-{what}"));
        let anthropic =
            ["limit", "remaining", "reset"].map(|it| format!("anthropic-ratelimit-{what}-{it}"));
        read(response, &openai).or_else(|| read(response, &anthropic))
    };
    (of("requests"), of("tokens"))
}

fn read(response: &Response, names: &[String; 3]) -> Option<Left> {
    let number = |name: &str| response.header(name)?.parse::<i64>().ok();
    // Azure says 0 or -1 where it does not know.
    if number(&names[0]).is_some_and(|it| it <= 0) {
        return None;
    }
    let count = u64::try_from(number(&names[1])?).ok()?;
    let reset = response.header(&names[2])?;
    let reset = duration(reset)
        .or_else(|| reset.parse().ok().and_then(seconds))
        .or_else(|| until(reset, response.received))?;
    Some(Left { count, reset })
}

/// How long it is until a date such as `2026-11-20T10:00:00Z`.
fn until(date: &str, now: SystemTime) -> Option<Duration> {
    let at = UNIX_EPOCH.checked_add(Duration::from_secs(seconds_of_date(date)?))?;
    Some(at.duration_since(now).unwrap_or_default())
}

/// Seconds since 1970 of a date such as `2026-11-20T10:00:00Z`.
pub(super) fn seconds_of_date(date: &str) -> Option<u64> {
    let date = date
        .strip_suffix('Z')
        .or_else(|| date.strip_suffix("+00:00"))?;
    let (day, time) = date.split_once('T')?;
    let parts = |text: &str, by| -> Option<Vec<i64>> {
        let whole = text.split('.').next()?;
        whole.split(by).map(|it| it.parse().ok()).collect()
    };
    let &[year, month, day] = parts(day, '-')?.as_slice() else {
        return None;
    };
    let &[hour, minute, second] = parts(time, ':')?.as_slice() else {
        return None;
    };
    let at = days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
    u64::try_from(at).ok()
}

/// Days since 1970 of a date (<https://howardhinnant.github.io/date_algorithms.html#days_from_civil>).
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let shifted = (month + 9) % 12;
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(headers: &[(&str, &str)]) -> Response {
        Response {
            status: 200,
            headers: headers
                .iter()
                .map(|it| (it.0.into(), it.1.into()))
                .collect(),
            body: Vec::new(),
            received: httpdate::parse_http_date("Fri, 20 Nov 2026 10:00:00 GMT").unwrap(),
        }
    }

    #[test]
    fn both_families_of_headers_are_read() {
        let (requests, tokens) = left(&response(&[
            ("x-ratelimit-limit-requests", "600"),
            ("x-ratelimit-remaining-requests", "0"),
            ("x-ratelimit-reset-requests", "1m30s"),
            ("x-ratelimit-remaining-tokens", "149000"),
            ("x-ratelimit-reset-tokens", "6ms"),
        ]));
        let ninety = Duration::from_secs(90);
        assert_eq!(
            requests,
            Some(Left {
                count: 0,
                reset: ninety
            })
        );
        assert_eq!(tokens.unwrap().count, 149_000);
        let (requests, tokens) = left(&response(&[
            ("anthropic-ratelimit-requests-limit", "50"),
            ("anthropic-ratelimit-requests-remaining", "49"),
            ("anthropic-ratelimit-requests-reset", "2026-11-20T10:00:20Z"),
        ]));
        let twenty = Duration::from_secs(20);
        assert_eq!(
            requests,
            Some(Left {
                count: 49,
                reset: twenty
            })
        );
        assert_eq!(tokens, None);
    }

    #[test]
    fn azures_unknown_limits_say_nothing() {
        for limit in ["-1", "0"] {
            let (requests, _) = left(&response(&[
                ("x-ratelimit-limit-requests", limit),
                ("x-ratelimit-remaining-requests", limit),
                ("x-ratelimit-reset-requests", "1s"),
            ]));
            assert_eq!(requests, None);
        }
    }
}
