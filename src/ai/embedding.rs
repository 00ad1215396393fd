//! Vectors of texts: what is sent to an `/embeddings` of `OpenAI`'s kind, and what comes back.

use serde_json::{Value, json};

use super::account::{Account, Kind};
use super::exchange::{Request, Response};

/// The longest vector that any model gives.
const LONGEST: usize = 16_384;

/// The request for the vectors of `texts`.
pub(super) fn request(account: &Account, texts: &[String]) -> Request {
    let endpoint = account.endpoint.trim_end_matches("/embeddings");
    let url = match (account.kind, account.version.as_deref()) {
        (Kind::Azure, Some(version)) if version != "v1" => format!(
            "{}/openai/deployments/{}/embeddings?api-version={version}",
            endpoint.trim_end_matches("/openai/v1"),
            account.model
        ),
        (Kind::Azure, _) => format!(
            "{}/openai/v1/embeddings",
            endpoint.trim_end_matches("/openai/v1")
        ),
        _ => format!("{endpoint}/embeddings"),
    };
    Request {
        url,
        headers: Vec::new(),
        body: json!({"model": account.model, "input": texts, "encoding_format": "float"}),
    }
}

/// The header of the key, and what stands before it.
pub(super) const fn key_header(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Azure => ("api-key", ""),
        _ => ("authorization", "Bearer "),
    }
}

/// The vectors of `count` texts in their order, each of length 1, and the tokens that they took.
///
/// # Errors
/// With what is wrong with the response.
pub(super) fn reply(response: &Response, count: usize) -> Result<(Vec<Vec<f32>>, u64), String> {
    let body = response
        .json()
        .ok_or_else(|| format!("what came is no JSON: {}", response.excerpt()))?;
    let data = body["data"]
        .as_array()
        .ok_or_else(|| format!("what came has no vectors: {}", response.excerpt()))?;
    if data.len() != count {
        return Err(format!("{} vectors came for {count} texts", data.len()));
    }
    let mut vectors = vec![Vec::new(); count];
    for (at, item) in data.iter().enumerate() {
        let place = item["index"].as_u64().map_or(at, |it| it as usize);
        let free = vectors.get_mut(place).filter(|it| it.is_empty());
        let free = free.ok_or("the vectors are not numbered as the texts are")?;
        *free = unit(vector(&item["embedding"]).ok_or("a vector is none")?)
            .ok_or("a vector has no direction")?;
    }
    let length = vectors.first().map_or(0, Vec::len);
    if vectors.iter().any(|it| it.len() != length) {
        return Err("the vectors are of different lengths".to_owned());
    }
    let usage = &body["usage"];
    let tokens = usage["prompt_tokens"]
        .as_u64()
        .or_else(|| usage["total_tokens"].as_u64());
    Ok((vectors, tokens.unwrap_or(0)))
}

/// A list of numbers, or their bytes in base64: some servers give no other.
fn vector(value: &Value) -> Option<Vec<f32>> {
    let numbers: Vec<f32> = match value {
        Value::Array(all) => {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "vectors are of single precision"
            )]
            let number = |it: &Value| it.as_f64().map(|it| it as f32);
            all.iter().map(number).collect::<Option<_>>()?
        }
        Value::String(text) => {
            let bytes = base64(text)?;
            let (fours, rest) = bytes.as_chunks::<4>();
            if !rest.is_empty() {
                return None;
            }
            fours.iter().map(|it| f32::from_le_bytes(*it)).collect()
        }
        _ => return None,
    };
    let is_good = !numbers.is_empty() && numbers.len() <= LONGEST;
    (is_good && numbers.iter().all(|it| it.is_finite())).then_some(numbers)
}

/// The same direction with length 1, so that a product is all that a comparison takes.
fn unit(mut vector: Vec<f32>) -> Option<Vec<f32>> {
    let square: f64 = vector
        .iter()
        .map(|it| f64::from(*it) * f64::from(*it))
        .sum();
    let length = square.sqrt();
    if length < 1e-12 {
        return None;
    }
    for it in &mut vector {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "vectors are of single precision"
        )]
        let scaled = (f64::from(*it) / length) as f32;
        *it = scaled;
    }
    Some(vector)
}

/// The bytes that base64 stands for; `None` where it is none.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        held = held << 6 | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    fn read(body: &str, count: usize) -> Result<(Vec<Vec<f32>>, u64), String> {
        let response = Response {
            status: 200,
            headers: Vec::new(),
            body: body.as_bytes().to_vec(),
            received: SystemTime::UNIX_EPOCH,
        };
        reply(&response, count)
    }

    #[test]
    fn vectors_are_put_in_the_order_of_their_texts() {
        let body = r#"{"data": [{"index": 1, "embedding": [0, 2]}, {"index": 0, "embedding": [3, 4]}],
                       "usage": {"prompt_tokens": 7, "total_tokens": 7}}"#;
        assert_eq!(
            read(body, 2).unwrap(),
            (vec![vec![0.6, 0.8], vec![0.0, 1.0]], 7)
        );
        let bare = r#"{"data": [{"embedding": [1]}, {"embedding": [-2]}]}"#;
        assert_eq!(read(bare, 2).unwrap(), (vec![vec![1.0], vec![-1.0]], 0));
    }

    #[test]
    fn base64_is_read_too() {
        // 0.6 and 0.8, as numpy writes them.
        let body = r#"{"data": [{"index": 0, "embedding": "mpkZP83MTD8="}]}"#;
        assert_eq!(read(body, 1).unwrap().0, [vec![0.6, 0.8]]);
        assert_eq!(base64("aGk="), Some(b"hi".to_vec()));
        assert_eq!(base64("a b"), None);
    }

    #[test]
    fn what_is_no_vector_is_none() {
        for (body, why) in [
            ("<html>", "no JSON"),
            ("{}", "no vectors"),
            (r#"{"data": []}"#, "0 vectors came for 1 texts"),
            (r#"{"data": [{"embedding": []}]}"#, "a vector is none"),
            (r#"{"data": [{"embedding": [null]}]}"#, "a vector is none"),
            (r#"{"data": [{"embedding": [1e999]}]}"#, "no JSON"),
            (r#"{"data": [{"embedding": [1e99]}]}"#, "a vector is none"),
            // Not a number, in base64.
            (
                r#"{"data": [{"embedding": "AADAfw=="}]}"#,
                "a vector is none",
            ),
            (r#"{"data": [{"embedding": "AAA="}]}"#, "a vector is none"),
            (r#"{"data": [{"embedding": [0, 0]}]}"#, "no direction"),
            (r#"{"data": [{"index": 4, "embedding": [1]}]}"#, "numbered"),
        ] {
            let error = read(body, 1).unwrap_err();
            assert!(error.contains(why), "{body}: {error}");
        }
        let uneven = r#"{"data": [{"embedding": [1]}, {"embedding": [1, 2]}]}"#;
        assert!(read(uneven, 2).unwrap_err().contains("different lengths"));
        let twice = r#"{"data": [{"index": 0, "embedding": [1]}, {"index": 0, "embedding": [1]}]}"#;
        assert!(read(twice, 2).unwrap_err().contains("numbered"));
    }
}
