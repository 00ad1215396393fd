//! JSON without blanks, written straight into memory.
//!
//! `serde_json` looks at the bytes of a string one by one, which was a sixth of a run that writes every
//! format; here they are looked at sixteen at a time. Numbers with a point are left to it.

use std::fmt::{self, Display};

use serde::ser::{
    Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, Serializer,
};

use super::put::put_number;

/// Append `value`. Plain structs and lists always become JSON: a key is a string, nothing is read.
pub(super) fn write_json(out: &mut Vec<u8>, value: &impl Serialize) {
    let written = value.serialize(Compact { out });
    debug_assert!(written.is_ok(), "a report is always JSON");
}

/// Append `text` in quotes.
pub(super) fn write_text(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut rest = text.as_bytes();
    while let Some(at) = first_special(rest) {
        out.extend_from_slice(&rest[..at]);
        let byte = rest[at];
        let short = match byte {
            b'"' | b'\\' => byte,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0c => b'f',
            _ => {
                let digit = |it: u8| b"0123456789abcdef"[usize::from(it & 15)];
                out.extend_from_slice(b"\\u00");
                out.extend([digit(byte >> 4), digit(byte)]);
                rest = &rest[at + 1..];
                continue;
            }
        };
        out.extend_from_slice(&[b'\\', short]);
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

/// Where the first byte stands that a string of JSON may not hold as it is.
fn first_special(bytes: &[u8]) -> Option<usize> {
    let is_special = |byte: &u8| *byte < b' ' || *byte == b'"' || *byte == b'\\';
    let mut before = 0;
    for part in bytes.chunks(16) {
        // Without a way out of the loop, it becomes one comparison of sixteen bytes.
        if part.iter().fold(false, |any, byte| any | is_special(byte)) {
            return part.iter().position(is_special).map(|at| before + at);
        }
        before += part.len();
    }
    None
}

struct Compact<'o> {
    out: &'o mut Vec<u8>,
}

/// A list, a map or a struct while it is being written.
struct Items<'o> {
    out: &'o mut Vec<u8>,
    is_empty: bool,
    end: u8,
}

impl<'o> Items<'o> {
    fn new(out: &'o mut Vec<u8>, start: u8, end: u8) -> Self {
        out.push(start);
        Self {
            out,
            is_empty: true,
            end,
        }
    }

    fn joint(&mut self) {
        if !self.is_empty {
            self.out.push(b',');
        }
        self.is_empty = false;
    }

    fn add<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        value.serialize(Compact { out: self.out })
    }

    fn end(self) {
        self.out.push(self.end);
    }
}

type None = Impossible<(), fmt::Error>;

impl<'o> Serializer for Compact<'o> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Items<'o>;
    type SerializeTuple = Items<'o>;
    type SerializeMap = Items<'o>;
    type SerializeStruct = Items<'o>;
    type SerializeTupleStruct = None;
    type SerializeTupleVariant = None;
    type SerializeStructVariant = None;

    fn serialize_bool(self, value: bool) -> fmt::Result {
        let word: &[u8] = if value { b"true" } else { b"false" };
        self.out.extend_from_slice(word);
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> fmt::Result {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> fmt::Result {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> fmt::Result {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> fmt::Result {
        if value < 0 {
            self.out.push(b'-');
        }
        put_number(self.out, value.unsigned_abs());
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> fmt::Result {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> fmt::Result {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> fmt::Result {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> fmt::Result {
        put_number(self.out, value);
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> fmt::Result {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> fmt::Result {
        serde_json::to_writer(self.out, &value).map_err(|_| fmt::Error)
    }

    fn serialize_char(self, value: char) -> fmt::Result {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> fmt::Result {
        write_text(self.out, value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_none(self) -> fmt::Result {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> fmt::Result {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> fmt::Result {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> fmt::Result {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> fmt::Result {
        let mut items = Items::new(self.out, b'{', b'}');
        SerializeMap::serialize_entry(&mut items, variant, value)?;
        SerializeMap::end(items)
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Items<'o>, fmt::Error> {
        Ok(Items::new(self.out, b'[', b']'))
    }

    fn serialize_tuple(self, _length: usize) -> Result<Items<'o>, fmt::Error> {
        Ok(Items::new(self.out, b'[', b']'))
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Items<'o>, fmt::Error> {
        Ok(Items::new(self.out, b'{', b'}'))
    }

    fn serialize_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<Items<'o>, fmt::Error> {
        Ok(Items::new(self.out, b'{', b'}'))
    }

    // No report has any of these.

    fn serialize_tuple_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<None, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<None, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<None, fmt::Error> {
        Err(fmt::Error)
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> fmt::Result {
        self.serialize_str(&value.to_string())
    }
}

impl SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        self.joint();
        self.add(value)
    }

    fn end(self) -> fmt::Result {
        Items::end(self);
        Ok(())
    }
}

impl SerializeTuple for Items<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> fmt::Result {
        SerializeSeq::end(self)
    }
}

impl SerializeMap for Items<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> fmt::Result {
        self.joint();
        self.add(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        self.out.push(b':');
        self.add(value)
    }

    fn end(self) -> fmt::Result {
        Items::end(self);
        Ok(())
    }
}

impl SerializeStruct for Items<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> fmt::Result {
        self.joint();
        // Names of fields need no escapes.
        self.out.push(b'"');
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
        self.add(value)
    }

    fn end(self) -> fmt::Result {
        Items::end(self);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;
    use serde_json::json;

    use super::write_json;

    fn written(value: &impl Serialize) -> String {
        let mut out = Vec::new();
        write_json(&mut out, value);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn it_is_what_serde_json_writes() {
        #[derive(Serialize)]
        struct Part<'a> {
            text: &'a str,
            none: Option<u8>,
            some: Option<i64>,
            #[serde(flatten)]
            more: BTreeMap<&'a str, f64>,
        }
        let text: String = ('\0'..='\u{180}').chain(['日', '😀', '\u{2028}']).collect();
        for from in (0..text.len()).filter(|&at| text.is_char_boundary(at)) {
            let more = BTreeMap::from([("a \"b\"", 71.4), ("c", 100.0), ("d", 1e300)]);
            let part = Part {
                text: &text[from..],
                none: None,
                some: Some(-3),
                more,
            };
            assert_eq!(written(&part), serde_json::to_string(&part).unwrap());
        }
        let value =
            json!({"a": [1, -2, 0, 18_446_744_073_709_551_615_u64, null, true, false, {}, []]});
        assert_eq!(written(&value), value.to_string());
    }
}
