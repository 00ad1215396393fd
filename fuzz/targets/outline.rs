//! Any bytes that decode: symbols lie in order in one another, and all that can be asked is answered.

#![no_main]

use docgen::python::{decode, hold_outline};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = decode(bytes) {
        hold_outline(&text);
    }
});
