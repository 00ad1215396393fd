//! Any bytes that decode: tokens lie in order, skimming sees what full reading sees, time is linear.

#![no_main]

use docgen::python::{decode, hold_lexer};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = decode(bytes) {
        hold_lexer(&text);
    }
});
