//! Files of settings as `configparser` reads them: `setup.cfg`, `tox.ini`, `.darglint`.

use toml::{Table, Value};

/// The section of this name; `None` where there is none.
pub(super) fn section(text: &str, name: &str) -> Option<Table> {
    let mut table = None;
    let mut is_in = false;
    let mut last: Option<String> = None;
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
            continue;
        }
        if let Some(header) = trimmed
            .strip_prefix('[')
            .and_then(|it| it.strip_suffix(']'))
            && !line.starts_with([' ', '\t'])
        {
            is_in = header == name;
            last = None;
            if is_in {
                table.get_or_insert_with(Table::new);
            }
            continue;
        }
        let Some(table) = table.as_mut().filter(|_| is_in) else {
            continue;
        };
        if line.starts_with([' ', '\t'])
            && let Some(Value::String(value)) = last.as_ref().and_then(|it| table.get_mut(it))
        {
            value.push('\n');
            value.push_str(trimmed);
            continue;
        }
        if let Some(at) = line.find(['=', ':']) {
            let key = line[..at].trim().to_lowercase();
            table.insert(key.clone(), line[at + 1..].trim().into());
            last = Some(key);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::section;

    #[test]
    fn sections_hold_keys_and_values_of_many_lines() {
        let text = "[other]\na = 1\n[darglint]\n# why\nignore=DAR101,\n  DAR202\nstyle : google\n[more]\nb = 2\n";
        let table = section(text, "darglint").unwrap();
        assert_eq!(table["ignore"].as_str(), Some("DAR101,\nDAR202"));
        assert_eq!(table["style"].as_str(), Some("google"));
        assert_eq!(table.len(), 2);
        assert!(section(text, "none").is_none());
    }
}
