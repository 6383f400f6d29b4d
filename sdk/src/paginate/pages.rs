//! The pages of a list, fetched as they are asked for.

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

// The bound is that of the methods, so that who calls them on another action is told what that lacks.
impl<A: Action> Invoker<A> {
    /// The pages of the list, each a call with the options of this one. See [`Pages`].
    pub fn pages(self) -> Pages<A>
    where
        A: Paginate,
    {
        let (call, action) = self.into_parts();
        let walk = Walk::new(A::FORM, A::FIRST, A::INFO.name());
        Pages { walk, call: Arc::new(call), action, by_token: A::FORM == PageForm::Token, page: None }
    }
}

/// The pages of a list, one call each, made when the page is asked for.
///
/// A [`Stream`] of answers; [`next`](Self::next) needs no further trait. Each page is a call with retries, time limits and
/// headers as its own. An error ends the stream; [`position`](Self::position) is then the page that is missing, from which
/// another stream can go on. Dropping the stream, or what `next` waits for, is safe at any point: a page that was under way
/// is waited for by the `next` that follows.
///
/// ```no_run
/// # use cloudcall::{cloud_action, cloud_model, Client, Tencent};
/// # #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = InstanceList, readonly,
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
#[must_use = "pages are fetched when they are asked for"]
pub struct Pages<A: Paginate> {
    call: Arc<Call<A::Provider>>,
    action: A,
    /// Whether an action that is paged by number is paged by token in this walk.
    by_token: bool,
    pub(super) walk: Walk,
    page: Option<CallFuture<A::Output>>,
}

impl<A: Paginate> Pages<A> {
    /// Goes on from a position of an earlier stream of the same request. The page comes whole, also where some of its
    /// items were read.
    pub fn from(mut self, position: PagePosition) -> Self {
        self.walk.resume(position);
        self
    }

    /// Ends after `pages` pages, without an error. No limit.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.walk.max_pages = pages;
        self
    }

    /// How many pages without an item may follow each other before that is an error. 100.
    pub fn max_empty_pages(mut self, pages: u32) -> Self {
        self.walk.max_empty = pages;
        self
    }

    /// Does not compare the items that came with the total that the service says. For services whose total counts something
    /// else, is an estimate, or stops at a limit: the list ends with an empty or short page, or where no token comes.
    pub fn ignore_total(mut self) -> Self {
        self.walk.ignore_total = true;
        self
    }

    /// Takes a token that came before for the end of the list. By default this is an error, unless the page has no items.
    pub fn end_at_repeated_token(mut self) -> Self {
        self.walk.end_at_repeated = true;
        self
    }

    /// The page that comes next; after an error, the one that is missing.
    pub fn position(&self) -> PagePosition {
        self.walk.position().clone()
    }

    /// The next page. None after the last one, and after an error.
    pub async fn next(&mut self) -> Option<Result<Response<A::Output>, Error>> {
        poll_fn(|task| self.poll_page(task)).await
    }

    /// All pages that follow. One error is the whole result: to keep what came before it, use [`next`](Self::next).
    pub async fn collect_all(mut self) -> Result<Vec<Response<A::Output>>, Error> {
        let mut all = Vec::new();
        while let Some(page) = self.next().await {
            all.push(page?);
        }
        Ok(all)
    }

    pub(super) fn is_fetching(&self) -> bool {
        self.page.is_some()
    }

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

    /// Reads what the request says of its pages, and adds what it must say.
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

    /// Asks for the page of this cursor. False where the field cannot hold it.
    fn ask(&mut self, cursor: &Cursor) -> bool {
        if self.by_token
            && let Some(token) = self.action.token()
        {
            return token.write(cursor);
        }
        self.action.cursor().write(cursor)
    }

    /// The call of the next page.
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
                "the next page is at {:?}, which the request's field cannot hold",
                cursor.into_text()
            );
            return Some(Err(Error::config(what)));
        }
        let mut fields = Fields::new();
        let fields = self.action.fields(&mut fields).map(|()| fields);
        Some(Ok(self.call.again(A::INFO, fields)))
    }

    fn learn(&mut self, page: &mut Response<A::Output>) {
        let output = page.value_mut();
        let facts = Facts {
            count: A::items(output).map_or(0, |items| items.len() as u64),
            total: A::total(output),
            next: A::next(output),
            has_more: A::has_more(output),
        };
        if let Err(error) = self.walk.advance(&facts) {
            self.walk.fail(error.or_request_id(page.request_id().map(str::to_owned)));
        }
    }

    fn ended(&mut self, error: Error) -> Error {
        self.walk.stop();
        error.of_call(self.call.provider(), A::INFO.name())
    }
}

/// Nothing of it is pinned: the page under way is in a box.
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
