//! What `ruff_python_parser` makes of a file, in the terms of the outline.

use docgen::python::ParamKind;
use docgen::text::Span;
use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Decorator, Expr, Parameter, Parameters, Stmt};
use ruff_text_size::{Ranged, TextRange};

/// One class or function.
#[derive(Debug, Default)]
pub(super) struct Expected {
    pub(super) qualname: String,
    pub(super) name: Span,
    /// Decorators included.
    pub(super) whole: Span,
    pub(super) decorators: Vec<Span>,
    pub(super) bases: Vec<Span>,
    pub(super) params: Vec<ExpectedParam>,
    pub(super) returns: Option<Span>,
    pub(super) docstring: Option<String>,
    pub(super) is_async: bool,
    pub(super) is_generator: bool,
    pub(super) returns_value: bool,
}

#[derive(Debug, PartialEq)]
pub(super) struct ExpectedParam {
    pub(super) name: String,
    pub(super) kind: ParamKind,
    pub(super) annotation: Option<Span>,
    pub(super) default: Option<Span>,
}

impl Expected {
    /// The classes and functions in the order of the text; `None` where ruff refuses it.
    pub(super) fn of(text: &str) -> Option<Vec<Self>> {
        let parsed = ruff_python_parser::parse_module(text).ok()?;
        let mut reader = Reader::default();
        reader.visit_body(parsed.suite());
        let mut found = reader.found;
        found.sort_by_key(|it| it.name.start);
        Some(found)
    }
}

/// Goes through the definitions.
#[derive(Default)]
struct Reader {
    prefix: String,
    found: Vec<Expected>,
}

impl<'a> Visitor<'a> for Reader {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        let (expected, body, joint) = match statement {
            Stmt::FunctionDef(def) => {
                let expected = Expected {
                    qualname: format!("{}{}", self.prefix, def.name),
                    name: span(def.name.range),
                    params: params(&def.parameters),
                    returns: def.returns.as_deref().map(place),
                    is_async: def.is_async,
                    decorators: decorators(&def.decorator_list),
                    ..Expected::default()
                };
                (expected, &def.body, ".<locals>.")
            }
            Stmt::ClassDef(class) => {
                let arguments = class.arguments.as_deref();
                let bases = arguments.map(|it| it.args.iter().map(place).collect());
                let expected = Expected {
                    qualname: format!("{}{}", self.prefix, class.name),
                    name: span(class.name.range),
                    bases: bases.unwrap_or_default(),
                    decorators: decorators(&class.decorator_list),
                    ..Expected::default()
                };
                (expected, &class.body, ".")
            }
            _ => return walk_stmt(self, statement),
        };
        let mut facts = OwnFacts::default();
        facts.visit_body(body);
        let outer = std::mem::replace(&mut self.prefix, format!("{}{joint}", expected.qualname));
        self.found.push(Expected {
            whole: place(statement),
            docstring: docstring(body),
            is_generator: facts.is_generator,
            returns_value: facts.returns_value,
            ..expected
        });
        self.visit_body(body);
        self.prefix = outer;
    }

    fn visit_expr(&mut self, _: &'a Expr) {}
}

/// What a body does itself, nested scopes apart.
#[derive(Default)]
struct OwnFacts {
    is_generator: bool,
    returns_value: bool,
}

impl<'a> Visitor<'a> for OwnFacts {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => return,
            Stmt::Return(it) => {
                let value = it.value.as_deref();
                self.returns_value |= value.is_some_and(|it| !it.is_none_literal_expr());
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Lambda(_) => return,
            Expr::Yield(_) | Expr::YieldFrom(_) => self.is_generator = true,
            _ => {}
        }
        walk_expr(self, expression);
    }
}

fn docstring(body: &[Stmt]) -> Option<String> {
    let value = &body.first()?.as_expr_stmt()?.value;
    Some(value.as_string_literal_expr()?.value.to_str().to_owned())
}

fn decorators(decorators: &[Decorator]) -> Vec<Span> {
    decorators.iter().map(|it| place(&it.expression)).collect()
}

fn params(params: &Parameters) -> Vec<ExpectedParam> {
    let one = |param: &Parameter, kind, default: Option<&Expr>| ExpectedParam {
        name: param.name.to_string(),
        kind,
        annotation: param.annotation.as_deref().map(place),
        default: default.map(place),
    };
    let mut found = Vec::new();
    for (several, kind) in [
        (&params.posonlyargs, ParamKind::PositionalOnly),
        (&params.args, ParamKind::PositionalOrKeyword),
    ] {
        found.extend(
            several
                .iter()
                .map(|it| one(&it.parameter, kind, it.default())),
        );
    }
    let starred = |param: &Parameter| one(param, ParamKind::VarPositional, None);
    found.extend(params.vararg.as_deref().map(starred));
    let keywords = params.kwonlyargs.iter();
    found.extend(keywords.map(|it| one(&it.parameter, ParamKind::KeywordOnly, it.default())));
    let starred = |param: &Parameter| one(param, ParamKind::VarKeyword, None);
    found.extend(params.kwarg.as_deref().map(starred));
    found
}

fn place(node: &impl Ranged) -> Span {
    span(node.range())
}

fn span(range: TextRange) -> Span {
    Span::new(range.start().into(), range.end().into())
}
