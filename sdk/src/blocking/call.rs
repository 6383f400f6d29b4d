//! One call that waits, typed or raw.

use std::sync::Arc;

use secrecy::SecretString;
use serde::Serialize;

use super::download::Download;
use super::driver::Driver;
use super::iter::{Events, Items, Iter, Pages};
use super::wait::Waiter;
use crate::action::Action;
use crate::action::request::Param;
use crate::call::setters::call_setters;
use crate::error::Error;
use crate::paginate::Paginate;
use crate::provider::Provider;
use crate::response::Response;
use crate::stream::StreamAction;
use crate::transport::HttpRequest;
use crate::upload::FilePart;
use crate::value::Value;
use crate::wait::Check;

/// A call of one action with options of its own. [`invoke`](Self::invoke) it.
#[must_use = "a call does nothing until it is invoked"]
#[derive(Debug)]
pub struct Invoker<A: Action> {
    pub(super) inner: crate::call::Invoker<A>,
    pub(super) driver: Arc<Driver>,
}

impl<A: Action> Invoker<A> {
    call_setters!(pub A::Provider, self => self.inner.call);

    /// Sends the request, and waits for the response.
    ///
    /// # Errors
    ///
    /// Those of a call: every [`ErrorKind`](crate::ErrorKind) but `WaitFailed`.
    pub fn send(self) -> Result<Response<A::Output>, Error> {
        self.invoke()
    }

    /// Sends the request: the word of the vendors' SDKs. The same as [`send`](Self::send).
    ///
    /// # Errors
    ///
    /// Those of a call: every [`ErrorKind`](crate::ErrorKind) but `WaitFailed`.
    pub fn invoke(self) -> Result<Response<A::Output>, Error> {
        self.driver.block_on(self.inner.invoke())
    }

    /// The pages of the list, each a call with the options of this one. See [`Pages`].
    pub fn pages(self) -> Pages<A>
    where
        A: Paginate,
    {
        Iter::new(self.inner.pages(), self.driver)
    }

    /// The items of the list, page after page. See [`Items`].
    pub fn items(self) -> Items<A>
    where
        A: Paginate,
    {
        Iter::new(self.inner.items(), self.driver)
    }

    /// Calls until `check` says that the answer is the one to wait for, or that it will never come. See [`Waiter`].
    pub fn wait_until<'a>(self, check: impl Check<A::Output> + 'a) -> Waiter<'a, A> {
        Waiter::new(self.inner.wait_until(check), self.driver)
    }

    /// Calls, and gives the events of the answer as they come. See [`Events`].
    pub fn stream(self) -> Result<Events<A::Output>, Error>
    where
        A: StreamAction,
    {
        let events = self.driver.block_on(self.inner.stream())?;
        Ok(Iter::new(events, self.driver))
    }

    /// Calls, and gives the bytes of the answer as they come. See [`Download`].
    pub fn download(self) -> Result<Download, Error> {
        let download = self.driver.block_on(self.inner.download())?;
        Ok(Download::new(download, self.driver))
    }

    /// Goes on with a download of which there are `offset` bytes already, if the document is still the one of that
    /// [`etag`](Download::etag). See [`cloudcall::stream::Download::offset`](crate::stream::Download::offset).
    pub fn download_from(self, offset: u64, etag: &str) -> Result<Download, Error> {
        let download = self.driver.block_on(self.inner.download_from(offset, etag))?;
        Ok(Download::new(download, self.driver))
    }

    /// Signs the request as a call would, and sends nothing.
    ///
    /// The request holds a signature: it is a proof of who you are for as long as the cloud takes it, a few minutes.
    ///
    /// # Errors
    ///
    /// Kind `Config` for settings and parameters that make no request, `Credentials` where there are no keys to sign
    /// with.
    pub fn sign_only(self) -> Result<HttpRequest, Error> {
        self.driver.block_on(self.inner.sign_only())
    }
}

/// A call by name. See [`Client::raw`](super::Client::raw).
#[must_use = "a call does nothing until it is invoked"]
#[derive(Debug)]
pub struct RawCall<P: Provider> {
    pub(super) inner: crate::call::RawCall<P>,
    pub(super) driver: Arc<Driver>,
}

impl<P: Provider> RawCall<P> {
    /// Adds the members of a JSON object as parameters, by wire name.
    pub fn json(self, params: impl Serialize) -> Self {
        Self { inner: self.inner.json(params), ..self }
    }

    /// Adds one parameter in a place of your choice.
    pub fn param(self, param: Param, value: impl Serialize) -> Self {
        Self { inner: self.inner.param(param, value), ..self }
    }

    /// Adds a parameter that errors and logs must not quote, wherever the service repeats it.
    pub fn secret(self, param: Param, value: &SecretString) -> Self {
        Self { inner: self.inner.secret(param, value), ..self }
    }

    /// Adds a file of a multipart form, or the bytes of an octet-stream body.
    pub fn file(self, param: Param, file: impl Into<FilePart>) -> Self {
        Self { inner: self.inner.file(param, file), ..self }
    }

    call_setters!(pub P, self => self.inner.call);

    /// Sends the request, and waits for the response.
    ///
    /// # Errors
    ///
    /// Every [`kind`](crate::ErrorKind) but `WaitFailed`.
    pub fn send(self) -> Result<Response<Value>, Error> {
        self.driver.block_on(self.inner.send())
    }

    /// Sends the request: the word of the vendors' SDKs. The same as [`send`](Self::send).
    ///
    /// # Errors
    ///
    /// Every [`kind`](crate::ErrorKind) but `WaitFailed`.
    pub fn invoke(self) -> Result<Response<Value>, Error> {
        self.send()
    }

    /// Calls, and gives the events of the answer as they come. See [`Events`].
    ///
    /// A parameter that asks the service for a stream, such as `Stream` of Tencent Cloud's chats, is one of yours.
    pub fn stream(self) -> Result<Events<Value>, Error> {
        let events = self.driver.block_on(self.inner.stream())?;
        Ok(Iter::new(events, self.driver))
    }

    /// Calls, and gives the bytes of the answer as they come. See [`Download`].
    pub fn download(self) -> Result<Download, Error> {
        let download = self.driver.block_on(self.inner.download())?;
        Ok(Download::new(download, self.driver))
    }

    /// Goes on with a download of which there are `offset` bytes already, if the document is still the one of that
    /// [`etag`](Download::etag). See [`cloudcall::stream::Download::offset`](crate::stream::Download::offset).
    pub fn download_from(self, offset: u64, etag: &str) -> Result<Download, Error> {
        let download = self.driver.block_on(self.inner.download_from(offset, etag))?;
        Ok(Download::new(download, self.driver))
    }

    /// Signs the request as `invoke` would, and sends nothing.
    ///
    /// # Errors
    ///
    /// Kind `Config` for settings and parameters that make no request, `Credentials` where there are no keys to sign
    /// with.
    pub fn sign_only(self) -> Result<HttpRequest, Error> {
        self.driver.block_on(self.inner.sign_only())
    }
}
