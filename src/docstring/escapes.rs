//! Names with an escaped underscore at their end, as reStructuredText wants them: `type\_` means `type_`.

/// Python's keywords and built-in names, with the underscore that lets them be parameters (PEP 8).
const NAMES: [&str; 79] = [
    "all_",
    "and_",
    "any_",
    "as_",
    "assert_",
    "async_",
    "await_",
    "bin_",
    "bool_",
    "break_",
    "bytes_",
    "callable_",
    "class_",
    "cls_",
    "continue_",
    "def_",
    "del_",
    "dict_",
    "dir_",
    "elif_",
    "else_",
    "eval_",
    "except_",
    "exec_",
    "file_",
    "filter_",
    "finally_",
    "float_",
    "for_",
    "format_",
    "from_",
    "global_",
    "hash_",
    "help_",
    "hex_",
    "id_",
    "if_",
    "import_",
    "in_",
    "input_",
    "int_",
    "is_",
    "iter_",
    "lambda_",
    "len_",
    "license_",
    "list_",
    "map_",
    "match_",
    "max_",
    "min_",
    "next_",
    "not_",
    "object_",
    "open_",
    "or_",
    "pass_",
    "print_",
    "property_",
    "raise_",
    "range_",
    "repr_",
    "return_",
    "reversed_",
    "round_",
    "set_",
    "slice_",
    "sorted_",
    "str_",
    "sum_",
    "super_",
    "try_",
    "tuple_",
    "type_",
    "vars_",
    "while_",
    "with_",
    "yield_",
    "zip_",
];

/// What `name`, which ends in an escaped underscore, means; the name as written where it is not known.
pub(super) fn unescaped(name: &str) -> &str {
    let Some(stem) = name.strip_suffix("\\_") else {
        return name;
    };
    let means = |it: &&&str| it.strip_suffix('_') == Some(stem);
    NAMES.iter().find(means).copied().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escaped_underscore_is_an_underscore() {
        assert_eq!(unescaped("type\\_"), "type_");
        assert_eq!(unescaped("type_"), "type_");
        assert_eq!(unescaped("other\\_"), "other\\_");
    }
}
