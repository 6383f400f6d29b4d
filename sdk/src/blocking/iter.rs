//! A stream as an iterator: of pages, of items, of events, of anything.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use http::{HeaderMap, StatusCode};

use super::driver::Driver;
use crate::error::Error;
use crate::paginate::{PagePosition, Paginate};
use crate::response::Response;

/// Gives the items of a stream, and waits for each: [`Pages`], [`Items`], [`Events`], and what
/// [`Client::iter`](super::Client::iter) is given.
///
/// Nothing is fetched ahead: what the stream does, it does while an item is waited for. Dropping it ends the stream.
#[must_use = "an iterator does nothing until it is used"]
pub struct Iter<S> {
    stream: Pin<Box<S>>,
    driver: Arc<Driver>,
}

/// The pages of a list, one call each, made when the page is asked for. What [`cloudcall::paginate::Pages`](crate::paginate::Pages) says of limits,
/// errors and positions holds here.
///
/// ```no_run
/// # use cloudcall::{blocking, cloud_action, cloud_model, Tencent};
/// # #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = InstanceList, readonly,
/// #     paginate(offset = offset, limit = limit, total = total_count, items = instance_set))]
/// # pub struct DescribeInstances { pub offset: Option<i64>, pub limit: Option<i64> }
/// # #[cloud_model(provider = "tencent", response)]
/// # pub struct InstanceList { pub total_count: Option<i64>, pub instance_set: Option<Vec<Instance>> }
/// # #[cloud_model(provider = "tencent", response)]
/// # pub struct Instance { pub instance_id: Option<String> }
/// # fn run(client: blocking::Client<Tencent>) -> Result<(), cloudcall::Error> {
/// let mut pages = client.describe_instances().limit(100).pages().max_pages(5);
/// for page in &mut pages {
///     println!("{:?} in all", page?.total_count);
/// }
///
/// let saved = pages.position().to_string();
/// let later = client.describe_instances().limit(100).pages().from(saved.parse()?);
/// # Ok(())
/// # }
/// ```
pub type Pages<A> = Iter<crate::paginate::Pages<A>>;

/// The items of a list, page after page, as [`cloudcall::paginate::Items`](crate::paginate::Items) gives them.
///
/// ```no_run
/// # use cloudcall::{blocking, cloud_action, cloud_model, Tencent};
/// # #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = InstanceList, readonly,
/// #     paginate(offset = offset, limit = limit, total = total_count, items = instance_set))]
/// # pub struct DescribeInstances { pub offset: Option<i64>, pub limit: Option<i64> }
/// # #[cloud_model(provider = "tencent", response)]
/// # pub struct InstanceList { pub total_count: Option<i64>, pub instance_set: Option<Vec<Instance>> }
/// # #[cloud_model(provider = "tencent", response)]
/// # pub struct Instance { pub instance_id: Option<String> }
/// # fn run(client: blocking::Client<Tencent>) -> Result<(), cloudcall::Error> {
/// for instance in client.describe_instances().limit(100).items() {
///     println!("{:?}", instance?.instance_id);
/// }
///
/// let all = client.describe_instances().items().collect::<Result<Vec<_>, _>>()?;
/// # Ok(())
/// # }
/// ```
pub type Items<A> = Iter<crate::paginate::Items<A>>;

/// The events of one answer, as they come. What [`cloudcall::stream::Events`](crate::stream::Events) says of limits, errors and the end holds here.
///
/// ```no_run
/// # use cloudcall::{blocking, json::json, Tencent};
/// # fn run(client: blocking::Client<Tencent>) -> Result<(), cloudcall::Error> {
/// let question = json!({ "Model": "hunyuan-lite", "Stream": true, "Messages": [{ "Role": "user", "Content": "Hello" }] });
/// let events = client.raw("hunyuan", "2023-09-01", "ChatCompletions").json(question).stream()?;
/// for event in events {
///     println!("{}", event?["Choices"][0]["Delta"]["Content"]);
/// }
/// # Ok(())
/// # }
/// ```
pub type Events<T> = Iter<crate::stream::Events<T>>;

impl<S> Iter<S> {
    pub(super) fn new(stream: S, driver: Arc<Driver>) -> Self {
        Self { stream: Box::pin(stream), driver }
    }
}

impl<S: Unpin> Iter<S> {
    fn map(self, change: impl FnOnce(S) -> S) -> Self {
        let Self { stream, driver } = self;
        Self::new(change(*Pin::into_inner(stream)), driver)
    }
}

impl<A: Paginate> Pages<A> {
    /// Goes on from a position of an earlier walk through the same list. The page comes whole, also where some of its items
    /// were read.
    pub fn from(self, position: PagePosition) -> Self {
        self.map(|pages| pages.from(position))
    }

    /// Ends after `pages` pages, without an error. No limit.
    pub fn max_pages(self, pages: u64) -> Self {
        self.map(|all| all.max_pages(pages))
    }

    /// How many pages without an item may follow each other before that is an error. 100.
    pub fn max_empty_pages(self, pages: u32) -> Self {
        self.map(|all| all.max_empty_pages(pages))
    }

    /// Does not compare the items that came with the total that the service says: see
    /// [`Pages::ignore_total`](crate::paginate::Pages::ignore_total).
    pub fn ignore_total(self) -> Self {
        self.map(|all| all.ignore_total())
    }

    /// Takes a token that came before for the end of the list: see
    /// [`Pages::end_at_repeated_token`](crate::paginate::Pages::end_at_repeated_token).
    pub fn end_at_repeated_token(self) -> Self {
        self.map(|all| all.end_at_repeated_token())
    }

    /// The page that comes next; after an error, the one that is missing.
    pub fn position(&self) -> PagePosition {
        self.stream.position()
    }

    /// All pages that follow. One error is the whole result.
    pub fn collect_all(self) -> Result<Vec<Response<A::Output>>, Error> {
        self.collect()
    }
}

impl<A: Paginate> Items<A> {
    /// Goes on from a position of an earlier walk through the same list: its page is fetched again, and the items that were
    /// read of it are left out.
    pub fn from(self, position: PagePosition) -> Self {
        self.map(|items| items.from(position))
    }

    /// Ends after `pages` pages, without an error. No limit.
    pub fn max_pages(self, pages: u64) -> Self {
        self.map(|items| items.max_pages(pages))
    }

    /// Ends after `items` items, without an error. No limit.
    pub fn max_items(self, items: u64) -> Self {
        self.map(|all| all.max_items(items))
    }

    /// How many pages without an item may follow each other before that is an error. 100.
    pub fn max_empty_pages(self, pages: u32) -> Self {
        self.map(|items| items.max_empty_pages(pages))
    }

    /// Does not compare the items that came with the total that the service says: see
    /// [`Pages::ignore_total`](crate::paginate::Pages::ignore_total).
    pub fn ignore_total(self) -> Self {
        self.map(|items| items.ignore_total())
    }

    /// Takes a token that came before for the end of the list: see
    /// [`Pages::end_at_repeated_token`](crate::paginate::Pages::end_at_repeated_token).
    pub fn end_at_repeated_token(self) -> Self {
        self.map(|items| items.end_at_repeated_token())
    }

    /// The item that comes next.
    pub fn position(&self) -> PagePosition {
        self.stream.position()
    }

    /// All items that follow. One error is the whole result.
    pub fn collect_all(self) -> Result<Vec<A::Item>, Error> {
        self.collect()
    }
}

impl<T> Events<T> {
    /// The request id, from the head of the answer or, where that has none, from the events so far.
    pub fn request_id(&self) -> Option<&str> {
        self.stream.request_id()
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.stream.status()
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        self.stream.headers()
    }

    /// How many requests were sent; 1 when nothing was retried.
    pub fn attempts(&self) -> u32 {
        self.stream.attempts()
    }

    /// The host that answered.
    pub fn endpoint(&self) -> &str {
        self.stream.endpoint()
    }

    /// How long the service last asked to wait before one connects again.
    pub fn retry(&self) -> Option<Duration> {
        self.stream.retry()
    }
}

impl<S> fmt::Debug for Iter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iter(..)")
    }
}

impl<S: Stream> Iterator for Iter<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        let Self { stream, driver } = self;
        driver.block_on(stream.next())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.stream.size_hint()
    }
}
