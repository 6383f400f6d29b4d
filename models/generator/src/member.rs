//! The fields of a type with the names that they have in Rust.

use crate::description::Field;
use crate::names::ident;

/// A field with its identifier, which is unique in its type.
#[derive(Debug)]
pub struct Member<'a> {
    /// As the catalogue has it.
    pub field: Field<'a>,
    /// The name in Rust.
    pub ident: String,
}

/// Gives every field its identifier: of two that would be the same, one that is disabled gets another.
pub(crate) fn members<'a>(fields: &[Field<'a>]) -> Vec<Member<'a>> {
    let mut used: Vec<String> = Vec::with_capacity(fields.len());
    let mut order: Vec<usize> = (0..fields.len()).collect();
    order.sort_by_key(|at| fields.get(*at).is_some_and(|field| field.disabled));
    let mut idents = vec![String::new(); fields.len()];
    for at in order {
        let (Some(field), Some(slot)) = (fields.get(at), idents.get_mut(at)) else { continue };
        let mut name = ident(field.key);
        let plain = name.trim_start_matches("r#").to_owned();
        let mut number = 1;
        while used.contains(&name) {
            number += 1;
            name = format!("{plain}_{number}");
        }
        used.push(name.clone());
        *slot = name;
    }
    fields.iter().zip(idents).map(|(field, ident)| Member { field: *field, ident }).collect()
}
