//! A call of one action, with its types.

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

/// A call of one action with options of its own. `.await` it, or [`invoke`](Self::invoke) it.
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

    pub(crate) fn from_parts(call: Call<A::Provider>, action: A) -> Self {
        Self { call, action }
    }

    call_setters!(pub A::Provider, self => self.call);

    /// The call and its action, for those who call more than once.
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
    /// Those of a call: every [`ErrorKind`](crate::ErrorKind) but `WaitFailed`.
    pub fn send(self) -> impl Future<Output = Result<Response<A::Output>, Error>> + Send {
        self.invoke()
    }

    /// Sends the request: the word of the vendors' SDKs. The same as [`send`](Self::send).
    ///
    /// # Errors
    ///
    /// Those of a call: every [`ErrorKind`](crate::ErrorKind) but `WaitFailed`.
    pub fn invoke(self) -> impl Future<Output = Result<Response<A::Output>, Error>> + Send {
        let fields = self.fields();
        self.call.run(A::INFO, fields)
    }

    /// Calls, and gives the events of the answer as they come. See [`Events`].
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

    /// Calls, and gives the bytes of the answer as they come. See [`Download`].
    pub fn download(self) -> impl Future<Output = Result<Download, Error>> + Send {
        let fields = self.fields();
        let call = self.call;
        async move { Download::open(call.origin(Cow::Borrowed(A::INFO), fields?)).await }
    }

    /// Goes on with a download of which there are `offset` bytes already, if the document is still the one of that
    /// [`etag`](Download::etag). See [`Download::offset`].
    pub fn download_from(
        self,
        offset: u64,
        etag: &str,
    ) -> impl Future<Output = Result<Download, Error>> + Send {
        let (fields, call, etag) = (self.fields(), self.call, etag.to_owned());
        async move { Download::resume(call.origin(Cow::Borrowed(A::INFO), fields?), offset, &etag).await }
    }

    /// Signs the request as a call would, and sends nothing.
    ///
    /// The request holds a signature: it is a proof of who you are for as long as the cloud takes it, a few minutes.
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
        Box::pin(self.call.run(A::INFO, fields))
    }
}
