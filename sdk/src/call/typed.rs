//! A typed call of one action.

use std::borrow::Cow;
use std::future::{Future, IntoFuture};
use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::action::Action;
use crate::action::request::Fields;
use crate::call::Call;
use crate::call::CallFuture;
use crate::call::setters::call_setters;
use crate::error::Error;
use crate::pipeline::shared::Shared;
use crate::response::Response;
use crate::stream::{Download, Events, StreamAction};
use crate::transport::HttpRequest;

/// A call of one action with its own options. `send`, `invoke` and `.await` do the same:
/// they send the request.
///
/// [`Client::invoker`](crate::Client::invoker) starts one, and so does `invoker()` of the
/// builder of an action.
///
/// ```no_run
/// use cloudcall::prelude::*;
///
/// #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
/// pub struct DescribeZones {}
///
/// # async fn run(client: Client<Tencent>) -> Result<(), Error> {
/// let zones = client
///     .invoker(DescribeZones {})
///     .add_header("X-TC-Canary", "1")
///     .with_retry(RetryPolicy::standard().max_attempts(5))
///     .invoke()
///     .await?;
/// println!("{} attempts", zones.attempts());
/// # Ok(())
/// # }
/// ```
///
/// # Troubleshooting
///
/// - **A header is refused with kind `Config`**: the provider signs or sets it itself, such
///   as `Host` and `Authorization`.
/// - **The call is not retried**: its action is neither read-only nor idempotent. See
///   [`RetryPolicy`](crate::retry::RetryPolicy).
/// - **`timeout: no response head`**: `attempt` bounds the wait for the response. Raise it
///   with `with_timeouts`, or the whole call with `with_timeout`.
#[doc(alias = "SyncInvoker")]
#[doc(alias = "AsyncInvoker")]
#[must_use = "a call does nothing until it is awaited"]
#[derive(Debug)]
pub struct Invoker<A: Action> {
    pub(crate) call: Call<A::Provider>,
    action: A,
}

impl<A: Action> Invoker<A> {
    pub(crate) fn new(shared: Arc<Shared<A::Provider>>, action: A) -> Self {
        Self::from_parts(Call::new(shared), action)
    }

    pub(crate) fn from_parts(mut call: Call<A::Provider>, action: A) -> Self {
        call.take_defaults(A::INFO);
        Self { call, action }
    }

    call_setters!(pub A::Provider, self => self.call);

    /// The call and its action, for callers that repeat it.
    pub(crate) fn into_parts(self) -> (Call<A::Provider>, A) {
        (self.call, self.action)
    }

    fn fields(&self) -> Result<Fields, Error> {
        let mut fields = Fields::new();
        self.action.fields(&mut fields).map(|()| fields)
    }

    /// Sends the request. `send`, [`invoke`](Self::invoke) and `.await` do the same.
    ///
    /// # Errors
    ///
    /// Every [`ErrorKind`](crate::ErrorKind) but `WaitFailed`.
    pub fn send(self) -> impl Future<Output = Result<Response<A::Output>, Error>> + Send {
        self.invoke()
    }

    /// Sends the request: the word of the vendors' SDKs. The same as [`send`](Self::send).
    ///
    /// # Errors
    ///
    /// Every [`ErrorKind`](crate::ErrorKind) but `WaitFailed`.
    pub fn invoke(self) -> impl Future<Output = Result<Response<A::Output>, Error>> + Send {
        self.into_future()
    }

    /// Sends the request, and returns the server-sent events of the response. See
    /// [`Events`].
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send) until the head of a successful response arrives. Later
    /// errors come out of the stream.
    pub fn stream(self) -> impl Future<Output = Result<Events<A::Output>, Error>> + Send
    where
        A: StreamAction,
    {
        self.stream_boxed()
    }

    pub(crate) fn stream_boxed(mut self) -> BoxFuture<'static, Result<Events<A::Output>, Error>>
    where
        A: StreamAction,
    {
        self.action.ask_for_stream();
        let fields = self.fields();
        let call = self.call;
        Box::pin(async move { Events::open(call.origin(Cow::Borrowed(A::INFO), fields?)).await })
    }

    /// Sends the request, and returns the body of the response as a stream of bytes. See
    /// [`Download`].
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send) until the head of a successful response arrives. Later
    /// errors come out of the stream.
    pub fn download(self) -> impl Future<Output = Result<Download, Error>> + Send {
        let fields = self.fields();
        let call = self.call;
        async move { Download::open(call.origin(Cow::Borrowed(A::INFO), fields?)).await }
    }

    /// Resumes a download at byte `offset`, if the document still has that
    /// [`etag`](Download::etag). See [`Download::offset`].
    pub fn download_from(
        self,
        offset: u64,
        etag: &str,
    ) -> impl Future<Output = Result<Download, Error>> + Send {
        let (fields, call, etag) = (self.fields(), self.call, etag.to_owned());
        async move { Download::resume(call.origin(Cow::Borrowed(A::INFO), fields?), offset, &etag).await }
    }

    /// Signs the request, and sends nothing. The result contains a signature: the provider
    /// accepts it for some minutes, so treat it like a secret.
    pub fn sign_only(self) -> impl Future<Output = Result<HttpRequest, Error>> + Send {
        let fields = self.fields();
        self.call.sign_only(A::INFO, fields)
    }
}

impl<A: Action> IntoFuture for Invoker<A> {
    type Output = Result<Response<A::Output>, Error>;
    type IntoFuture = CallFuture<A::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let fields = self.fields();
        self.call.once(A::INFO, fields)
    }
}
