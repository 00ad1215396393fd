//! A provider on this machine that answers as a test says.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

/// A module, two symbols of which need words and one of which has them.
pub(crate) const CODE: &str = r#""""Rooms of a house."""


def carry(load, way=None):
    if not load:
        raise ValueError(load)
    return load, way


class House:
    def __init__(self, rooms):
        self.rooms = rooms

    def largest(self, unit):
        """Find the largest room.

        Args:
            unit: What rooms are measured in, metres or feet.
        """
        return max(self.rooms), unit
"#;

/// What is said to a request's body: the text of the message.
type Say = dyn Fn(usize, &Value) -> String + Send + Sync;

/// A server that speaks `OpenAI`'s chat completions. It ends with the process.
pub(crate) struct Provider {
    port: u16,
    bodies: Arc<Mutex<Vec<Value>>>,
}

impl Provider {
    /// One that says `say` of the number of the request and its body.
    pub(crate) fn new(say: impl Fn(usize, &Value) -> String + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let bodies = Arc::new(Mutex::new(Vec::new()));
        let (say, seen): (Arc<Say>, _) = (Arc::new(say), Arc::clone(&bodies));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (say, seen) = (Arc::clone(&say), Arc::clone(&seen));
                thread::spawn(move || serve(stream, &say, &seen));
            }
        });
        Self { port, bodies }
    }

    /// One that answers all that is asked.
    pub(crate) fn willing() -> Self {
        Self::new(|_, body| answer(body).to_string())
    }

    /// The variables that lead to it.
    pub(crate) fn variables(&self) -> [(&'static str, String); 2] {
        [
            ("OPENAI_API_KEY", "sk-of-nobody".to_owned()),
            (
                "OPENAI_BASE_URL",
                format!("http://127.0.0.1:{}/v1", self.port),
            ),
        ]
    }

    /// What was asked.
    pub(crate) fn asked(&self) -> Vec<Value> {
        self.bodies.lock().unwrap().clone()
    }
}

/// The schema of a request.
pub(crate) fn schema(body: &Value) -> &Value {
    &body["response_format"]["json_schema"]["schema"]
}

/// An instance of a request's schema, in good words.
pub(crate) fn answer(body: &Value) -> Value {
    let slots = schema(body)["properties"].as_object().unwrap();
    slots
        .iter()
        .map(|(name, slot)| (name.clone(), words(slot)))
        .collect()
}

fn words(slot: &Value) -> Value {
    let parts = slot["properties"].as_object().unwrap();
    let word = |(name, shape): (&String, &Value)| {
        let entries = |text: &str| -> Value {
            let names = shape["items"]["properties"]["name"]["enum"]
                .as_array()
                .unwrap();
            names
                .iter()
                .map(|it| json!({"name": it, "description": text}))
                .collect()
        };
        let value = match name.as_str() {
            "summary" => json!("Carry the load from one room to the next."),
            "description" => json!("It goes from room to room until nothing is left to carry."),
            "attributes" => entries("What of the load is kept in this place."),
            "warns" => entries("If the load is old."),
            "args" => entries("What the load is made of; nothing where it is empty."),
            "raises" => entries("If the load is too heavy."),
            _ => {
                let mut value =
                    json!({"description": "The load as it came out at the end of the way."});
                if shape["properties"].get("type").is_some() {
                    value["type"] = json!("tuple of object");
                }
                value
            }
        };
        (name.clone(), value)
    };
    parts.iter().map(word).collect()
}

fn serve(stream: TcpStream, say: &Arc<Say>, seen: &Mutex<Vec<Value>>) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            let lower = line.to_ascii_lowercase();
            if let Some(value) = lower.strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let body: Value = serde_json::from_slice(&body).ok()?;
        let number = {
            let mut seen = seen.lock().unwrap();
            seen.push(body.clone());
            seen.len() - 1
        };
        let message = json!({"role": "assistant", "content": say(number, &body)});
        let reply = json!({
            "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
            "usage": {"prompt_tokens": 1000, "completion_tokens": 100},
        });
        let reply = reply.to_string();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            reply.len()
        );
        out.write_all(format!("{head}{reply}").as_bytes()).ok()?;
    }
}
