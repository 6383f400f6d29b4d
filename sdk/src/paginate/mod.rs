//! Pagination: read a list that comes in pages.
//!
//! An action that is declared with `paginate(…)` has two streams: its items, and its pages.
//!
//! ```no_run
//! # use cloudcall::{cloud_action, cloud_model, Client, Tencent};
//! #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12",
//!                response = InstanceList, readonly,
//!                paginate(offset = offset, limit = limit, total = total_count, items = instance_set))]
//! pub struct DescribeInstances {
//!     pub offset: Option<i64>,
//!     pub limit: Option<i64>,
//! }
//! # #[cloud_model(provider = "tencent", response)]
//! # pub struct InstanceList { pub total_count: Option<i64>, pub instance_set: Option<Vec<Instance>> }
//! # #[cloud_model(provider = "tencent", response)]
//! # pub struct Instance { pub instance_id: Option<String> }
//!
//! # async fn run(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
//! let mut instances = client.describe_instances().limit(100).items();
//! while let Some(instance) = instances.next().await {
//!     println!("{:?}", instance?.instance_id);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! | to do this | use |
//! | --- | --- |
//! | read the items one by one, or all of them | [`Items`] |
//! | read whole responses | [`Pages`] |
//! | continue later, also in another process | [`PagePosition`] |
//! | paginate an action that is written by hand | [`Paginate`] |
//!
//! [`PageForm`] has the rules by which the last page is found.

mod cursor;
mod items;
#[doc(hidden)]
pub mod member;
mod pages;
mod position;
#[doc(hidden)]
pub mod untyped;
mod walk;

use crate::action::Action;

pub use cursor::{Cursor, PageField};
pub use items::Items;
pub use pages::Pages;
pub use position::PagePosition;

/// An action whose response is one page of a list.
///
/// The macro implements it for an action with [`paginate(…)`](crate::cloud_action). An
/// implementation by hand:
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
    message = "`{Self}` does not declare how its list is paged",
    label = "this action has no `paginate(...)`",
    note = "write `#[cloud_action(..., paginate(offset = offset, limit = limit, total = total_count, items = instance_set))]`"
)]
pub trait Paginate: Action {
    /// The type of an entry of the list.
    type Item: Send;

    /// What the cursor counts.
    const FORM: PageForm;

    /// The number of the first page, or the offset of the first item. Default: page 1,
    /// offset 0.
    const FIRST: Option<u64> = None;

    /// The page size that is requested if the request sets none. It is for services that
    /// need a page size to read an offset or to send a token. Default: none is sent.
    const DEFAULT_SIZE: Option<u64> = None;

    /// The field of the request that selects a page.
    fn cursor(&mut self) -> &mut dyn PageField;

    /// The field of the request that sets the page size. Default: there is none.
    fn size(&mut self) -> Option<&mut dyn PageField> {
        None
    }

    /// The field for the token of an action that is paged by number and can be paged by
    /// token instead. A request that sets this field or [`token_size`](Self::token_size) is
    /// paged by token. Default: there is none.
    fn token(&mut self) -> Option<&mut dyn PageField> {
        None
    }

    /// The field for the page size that belongs to [`token`](Self::token). Default: there
    /// is none.
    fn token_size(&mut self) -> Option<&mut dyn PageField> {
        None
    }

    /// The wire names that lead to the list in a response, for generated code. It is empty
    /// if they are not known.
    #[doc(hidden)]
    const LIST: &'static [&'static str] = &[];

    /// The list in a response.
    fn items(page: &mut Self::Output) -> Option<&mut Vec<Self::Item>>;

    /// The number of items in the whole list. Default: the response does not have it.
    fn total(_page: &mut Self::Output) -> Option<u64> {
        None
    }

    /// The cursor of the next page. Default: the response does not have it.
    fn next(_page: &mut Self::Output) -> Option<Cursor> {
        None
    }

    /// Whether more pages follow. Default: the response does not tell.
    fn has_more(_page: &mut Self::Output) -> Option<bool> {
        None
    }
}

/// How the pages of a list are selected, and how the last page is found.
///
/// These rules apply to all forms:
///
/// - If the response has `has_more`, it decides.
/// - A list that ends with fewer items than its total is an error of kind
///   [`Decode`](crate::ErrorKind::Decode) after the last item. The smallest total of the
///   walk counts, because items may be deleted meanwhile. A walk that begins at a page
///   number or token of the caller is not checked. Use [`Pages::ignore_total`] for services
///   whose total counts something else.
/// - An error of a call never counts as the end.
///
/// ```
/// use cloudcall::{cloud_action, cloud_model};
///
/// // By token, as many actions of Alibaba Cloud.
/// #[cloud_action(provider = "alibaba", product = "ecs", version = "2014-05-26",
///                response = EventList, readonly,
///                paginate(token = next_token, next_token = next_token, limit = max_results,
///                         items = events))]
/// pub struct DescribeEvents {
///     pub next_token: Option<String>,
///     pub max_results: Option<i64>,
/// }
///
/// #[cloud_model(provider = "alibaba", response)]
/// pub struct EventList {
///     pub next_token: Option<String>,
///     pub events: Option<Vec<Event>>,
/// }
///
/// #[cloud_model(provider = "alibaba", response)]
/// pub struct Event {
///     pub event_id: Option<String>,
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageForm {
    /// By the number of items before the page. The next page begins after the items that
    /// were received, whatever limit was requested, because services lower limits without
    /// an error.
    ///
    /// The last page is the one that reaches the total. A total that is missing, or that
    /// the items prove wrong, is ignored. Then the last page is an empty page, or a page
    /// that is shorter than both the limit and an earlier page. A full page that reaches a
    /// total of 10,000 is not the last one, because search engines stop counting there.
    Offset,
    /// By the number of the page. The first page is [`FIRST`](Paginate::FIRST), or 1,
    /// unless the request selects another one. The last page is found as for
    /// [`Offset`](Self::Offset).
    Number,
    /// By a token, or marker, in the response. The list ends if there is no token or an
    /// empty one, or if a page without items repeats a token. Any other repeated token is
    /// an error, unless [`Pages::end_at_repeated_token`] was called.
    Token,
}
