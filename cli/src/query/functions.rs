//! The functions of JMESPath, see <https://jmespath.org/specification.html#built-in-functions>.

use cloudcall::Value;
use cloudcall::response::Number;
use jmespath::ast::Ast;

use super::compare::{order, same};
use super::number;

/// What an argument takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Any,
    Number,
    Text,
    List,
    Object,
    /// A list of numbers.
    Numbers,
    /// A list of texts.
    Texts,
    /// A list of numbers, or of texts.
    Sortable,
    TextOrList,
    /// A text, a list or an object.
    Sized,
    /// `&expression`.
    Expression,
}

use Kind::{Any, Expression, List, Numbers, Object, Sized, Sortable, Text, TextOrList, Texts};

/// The functions, what their arguments take, and whether more of the last kind may follow.
pub(super) const FUNCTIONS: [(&str, &[Kind], bool); 26] = [
    ("abs", &[Kind::Number], false),
    ("avg", &[Numbers], false),
    ("ceil", &[Kind::Number], false),
    ("contains", &[TextOrList, Any], false),
    ("ends_with", &[Text, Text], false),
    ("floor", &[Kind::Number], false),
    ("join", &[Text, Texts], false),
    ("keys", &[Object], false),
    ("length", &[Sized], false),
    ("map", &[Expression, List], false),
    ("max", &[Sortable], false),
    ("max_by", &[List, Expression], false),
    ("merge", &[Object], true),
    ("min", &[Sortable], false),
    ("min_by", &[List, Expression], false),
    ("not_null", &[Any], true),
    ("reverse", &[TextOrList], false),
    ("sort", &[Sortable], false),
    ("sort_by", &[List, Expression], false),
    ("starts_with", &[Text, Text], false),
    ("sum", &[Numbers], false),
    ("to_array", &[Any], false),
    ("to_number", &[Any], false),
    ("to_string", &[Any], false),
    ("type", &[Any], false),
    ("values", &[Object], false),
];

/// An argument.
#[derive(Debug)]
pub(super) enum Arg<'a> {
    Value(Value),
    Expression(&'a Ast),
}

/// Evaluates an expression over a value.
pub(super) type Apply = fn(&Ast, &Value) -> Result<Value, String>;

/// Calls a function whose name and number of arguments were checked. `apply` evaluates expressions that are
/// arguments.
pub(super) fn call(name: &str, args: &[Arg<'_>], apply: Apply) -> Result<Value, String> {
    let kinds = FUNCTIONS.iter().find(|(known, ..)| *known == name).map_or(&[][..], |(_, kinds, _)| kinds);
    for (number, arg) in args.iter().enumerate() {
        let kind = kinds.get(number).or(kinds.last()).copied().unwrap_or(Any);
        if let Arg::Value(value) = arg
            && !takes(kind, value)
        {
            let (number, wanted, found) = (number + 1, words(kind), type_name(value));
            return Err(format!("argument {number} of {name}() takes {wanted}, not {found}"));
        }
    }
    use Arg::{Expression, Value as Is};
    use Value::{Array, Bool, Number as Num, Object, String as Str};
    Ok(match (name, args) {
        ("abs", [Is(Num(number))]) => number::abs(number),
        ("avg", [Is(Array(items))]) => {
            let found: Vec<&Number> = numbers(items).collect();
            number::mean(found.into_iter())
        }
        ("ceil", [Is(Num(number))]) => number::whole(number, f64::ceil),
        ("floor", [Is(Num(number))]) => number::whole(number, f64::floor),
        ("contains", [Is(Str(text)), Is(part)]) => {
            Bool(part.as_str().is_some_and(|part| text.contains(part)))
        }
        ("contains", [Is(Array(items)), Is(wanted)]) => Bool(items.iter().any(|item| same(item, wanted))),
        ("ends_with", [Is(Str(text)), Is(Str(end))]) => Bool(text.ends_with(end)),
        ("starts_with", [Is(Str(text)), Is(Str(start))]) => Bool(text.starts_with(start)),
        ("join", [Is(Str(glue)), Is(Array(items))]) => {
            Str(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(glue))
        }
        ("keys", [Is(Object(members))]) => Array(members.keys().map(Value::from).collect()),
        ("values", [Is(Object(members))]) => Array(members.values().cloned().collect()),
        ("length", [Is(Str(text))]) => Value::from(text.chars().count()),
        ("length", [Is(Array(items))]) => Value::from(items.len()),
        ("length", [Is(Object(members))]) => Value::from(members.len()),
        ("map", [Expression(ast), Is(Array(items))]) => {
            let mapped = items.iter().map(|item| apply(ast, item));
            Array(mapped.collect::<Result<_, String>>()?)
        }
        ("max", [Is(Array(items))]) => {
            items.iter().reduce(|a, b| later(a, b, a, b)).cloned().unwrap_or_default()
        }
        ("min", [Is(Array(items))]) => {
            items.iter().reduce(|a, b| later(b, a, a, b)).cloned().unwrap_or_default()
        }
        ("max_by", [Is(Array(items)), Expression(ast)]) => {
            let keyed = keyed(name, items, ast, apply)?;
            let found = keyed.iter().reduce(|a, b| if order(&b.0, &a.0).is_gt() { b } else { a });
            found.map(|(_, item)| (*item).clone()).unwrap_or_default()
        }
        ("min_by", [Is(Array(items)), Expression(ast)]) => {
            let keyed = keyed(name, items, ast, apply)?;
            let found = keyed.iter().reduce(|a, b| if order(&b.0, &a.0).is_lt() { b } else { a });
            found.map(|(_, item)| (*item).clone()).unwrap_or_default()
        }
        ("merge", objects) => {
            let mut merged: Vec<(String, Value)> = Vec::new();
            let all = objects.iter().filter_map(|arg| match arg {
                Is(Object(members)) => Some(members.iter()),
                _ => None,
            });
            for (name, value) in all.flatten() {
                match merged.iter_mut().find(|(known, _)| known == name) {
                    Some((_, known)) => *known = value.clone(),
                    None => merged.push((name.to_owned(), value.clone())),
                }
            }
            Object(merged.into_iter().collect())
        }
        ("not_null", values) => {
            let found = values.iter().find_map(|arg| match arg {
                Is(value) if !value.is_null() => Some(value.clone()),
                _ => None,
            });
            found.unwrap_or_default()
        }
        ("reverse", [Is(Array(items))]) => Array(items.iter().rev().cloned().collect()),
        ("reverse", [Is(Str(text))]) => Str(text.chars().rev().collect()),
        ("sort", [Is(Array(items))]) => {
            let mut items = items.clone();
            items.sort_by(order);
            Array(items)
        }
        ("sort_by", [Is(Array(items)), Expression(ast)]) => {
            let mut keyed = keyed(name, items, ast, apply)?;
            keyed.sort_by(|a, b| order(&a.0, &b.0));
            Array(keyed.into_iter().map(|(_, item)| item.clone()).collect())
        }
        ("sum", [Is(Array(items))]) => number::sum(numbers(items)),
        ("to_array", [Is(Array(items))]) => Array(items.clone()),
        ("to_array", [Is(value)]) => Array(vec![value.clone()]),
        ("to_number", [Is(Num(number))]) => Num(number.clone()),
        ("to_number", [Is(Str(text))]) => match text.parse() {
            Ok(Num(number)) => Num(number),
            _ => Value::Null,
        },
        ("to_number", _) => Value::Null,
        ("to_string", [Is(Str(text))]) => Str(text.clone()),
        ("to_string", [Is(value)]) => Str(value.to_string()),
        ("type", [Is(value)]) => Value::from(type_name(value)),
        _ => return Err(format!("{name}() does not take these arguments")),
    })
}

/// `late` if it is after `early`, otherwise the first of both.
fn later<'v>(early: &Value, late: &Value, first: &'v Value, second: &'v Value) -> &'v Value {
    if order(late, early).is_gt() { second } else { first }
}

/// The items with what they are compared by, which is of one type.
fn keyed<'v>(
    name: &str,
    items: &'v [Value],
    ast: &Ast,
    apply: Apply,
) -> Result<Vec<(Value, &'v Value)>, String> {
    let keyed: Vec<(Value, &Value)> =
        items.iter().map(|item| Ok((apply(ast, item)?, item))).collect::<Result<_, String>>()?;
    let keys = || keyed.iter().map(|(key, _)| key);
    match keys().all(Value::is_number) || keys().all(Value::is_string) {
        true => Ok(keyed),
        false => Err(format!("the expression of {name}() gives neither only numbers nor only texts")),
    }
}

fn numbers(items: &[Value]) -> impl Iterator<Item = &Number> + Clone {
    items.iter().filter_map(Value::as_number)
}

fn takes(kind: Kind, value: &Value) -> bool {
    let all = |is: fn(&Value) -> bool| value.as_array().is_some_and(|items| items.iter().all(is));
    match kind {
        Any => true,
        Kind::Number => value.is_number(),
        Text => value.is_string(),
        List => value.is_array(),
        Object => value.is_object(),
        Numbers => all(Value::is_number),
        Texts => all(Value::is_string),
        Sortable => all(Value::is_number) || all(Value::is_string),
        TextOrList => value.is_string() || value.is_array(),
        Sized => value.is_string() || value.is_array() || value.is_object(),
        Expression => false,
    }
}

fn words(kind: Kind) -> &'static str {
    match kind {
        Any => "any value",
        Kind::Number => "a number",
        Text => "a text",
        List => "a list",
        Object => "an object",
        Numbers => "a list of numbers",
        Texts => "a list of texts",
        Sortable => "a list of numbers or of texts",
        TextOrList => "a text or a list",
        Sized => "a text, a list or an object",
        Expression => "an expression with `&`",
    }
}

/// The name of a type in JMESPath.
fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
