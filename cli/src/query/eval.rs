//! Evaluates an expression over a value, see <https://jmespath.org/specification.html>.

use std::borrow::Cow;

use cloudcall::Value;
use jmespath::ast::{Ast, Comparator};

use super::compare::{order, same};
use super::functions::{Arg, call};
use super::is_true;

type Found<'v> = Result<Cow<'v, Value>, String>;

/// What the expression selects of the value.
pub(super) fn eval<'v>(ast: &Ast, value: &'v Value) -> Found<'v> {
    let own = |value: Value| Ok(Cow::Owned(value));
    match ast {
        Ast::Identity { .. } => Ok(Cow::Borrowed(value)),
        Ast::Field { name, .. } => Ok(borrowed(value.get(name.as_str()).filter(|_| value.is_object()))),
        Ast::Index { idx, .. } => {
            let items = value.as_array().map_or(&[][..], Vec::as_slice);
            Ok(borrowed(position(*idx, items.len()).and_then(|at| items.get(at))))
        }
        Ast::Slice { start, stop, step, .. } => match value {
            Value::Array(items) => own(Value::Array(slice(items, *start, *stop, *step))),
            _ => own(Value::Null),
        },
        Ast::Literal { value, .. } => own(value.to_string().parse().unwrap_or_default()),
        Ast::Subexpr { lhs, rhs, .. } => then(eval(lhs, value)?, |inner| eval(rhs, inner)),
        Ast::Or { lhs, rhs, .. } => match eval(lhs, value)? {
            left if is_true(&left) => Ok(left),
            _ => eval(rhs, value),
        },
        Ast::And { lhs, rhs, .. } => match eval(lhs, value)? {
            left if !is_true(&left) => Ok(left),
            _ => eval(rhs, value),
        },
        Ast::Not { node, .. } => own(Value::Bool(!is_true(&*eval(node, value)?))),
        Ast::Condition { predicate, then, .. } => match is_true(&*eval(predicate, value)?) {
            true => eval(then, value),
            false => own(Value::Null),
        },
        Ast::Comparison { comparator, lhs, rhs, .. } => {
            own(compare(comparator, &*eval(lhs, value)?, &*eval(rhs, value)?))
        }
        Ast::ObjectValues { node, .. } => match &*eval(node, value)? {
            Value::Object(members) => own(Value::Array(members.values().cloned().collect())),
            _ => own(Value::Null),
        },
        Ast::Projection { lhs, rhs, .. } => match &*eval(lhs, value)? {
            Value::Array(items) => {
                let mut found = Vec::new();
                for item in items {
                    let inner = eval(rhs, item)?;
                    if !inner.is_null() {
                        found.push(inner.into_owned());
                    }
                }
                own(Value::Array(found))
            }
            _ => own(Value::Null),
        },
        Ast::Flatten { node, .. } => match eval(node, value)?.into_owned() {
            Value::Array(items) => own(Value::Array(flat(items))),
            _ => own(Value::Null),
        },
        Ast::MultiList { .. } | Ast::MultiHash { .. } if value.is_null() => own(Value::Null),
        Ast::MultiList { elements, .. } => {
            let items = elements.iter().map(|element| Ok(eval(element, value)?.into_owned()));
            own(Value::Array(items.collect::<Result<_, String>>()?))
        }
        Ast::MultiHash { elements, .. } => {
            let members =
                elements.iter().map(|pair| Ok((pair.key.clone(), eval(&pair.value, value)?.into_owned())));
            own(Value::Object(members.collect::<Result<_, String>>()?))
        }
        Ast::Function { name, args, .. } => {
            let args = args.iter().map(|arg| match arg {
                Ast::Expref { ast, .. } => Ok(Arg::Expression(ast)),
                other => Ok(Arg::Value(eval(other, value)?.into_owned())),
            });
            let args = args.collect::<Result<Vec<_>, String>>()?;
            own(call(name, &args, |ast, value| Ok(eval(ast, value)?.into_owned()))?)
        }
        Ast::Expref { .. } => Err("an expression with `&` has no value".to_owned()),
    }
}

fn borrowed(found: Option<&Value>) -> Cow<'_, Value> {
    found.map_or(Cow::Owned(Value::Null), Cow::Borrowed)
}

/// Goes on with a value, which is borrowed as long as that is possible.
fn then<'v>(value: Cow<'v, Value>, next: impl Fn(&Value) -> Found<'_>) -> Found<'v> {
    match value {
        Cow::Borrowed(value) => next(value),
        Cow::Owned(value) => Ok(Cow::Owned(next(&value)?.into_owned())),
    }
}

/// An index from the start, or from the end if it is negative.
fn position(index: i32, length: usize) -> Option<usize> {
    let distance = usize::try_from(index.unsigned_abs()).ok()?;
    if index < 0 { length.checked_sub(distance) } else { Some(distance) }
}

/// As slices of Python.
fn slice(items: &[Value], start: Option<i32>, stop: Option<i32>, step: i32) -> Vec<Value> {
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let (step, forward) = (i64::from(step), step > 0);
    let (low, high) = if forward { (0, length) } else { (-1, length - 1) };
    let bound = |given: Option<i32>, usual: i64| match given.map(i64::from) {
        None => usual,
        Some(at) if at < 0 => (at + length).clamp(low, high),
        Some(at) => at.clamp(low, high),
    };
    let (first, last) = if forward { (0, length) } else { (length - 1, -1) };
    let (mut at, end) = (bound(start, first), bound(stop, last));
    let mut found = Vec::new();
    while if forward { at < end } else { at > end } {
        found.extend(usize::try_from(at).ok().and_then(|at| items.get(at)).cloned());
        at += step;
    }
    found
}

/// The elements of lists in a list beside its other elements.
fn flat(items: Vec<Value>) -> Vec<Value> {
    let mut found = Vec::new();
    for item in items {
        match item {
            Value::Array(inner) => found.extend(inner),
            other => found.push(other),
        }
    }
    found
}

/// Numbers and texts have an order; the order of other values is null. Texts are compared as jmespath.py
/// does: times of one format are texts.
fn compare(comparator: &Comparator, one: &Value, other: &Value) -> Value {
    let ordered = one.is_number() && other.is_number() || one.is_string() && other.is_string();
    Value::Bool(match comparator {
        Comparator::Equal => same(one, other),
        Comparator::NotEqual => !same(one, other),
        _ if !ordered => return Value::Null,
        Comparator::LessThan => order(one, other).is_lt(),
        Comparator::LessThanEqual => order(one, other).is_le(),
        Comparator::GreaterThan => order(one, other).is_gt(),
        Comparator::GreaterThanEqual => order(one, other).is_ge(),
    })
}
