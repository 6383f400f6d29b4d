//! Lists that come in pages: what an action says of its paging, and the streams over its pages and items.

mod cursor;
mod items;
#[doc(hidden)]
pub mod member;
mod pages;
mod position;
mod walk;

use crate::action::Action;

pub use cursor::{Cursor, PageField};
pub use items::Items;
pub use pages::Pages;
pub use position::PagePosition;

/// An action whose answer is one page of a list.
///
/// `paginate(...)` in [`cloud_action`](crate::cloud_action) writes this implementation. By hand:
///
/// ```
/// use cloudcall::{Error, json::Value, Tencent};
/// use cloudcall::action::{Action, ActionInfo, Fields, Param};
/// use cloudcall::paginate::{PageField, PageForm, Paginate};
///
/// struct DescribeZones {
///     offset: Option<u64>,
///     limit: Option<u64>,
/// }
///
/// impl Action for DescribeZones {
///     type Provider = Tencent;
///     type Output = Value;
///     const INFO: &'static ActionInfo = &ActionInfo::new("cvm", "2017-03-12", "DescribeZones").readonly();
///
///     fn fields(&self, fields: &mut Fields) -> Result<(), Error> {
///         fields.put(&Param::new("Offset"), &self.offset)?;
///         fields.put(&Param::new("Limit"), &self.limit)
///     }
/// }
///
/// impl Paginate for DescribeZones {
///     type Item = Value;
///     const FORM: PageForm = PageForm::Offset;
///
///     fn cursor(&mut self) -> &mut dyn PageField {
///         &mut self.offset
///     }
///
///     fn size(&mut self) -> Option<&mut dyn PageField> {
///         Some(&mut self.limit)
///     }
///
///     fn items(page: &mut Value) -> Option<&mut Vec<Value>> {
///         page.get_mut("ZoneSet")?.as_array_mut()
///     }
///
///     fn total(page: &mut Value) -> Option<u64> {
///         page["TotalCount"].as_u64()
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how its answers are paged",
    label = "this action has no `paginate(...)`",
    note = "write `#[cloud_action(..., paginate(offset = offset, limit = limit, total = total_count, items = instance_set))]`"
)]
pub trait Paginate: Action {
    /// One entry of the list.
    type Item: Send;

    /// What the cursor counts.
    const FORM: PageForm;

    /// The number of the first page where that is not 1, or the offset of the first item where that is not 0.
    const FIRST: Option<u64> = None;

    /// How many items a page is asked to have if the request does not say. For services that read an offset, or give a
    /// token, only together with a page size. Default: nothing is sent.
    const DEFAULT_SIZE: Option<u64> = None;

    /// The field of the request that leads to a page.
    fn cursor(&mut self) -> &mut dyn PageField;

    /// The field of the request that says how many items a page has.
    fn size(&mut self) -> Option<&mut dyn PageField> {
        None
    }

    /// The field for the token of an action that is paged by number, and can be paged by token instead. A request that
    /// sets this field or [`token_size`](Self::token_size) is paged by token.
    fn token(&mut self) -> Option<&mut dyn PageField> {
        None
    }

    /// The field for the number of items that goes with [`token`](Self::token).
    fn token_size(&mut self) -> Option<&mut dyn PageField> {
        None
    }

    /// The list in an answer.
    fn items(page: &mut Self::Output) -> Option<&mut Vec<Self::Item>>;

    /// How many items there are in all.
    fn total(_page: &mut Self::Output) -> Option<u64> {
        None
    }

    /// The cursor of the next page.
    fn next(_page: &mut Self::Output) -> Option<Cursor> {
        None
    }

    /// Whether more pages follow.
    fn has_more(_page: &mut Self::Output) -> Option<bool> {
        None
    }
}

/// How the pages of a list are asked for, and with it the rule for the last one.
///
/// Common to all:
///
/// - `has_more` decides where the response has it.
/// - A list that ends with fewer items than its total is an error of kind [`Decode`](crate::ErrorKind::Decode) after the last
///   item. The least total of the walk counts, since items may be deleted meanwhile; a walk that begins at a page number or
///   token of the caller is not checked. [`Pages::ignore_total`] is for services that count something else.
/// - An error of a call is never taken for the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageForm {
    /// By the number of items before the page. The next page begins where the items that came end, whatever limit was
    /// asked for, since services lower limits in silence.
    ///
    /// The last page is the one that reaches the total. A total that is missing, or that the items that came prove wrong,
    /// is ignored; then an empty page is the last, and so is one that is shorter than both the limit and a page before it.
    /// A full page that reaches a total of 10,000 is not the last: search engines stop counting there.
    Offset,
    /// By the number of the page. The first is [`FIRST`](Paginate::FIRST), or 1, unless the request says otherwise. The last page
    /// is found as for [`Offset`](Self::Offset).
    Number,
    /// By a token, or marker, that the response gives. No token is the end, and so is an empty one, and one that came before
    /// with a page without items. Any other token that came before is an error, unless
    /// [`Pages::end_at_repeated_token`] says that it is the end.
    Token,
}
