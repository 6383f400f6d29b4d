//! The stream of the items of a list.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::Stream;

use super::Paginate;
use super::pages::Pages;
use super::position::PagePosition;
use crate::action::Action;
use crate::call::typed::Invoker;
use crate::error::Error;

impl<A: Action> Invoker<A> {
    /// The items of the list, page after page. See [`Items`].
    pub fn items(self) -> Items<A>
    where
        A: Paginate,
    {
        Items::new(self.pages())
    }
}

/// The items of a list, page after page.
///
/// ```no_run
/// # use cloudcall::{cloud_action, cloud_model, Client, Tencent};
/// # #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12",
/// #     response = InstanceList, readonly,
/// #     paginate(offset = offset, limit = limit, total = total_count, items = instance_set))]
/// # pub struct DescribeInstances { pub offset: Option<i64>, pub limit: Option<i64> }
/// # #[cloud_model(provider = "tencent", response)]
/// # pub struct InstanceList { pub total_count: Option<i64>, pub instance_set: Option<Vec<Instance>> }
/// # #[cloud_model(provider = "tencent", response)]
/// # pub struct Instance { pub instance_id: Option<String> }
/// # async fn run(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
/// let mut instances = client.describe_instances().limit(100).items();
/// while let Some(instance) = instances.next().await {
///     println!("{:?}", instance?.instance_id);
/// }
///
/// let all: Vec<Instance> = client.describe_instances().items().collect_all().await?;
/// # Ok(())
/// # }
/// ```
///
/// It is also a [`Stream`]; [`next`](Self::next) needs no extension trait. A page is
/// fetched when its first item is requested. Items are moved out of the page and never
/// cloned. An error ends the stream, and [`position`](Self::position) tells where to
/// continue, exact to the item. [`Pages`] explains errors and has a troubleshooting list.
#[must_use = "items are fetched only when they are read"]
pub struct Items<A: Paginate> {
    /// The pages.
    pages: Pages<A>,
    /// The remaining items of the current page.
    list: std::vec::IntoIter<A::Item>,
    /// The position of the page of `list`. Its index is that of the next item.
    at: PagePosition,
    /// Number of items until the limit.
    left: u64,
}

impl<A: Paginate> Items<A> {
    /// The items of `pages`.
    pub(super) fn new(pages: Pages<A>) -> Self {
        let at = pages.position();
        Self { pages, list: Vec::new().into_iter(), at, left: u64::MAX }
    }

    /// Continues from a position of an earlier stream of the same request. Its page is
    /// fetched again, and the items that were read from it are skipped.
    ///
    /// ```no_run
    /// # use cloudcall::{Error, call::Invoker, paginate::{PagePosition, Paginate}};
    /// # async fn run<A: Paginate>(call: Invoker<A>, saved: &str) -> Result<(), Error> {
    /// let position: PagePosition = saved.parse()?;
    /// let mut items = call.items().from(position);
    /// while let Some(item) = items.next().await {
    ///     let _item = item?;
    ///     // Store the position after each item, so that a restart loses nothing.
    ///     let _saved = items.position().to_string();
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn from(mut self, position: PagePosition) -> Self {
        self.pages = self.pages.from(position);
        self.at = self.pages.position();
        self
    }

    /// Ends after `pages` pages, without an error. Default: no limit.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.pages = self.pages.max_pages(pages);
        self
    }

    /// Ends after `items` items, without an error. Default: no limit.
    ///
    /// ```no_run
    /// # use cloudcall::{Error, call::Invoker, paginate::Paginate};
    /// # async fn run<A: Paginate>(call: Invoker<A>) -> Result<(), Error> {
    /// // The first 10 items. No page is fetched after the one that has the tenth.
    /// let first = call.items().max_items(10).collect_all().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn max_items(mut self, items: u64) -> Self {
        self.left = items;
        self
    }

    /// Sets how many consecutive pages without items are an error. Default: 100.
    pub fn max_empty_pages(mut self, pages: u32) -> Self {
        self.pages = self.pages.max_empty_pages(pages);
        self
    }

    /// Does not compare the number of items with the total of the service. See
    /// [`Pages::ignore_total`].
    pub fn ignore_total(mut self) -> Self {
        self.pages = self.pages.ignore_total();
        self
    }

    /// Treats a repeated token as the end of the list. See
    /// [`Pages::end_at_repeated_token`].
    pub fn end_at_repeated_token(mut self) -> Self {
        self.pages = self.pages.end_at_repeated_token();
        self
    }

    /// The position of the next item.
    pub fn position(&self) -> PagePosition {
        if self.list.len() == 0 { self.pages.position() } else { self.at.clone() }
    }

    /// The next item. `None` after the last item, and after an error.
    ///
    /// The future may be dropped at any time; no item is lost.
    ///
    /// # Errors
    ///
    /// The error of a page, as for [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<A::Item, Error>> {
        poll_fn(|task| self.poll_item(task)).await
    }

    /// All remaining items. If a page fails, the result is its error. To keep the items
    /// before it, use [`next`](Self::next).
    pub async fn collect_all(mut self) -> Result<Vec<A::Item>, Error> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }

    /// Polls for the next item.
    fn poll_item(&mut self, task: &mut Context<'_>) -> Poll<Option<Result<A::Item, Error>>> {
        loop {
            if self.left == 0 {
                return Poll::Ready(None);
            }
            if let Some(item) = self.list.next() {
                self.at.index += 1;
                self.left -= 1;
                return Poll::Ready(Some(Ok(item)));
            }
            if !self.pages.is_fetching() {
                self.at = self.pages.position();
            }
            match self.pages.poll_page(task) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(Some(Ok(mut page))) => {
                    let items = A::items(page.value_mut()).map(std::mem::take);
                    self.list = items.unwrap_or_default().into_iter();
                    let read = usize::try_from(self.at.index).unwrap_or(usize::MAX);
                    let read = read.min(self.list.len());
                    self.list.by_ref().take(read).for_each(drop);
                }
            }
        }
    }
}

/// No field is pinned.
impl<A: Paginate> Unpin for Items<A> {}

impl<A: Paginate> Stream for Items<A> {
    type Item = Result<A::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(task)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.list.len().min(usize::try_from(self.left).unwrap_or(usize::MAX)), None)
    }
}

impl<A: Paginate> fmt::Debug for Items<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("position", &self.position()).finish_non_exhaustive()
    }
}
