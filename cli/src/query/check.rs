//! What can be said of an expression without a response: the names of functions, and how many arguments they
//! have.

use cloudcall_generator::names::{list, nearest};
use jmespath::ast::Ast;

use super::functions::{FUNCTIONS, Kind};

/// Checks every function call in an expression.
pub(super) fn check(ast: &Ast) -> Result<(), String> {
    match ast {
        Ast::Field { .. } | Ast::Identity { .. } | Ast::Index { .. } | Ast::Literal { .. } => Ok(()),
        Ast::Slice { step: 0, .. } => Err("the step of a slice is 0".to_owned()),
        Ast::Slice { .. } => Ok(()),
        Ast::Comparison { lhs, rhs, .. }
        | Ast::And { lhs, rhs, .. }
        | Ast::Or { lhs, rhs, .. }
        | Ast::Projection { lhs, rhs, .. }
        | Ast::Subexpr { lhs, rhs, .. } => check(lhs).and_then(|()| check(rhs)),
        Ast::Condition { predicate, then, .. } => check(predicate).and_then(|()| check(then)),
        Ast::Flatten { node, .. } | Ast::Not { node, .. } | Ast::ObjectValues { node, .. } => check(node),
        Ast::MultiList { elements, .. } => elements.iter().try_for_each(check),
        Ast::MultiHash { elements, .. } => elements.iter().try_for_each(|pair| check(&pair.value)),
        Ast::Expref { .. } => {
            Err("an expression with `&` is an argument of map, sort_by, max_by or min_by".to_owned())
        }
        Ast::Function { name, args, .. } => function(name, args),
    }
}

fn function(name: &str, args: &[Ast]) -> Result<(), String> {
    let Some((_, kinds, variadic)) = FUNCTIONS.iter().find(|(known, ..)| *known == name) else {
        let known: Vec<&str> = FUNCTIONS.iter().map(|(known, ..)| *known).collect();
        let near = match nearest(name, &known) {
            near if near.is_empty() => String::new(),
            near => format!(", did you mean {}?", list(&near, "or")),
        };
        return Err(format!("there is no function `{name}`{near}"));
    };
    if args.len() < kinds.len() || args.len() > kinds.len() && !variadic {
        let least = if *variadic { "at least " } else { "" };
        return Err(format!("{name}() takes {least}{} arguments, not {}", kinds.len(), args.len()));
    }
    for (number, arg) in args.iter().enumerate() {
        match (kinds.get(number), arg) {
            (Some(Kind::Expression), Ast::Expref { ast, .. }) => check(ast)?,
            (Some(Kind::Expression), _) => {
                return Err(format!(
                    "argument {} of {name}() is an expression with `&`, such as `&Name`",
                    number + 1
                ));
            }
            _ => check(arg)?,
        }
    }
    Ok(())
}
