//! A section under another name, its underline as long as before or as long as the name.

use super::Subject;
use crate::contract::Written;
use crate::python::RewriteError;
use crate::text::{Edit, Span};

/// The edits that call the section whose title is at `title` of the value `name`. An underline as long as the old name
/// becomes as long as the new one.
pub(super) fn retitled(
    subject: &Subject<'_>,
    written: &Written<'_>,
    title: Span,
    name: &str,
) -> Vec<Result<Edit, RewriteError>> {
    let mut edits = vec![subject.rewrite(written, title, name)];
    let length = title.end - title.start;
    if let Some(underline) = underline(written.parsed.value, title)
        && underline.end - underline.start == length
    {
        let wanted = name.chars().count() as u32;
        let end = Span::empty(underline.end);
        if wanted > length {
            let dash = &underline.of(written.parsed.value)[..1];
            let more = dash.repeat((wanted - length) as usize);
            edits.push(subject.rewrite(written, end, &more));
        } else if wanted < length {
            let less = Span::new(underline.start + wanted, underline.end);
            edits.push(subject.rewrite(written, less, ""));
        }
    }
    edits
}

/// The line of dashes or equal signs below a title.
fn underline(value: &str, title: Span) -> Option<Span> {
    let rest = value.get(title.end as usize..)?.strip_prefix('\n')?;
    let line = rest.lines().next()?.trim_end();
    let rule = line.trim_start();
    let is_rule = rule.bytes().all(|it| it == b'-') || rule.bytes().all(|it| it == b'=');
    let start = title.end + 1 + (line.len() - rule.len()) as u32;
    (is_rule && rule.len() >= 3).then_some(Span::new(start, start + rule.len() as u32))
}
