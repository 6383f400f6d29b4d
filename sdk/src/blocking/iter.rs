//! Streams as iterators: pages, items, events and streams of your own.

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

/// An iterator over a stream. It blocks until the next item arrives.
///
/// [`Pages`], [`Items`], [`Events`] and the result of [`Client::iter`](super::Client::iter) are of this type.
/// Nothing is fetched ahead: the stream makes progress only while `next` runs. Dropping the iterator ends the
/// stream.
#[must_use = "an iterator does nothing until it is used"]
pub struct Iter<S> {
    stream: Pin<Box<S>>,
    driver: Arc<Driver>,
}

/// The pages of a list. Each page is one call, made by `next`.
///
/// Limits, errors and positions are those of the async [`Pages`](crate::paginate::Pages).
///
/// ```no_run
/// # use cloudcall::{blocking, cloud_action, cloud_model, Tencent};
/// # #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12",
/// #     response = InstanceList, readonly,
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

/// The items of a list, page after page.
///
/// Limits, errors and positions are those of the async [`Items`](crate::paginate::Items).
///
/// ```no_run
/// # use cloudcall::{blocking, cloud_action, cloud_model, Tencent};
/// # #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12",
/// #     response = InstanceList, readonly,
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

/// The events of one response, as they arrive.
///
/// Limits, errors and the end of the stream are those of the async [`Events`](crate::stream::Events).
///
/// ```no_run
/// # use cloudcall::{blocking, json::json, Tencent};
/// # fn run(client: blocking::Client<Tencent>) -> Result<(), cloudcall::Error> {
/// let hello = json!([{ "Role": "user", "Content": "Hello" }]);
/// let chat = json!({ "Model": "hunyuan-lite", "Stream": true, "Messages": hello });
/// let events = client.raw("hunyuan", "2023-09-01", "ChatCompletions").json(chat).stream()?;
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
    /// Continues at a position that an earlier iteration over the same list had. The whole page is returned,
    /// even if some of its items were read before.
    pub fn from(self, position: PagePosition) -> Self {
        self.map(|pages| pages.from(position))
    }

    /// Ends after `pages` pages, without an error. Default: no limit.
    pub fn max_pages(self, pages: u64) -> Self {
        self.map(|all| all.max_pages(pages))
    }

    /// The number of consecutive pages without items after which the iteration fails. Default: 100.
    pub fn max_empty_pages(self, pages: u32) -> Self {
        self.map(|all| all.max_empty_pages(pages))
    }

    /// Does not compare the number of items with the total that the service sends. See
    /// [`Pages::ignore_total`](crate::paginate::Pages::ignore_total).
    pub fn ignore_total(self) -> Self {
        self.map(|all| all.ignore_total())
    }

    /// Treats a repeated token as the end of the list. See
    /// [`Pages::end_at_repeated_token`](crate::paginate::Pages::end_at_repeated_token).
    pub fn end_at_repeated_token(self) -> Self {
        self.map(|all| all.end_at_repeated_token())
    }

    /// The position of the next page. After an error, the position of the page that failed.
    pub fn position(&self) -> PagePosition {
        self.stream.position()
    }

    /// Reads all remaining pages.
    ///
    /// # Errors
    ///
    /// The first error of a page. Pages that were read before it are lost; iterate to keep them.
    pub fn collect_all(self) -> Result<Vec<Response<A::Output>>, Error> {
        self.collect()
    }
}

impl<A: Paginate> Items<A> {
    /// Continues at a position that an earlier iteration over the same list had. Its page is fetched again,
    /// and items that were read before are skipped.
    pub fn from(self, position: PagePosition) -> Self {
        self.map(|items| items.from(position))
    }

    /// Ends after `pages` pages, without an error. Default: no limit.
    pub fn max_pages(self, pages: u64) -> Self {
        self.map(|items| items.max_pages(pages))
    }

    /// Ends after `items` items, without an error. Default: no limit.
    pub fn max_items(self, items: u64) -> Self {
        self.map(|all| all.max_items(items))
    }

    /// The number of consecutive pages without items after which the iteration fails. Default: 100.
    pub fn max_empty_pages(self, pages: u32) -> Self {
        self.map(|items| items.max_empty_pages(pages))
    }

    /// Does not compare the number of items with the total that the service sends. See
    /// [`Pages::ignore_total`](crate::paginate::Pages::ignore_total).
    pub fn ignore_total(self) -> Self {
        self.map(|items| items.ignore_total())
    }

    /// Treats a repeated token as the end of the list. See
    /// [`Pages::end_at_repeated_token`](crate::paginate::Pages::end_at_repeated_token).
    pub fn end_at_repeated_token(self) -> Self {
        self.map(|items| items.end_at_repeated_token())
    }

    /// The position of the next item.
    pub fn position(&self) -> PagePosition {
        self.stream.position()
    }

    /// Reads all remaining items.
    ///
    /// # Errors
    ///
    /// The first error of a page. Items that were read before it are lost; iterate to keep them.
    pub fn collect_all(self) -> Result<Vec<A::Item>, Error> {
        self.collect()
    }
}

impl<T> Events<T> {
    /// The request id: from the head of the response, or else from the events so far.
    pub fn request_id(&self) -> Option<&str> {
        self.stream.request_id()
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.stream.status()
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        self.stream.headers()
    }

    /// The number of requests that were sent: 1 without retries.
    pub fn attempts(&self) -> u32 {
        self.stream.attempts()
    }

    /// The host that responded.
    pub fn endpoint(&self) -> &str {
        self.stream.endpoint()
    }

    /// The reconnection delay that the service sent last.
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
