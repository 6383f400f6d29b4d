//! Which types a few actions need, in which direction, and which of them contain themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::description::{Action, Description, Field, ParamLocation, Type};
use crate::error::Error;

/// Whether a type is written, read, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// In requests only.
    Request,
    /// In answers only.
    Response,
    /// In both.
    Both,
}

/// The types that are needed.
#[derive(Debug, Default)]
pub struct Reach<'a> {
    /// By name.
    pub types: BTreeMap<&'a str, (Direction, Type<'a>)>,
    /// Those that reach themselves through fields held by value: such a field needs a box.
    pub recursive: BTreeSet<&'a str>,
}

/// The type that an expression such as `[]#Tag` refers to.
pub(crate) fn base(expression: &str) -> Option<&str> {
    expression.rsplit_once('#').map(|(_, name)| name)
}

impl<'a> Reach<'a> {
    /// Follows what `actions` take and give.
    ///
    /// # Errors
    ///
    /// If the file is damaged: it lacks a type.
    pub fn of(description: &'a Description, actions: &[Action<'a>]) -> Result<Self, Error> {
        let mut reach = Self::default();
        for action in actions {
            for field in parameters(description, action)? {
                reach.add(description, field.ty, Direction::Request)?;
            }
            reach.add(description, action.output, Direction::Response)?;
        }
        let names: Vec<&str> = reach.types.keys().copied().collect();
        reach.recursive = names.into_iter().filter(|name| reach.meets_itself(name)).collect();
        Ok(reach)
    }

    fn add(&mut self, of: &'a Description, expression: &'a str, direction: Direction) -> Result<(), Error> {
        let mut todo: Vec<&str> = base(expression).into_iter().collect();
        while let Some(name) = todo.pop() {
            match self.types.get_mut(name) {
                Some((known, _)) if *known == direction || *known == Direction::Both => continue,
                Some((known, _)) => *known = Direction::Both,
                None => {
                    self.types.insert(name, (direction, of.ty(name)?));
                }
            }
            if let Some((_, Type::Struct(fields))) = self.types.get(name) {
                todo.extend(fields.iter().filter_map(|field| base(field.ty)));
            }
        }
        Ok(())
    }

    /// Whether a member is held in a box, because its type contains the type `of` that has the member.
    pub fn is_boxed(&self, of: &str, field: &Field<'_>) -> bool {
        let holds = field.ty.strip_prefix('#').is_some_and(|held| self.recursive.contains(held));
        holds && self.recursive.contains(of)
    }

    /// Whether the constructor of the type `of` takes the member. No value of a type could be made that requires one of itself.
    pub fn is_required(&self, of: &str, field: &Field<'_>) -> bool {
        field.required && !self.is_boxed(of, field)
    }

    /// What a type holds by value.
    fn held(&self, name: &str) -> impl Iterator<Item = &'a str> {
        let fields = match self.types.get(name) {
            Some((_, Type::Struct(fields))) => fields.as_slice(),
            _ => &[],
        };
        fields.iter().filter_map(|field| field.ty.strip_prefix('#'))
    }

    fn meets_itself(&self, name: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut todo: Vec<&str> = self.held(name).collect();
        while let Some(next) = todo.pop() {
            if next == name {
                return true;
            }
            if seen.insert(next) {
                todo.extend(self.held(next));
            }
        }
        false
    }
}

/// The parameters of an action. The body of a multipart request is no document: its members are parameters themselves.
pub(crate) fn parameters<'a>(of: &'a Description, action: &Action<'a>) -> Result<Vec<Field<'a>>, Error> {
    let fields = match base(action.input) {
        Some(input) => members(of, input)?,
        None => Vec::new(),
    };
    let huawei = of.entry().cloud == "huawei";
    let multipart = action.fact("content").is_some_and(|content| content.starts_with("multipart"));
    let mut parameters = Vec::new();
    for mut field in fields {
        // The vendor's package hands the whole document over under one name.
        if huawei && field.place == ParamLocation::Body && field.wire == "body" {
            if let Some(inner) = base(field.ty).filter(|_| multipart && field.ty.starts_with('#')) {
                let inner = members(of, inner)?.into_iter();
                parameters.extend(inner.map(|inner| Field { place: ParamLocation::Body, ..inner }));
                continue;
            }
            field.place = ParamLocation::Whole;
        }
        parameters.push(field);
    }
    Ok(parameters)
}

fn members<'a>(of: &'a Description, name: &str) -> Result<Vec<Field<'a>>, Error> {
    Ok(match of.ty(name)? {
        Type::Struct(fields) => fields,
        Type::Enum(_) | Type::Any => Vec::new(),
    })
}
