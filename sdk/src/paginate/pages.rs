//! The stream of the pages of a list.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_util::Stream;

use super::cursor::Cursor;
use super::position::PagePosition;
use super::walk::{Facts, Walk};
use super::{PageField, PageForm, Paginate};
use crate::action::Action;
use crate::action::request::Fields;
use crate::call::Call;
use crate::call::CallFuture;
use crate::call::typed::Invoker;
use crate::error::Error;
use crate::response::Response;

// The bound is on the methods, so that the compiler tells what is missing if they are
// called on another action.
impl<A: Action> Invoker<A> {
    /// The pages of the list. Each page is a call with the options of this invoker. See
    /// [`Pages`].
    pub fn pages(self) -> Pages<A>
    where
        A: Paginate,
    {
        let (call, action) = self.into_parts();
        let walk = Walk::new(A::FORM, A::FIRST, A::INFO.name());
        Pages { walk, call: Arc::new(call), action, by_token: A::FORM == PageForm::Token, page: None }
    }
}

/// The pages of a list. Each page is one call, made when the page is requested.
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
/// let mut pages = client.describe_instances().limit(100).pages();
/// while let Some(page) = pages.next().await {
///     let page = page?;
///     println!("{:?} of {:?}", page.instance_set.as_ref().map(Vec::len), page.total_count);
/// }
///
/// let saved = pages.position().to_string();
/// let later = client.describe_instances().limit(100).pages().from(saved.parse()?);
/// # Ok(())
/// # }
/// ```
///
/// It is also a [`Stream`] of responses; [`next`](Self::next) needs no extension trait.
/// Each page has its own retries, time limits and headers.
///
/// An error ends the stream. [`position`](Self::position) is then the missing page, from
/// which another stream can continue. Dropping the stream, or the future of `next`, is safe
/// at any time: the following `next` waits for the page that was in flight.
///
/// # Troubleshooting
///
/// - *The stream ends with "the list ended after … items".* Entries may have been deleted
///   meanwhile: read the list again. If the total of the service counts something else,
///   call [`ignore_total`](Self::ignore_total).
/// - *The stream ends with "the same token … twice".* Some services end a list in this way.
///   Call [`end_at_repeated_token`](Self::end_at_repeated_token).
/// - *Only the first page is read.* Some services send a token only if the request sets a
///   page size. Set it.
/// - *The stream ends with "pages without an item".* A filter matches nothing on many
///   pages. Narrow the request, or raise [`max_empty_pages`](Self::max_empty_pages).
#[must_use = "pages are fetched only when they are read"]
pub struct Pages<A: Paginate> {
    /// The call with its options.
    call: Arc<Call<A::Provider>>,
    /// The action. Its cursor changes with each page.
    action: A,
    /// True if this walk uses tokens.
    by_token: bool,
    /// The rules of paging.
    pub(super) walk: Walk,
    /// The page in flight.
    page: Option<CallFuture<A::Output>>,
}

impl<A: Paginate> Pages<A> {
    /// Continues from a position of an earlier stream of the same request. The whole page
    /// is returned, also if some of its items were read already.
    pub fn from(mut self, position: PagePosition) -> Self {
        self.walk.resume(position);
        self
    }

    /// Ends after `pages` pages, without an error. Default: no limit.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.walk.max_pages = pages;
        self
    }

    /// Sets how many consecutive pages without items are an error. Default: 100.
    pub fn max_empty_pages(mut self, pages: u32) -> Self {
        self.walk.max_empty = pages;
        self
    }

    /// Does not compare the number of items with the total of the service. Default: they
    /// are compared.
    ///
    /// Use it for services whose total counts something else, is an estimate, or stops at a
    /// limit. The list then ends with an empty or short page, or if there is no token.
    pub fn ignore_total(mut self) -> Self {
        self.walk.ignore_total = true;
        self
    }

    /// Treats a repeated token as the end of the list. Default: a repeated token is an
    /// error, unless its page has no items.
    pub fn end_at_repeated_token(mut self) -> Self {
        self.walk.end_at_repeated = true;
        self
    }

    /// The position of the next page, or of the missing page after an error.
    pub fn position(&self) -> PagePosition {
        self.walk.position().clone()
    }

    /// The next page. `None` after the last page, and after an error.
    ///
    /// The future may be dropped at any time; no page is lost.
    ///
    /// # Errors
    ///
    /// The error of the call. Kind `Config` if the request or the position does not fit the
    /// list. Kind `Decode` if the paging facts of the responses contradict each other.
    pub async fn next(&mut self) -> Option<Result<Response<A::Output>, Error>> {
        poll_fn(|task| self.poll_page(task)).await
    }

    /// All remaining pages. If one fails, the result is its error. To keep the pages before
    /// it, use [`next`](Self::next).
    ///
    /// ```no_run
    /// # use cloudcall::{Client, Error, call::Invoker, paginate::Paginate};
    /// # async fn run<A: Paginate>(call: Invoker<A>) -> Result<(), Error> {
    /// let pages = call.pages().max_pages(10).collect_all().await?;
    /// println!("{} pages", pages.len());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn collect_all(mut self) -> Result<Vec<Response<A::Output>>, Error> {
        let mut all = Vec::new();
        while let Some(page) = self.next().await {
            all.push(page?);
        }
        Ok(all)
    }

    /// True if a page is in flight.
    pub(super) fn is_fetching(&self) -> bool {
        self.page.is_some()
    }

    /// Polls for the next page.
    pub(super) fn poll_page(
        &mut self,
        task: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<A::Output>, Error>>> {
        if self.page.is_none() {
            match self.begin() {
                Some(Ok(page)) => self.page = Some(page),
                Some(Err(error)) => return Poll::Ready(Some(Err(self.ended(error)))),
                None => return Poll::Ready(None),
            }
        }
        let Some(page) = &mut self.page else { return Poll::Ready(None) };
        let Poll::Ready(answer) = page.as_mut().poll(task) else { return Poll::Pending };
        self.page = None;
        Poll::Ready(Some(match answer {
            Ok(mut page) => {
                self.learn(&mut page);
                Ok(page)
            }
            Err(error) => Err(self.ended(error)),
        }))
    }

    /// Reads the paging fields of the request, and sets a page size if the action needs
    /// one.
    fn open(&mut self) -> Result<(), Error> {
        let action = &mut self.action;
        let is_set = |field: Option<&mut dyn PageField>| field.is_some_and(|field| field.read().is_some());
        if !self.by_token && (is_set(action.token()) || is_set(action.token_size())) {
            self.by_token = true;
            self.walk.go_by_token();
            let (cursor, size) = (action.token().and_then(|token| token.read()), action.token_size());
            return self.walk.open(cursor, size.and_then(|size| size.read()));
        }
        if let (Some(size), Some(default)) = (action.size(), A::DEFAULT_SIZE)
            && size.read().is_none()
        {
            size.write(&Cursor::Number(default));
        }
        let size = action.size().and_then(|size| size.read());
        self.walk.open(action.cursor().read(), size)
    }

    /// Sets the cursor of the request. Returns false if its field cannot hold the cursor.
    fn ask(&mut self, cursor: &Cursor) -> bool {
        if self.by_token
            && let Some(token) = self.action.token()
        {
            return token.write(cursor);
        }
        self.action.cursor().write(cursor)
    }

    /// Starts the call of the next page.
    fn begin(&mut self) -> Option<Result<CallFuture<A::Output>, Error>> {
        if !self.walk.is_open()
            && let Err(error) = self.open()
        {
            self.walk.fail(error);
        }
        let cursor = match self.walk.step()? {
            Ok(cursor) => cursor,
            Err(error) => return Some(Err(error)),
        };
        if let Some(cursor) = cursor
            && !self.ask(&cursor)
        {
            let what = format!(
                "the next page is at {:?}, which the field of the request cannot hold",
                cursor.into_text()
            );
            return Some(Err(Error::config(what)));
        }
        let mut fields = Fields::new();
        let fields = self.action.fields(&mut fields).map(|()| fields);
        Some(Ok(self.call.again(A::INFO, fields)))
    }

    /// Passes the paging facts of a page to the walk.
    fn learn(&mut self, page: &mut Response<A::Output>) {
        // Elements that could not be read are part of the page: without them it would look
        // short, or the next offset would be too low.
        let unread = page.removed_from(A::LIST);
        let output = page.value_mut();
        let facts = Facts {
            count: A::items(output).map_or(0, |items| items.len() as u64).saturating_add(unread),
            total: A::total(output),
            next: A::next(output),
            has_more: A::has_more(output),
        };
        if let Err(error) = self.walk.advance(&facts) {
            self.walk.fail(error.or_request_id(page.request_id().map(str::to_owned)));
        }
    }

    /// Ends the stream with an error.
    fn ended(&mut self, error: Error) -> Error {
        self.walk.stop();
        error.of_call(self.call.provider(), A::INFO.name())
    }
}

/// No field is pinned: the page in flight is in a box.
impl<A: Paginate> Unpin for Pages<A> {}

impl<A: Paginate> Stream for Pages<A> {
    type Item = Result<Response<A::Output>, Error>;

    fn poll_next(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(task)
    }
}

impl<A: Paginate> fmt::Debug for Pages<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("position", self.walk.position())
            .field("fetching", &self.is_fetching())
            .finish_non_exhaustive()
    }
}
