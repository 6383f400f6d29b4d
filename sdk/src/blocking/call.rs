//! One blocking call, typed or raw.

use std::sync::Arc;

use secrecy::SecretString;
use serde::Serialize;

use super::download::Download;
use super::driver::Driver;
use super::iter::{Events, Items, Iter, Pages};
use super::wait::{RawWaiter, Waiter};
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

/// A call of one action, with its options. [`send`](Self::send) executes it.
#[must_use = "a call does nothing until it is sent"]
#[derive(Debug)]
pub struct Invoker<A: Action> {
    pub(super) inner: crate::call::Invoker<A>,
    pub(super) driver: Arc<Driver>,
}

impl<A: Action> Invoker<A> {
    call_setters!(pub A::Provider, self => self.inner.call);

    /// Sends the request and blocks until the response has arrived.
    ///
    /// # Errors
    ///
    /// The errors of a call: every [`ErrorKind`](crate::ErrorKind) except `WaitFailed`.
    pub fn send(self) -> Result<Response<A::Output>, Error> {
        self.invoke()
    }

    /// The same as [`send`](Self::send). The vendors' SDKs use this name.
    ///
    /// # Errors
    ///
    /// The errors of a call: every [`ErrorKind`](crate::ErrorKind) except `WaitFailed`.
    pub fn invoke(self) -> Result<Response<A::Output>, Error> {
        self.driver.block_on(self.inner.invoke())
    }

    /// Iterates over the pages of the list. Each page is one call with the options of this one. See
    /// [`Pages`].
    pub fn pages(self) -> Pages<A>
    where
        A: Paginate,
    {
        Iter::new(self.inner.pages(), self.driver)
    }

    /// Iterates over the items of the list, page after page. See [`Items`].
    pub fn items(self) -> Items<A>
    where
        A: Paginate,
    {
        Iter::new(self.inner.items(), self.driver)
    }

    /// Repeats the call until `check` returns that the state is reached or has failed. See [`Waiter`].
    pub fn wait_until<'a>(self, check: impl Check<A::Output> + 'a) -> Waiter<'a, A> {
        Waiter::new(self.inner.wait_until(check), self.driver)
    }

    /// Sends the request and iterates over the events of the response as they arrive. See [`Events`].
    ///
    /// # Errors
    ///
    /// The errors of a call. Later errors are items of the iterator.
    pub fn stream(self) -> Result<Events<A::Output>, Error>
    where
        A: StreamAction,
    {
        let events = self.driver.block_on(self.inner.stream())?;
        Ok(Iter::new(events, self.driver))
    }

    /// Sends the request and gives the bytes of the response as they arrive. See [`Download`].
    ///
    /// # Errors
    ///
    /// The errors of a call. Later errors are those of the methods of [`Download`].
    pub fn download(self) -> Result<Download, Error> {
        let download = self.driver.block_on(self.inner.download())?;
        Ok(Download::new(download, self.driver))
    }

    /// Continues a download at byte `offset`, if the document still has this [`etag`](Download::etag);
    /// otherwise starts it from the beginning. See
    /// [`cloudcall::stream::Download::offset`](crate::stream::Download::offset).
    pub fn download_from(self, offset: u64, etag: &str) -> Result<Download, Error> {
        let download = self.driver.block_on(self.inner.download_from(offset, etag))?;
        Ok(Download::new(download, self.driver))
    }

    /// Signs the request and sends nothing.
    ///
    /// Treat the signed request as a secret: whoever has it can send it in your name until the signature
    /// expires, usually after a few minutes.
    ///
    /// # Errors
    ///
    /// Kind `Config` for invalid settings or parameters. Kind `Credentials` if no credential is available.
    pub fn sign_only(self) -> Result<HttpRequest, Error> {
        self.driver.block_on(self.inner.sign_only())
    }
}

/// An untyped call by name. See [`Client::raw`](super::Client::raw).
#[must_use = "a call does nothing until it is sent"]
#[derive(Debug)]
pub struct RawCall<P: Provider> {
    pub(super) inner: crate::call::RawCall<P>,
    pub(super) driver: Arc<Driver>,
}

impl<P: Provider> RawCall<P> {
    /// Adds the members of a JSON object as parameters. Their names are wire names.
    pub fn json(self, params: impl Serialize) -> Self {
        Self { inner: self.inner.json(params), ..self }
    }

    /// Adds one parameter, with its location: path, query, header or body.
    pub fn param(self, param: Param, value: impl Serialize) -> Self {
        Self { inner: self.inner.param(param, value), ..self }
    }

    /// Adds a parameter that is masked in errors and logs, also if the service repeats its value.
    pub fn secret(self, param: Param, value: &SecretString) -> Self {
        Self { inner: self.inner.secret(param, value), ..self }
    }

    /// Adds a file of a multipart form, or the body of an octet-stream request.
    pub fn file(self, param: Param, file: impl Into<FilePart>) -> Self {
        Self { inner: self.inner.file(param, file), ..self }
    }

    call_setters!(pub P, self => self.inner.call);

    /// Sends the request and blocks until the response has arrived. The provider's envelope is removed.
    ///
    /// # Errors
    ///
    /// The errors of a call: every [`ErrorKind`](crate::ErrorKind) except `WaitFailed`.
    pub fn send(self) -> Result<Response<Value>, Error> {
        self.driver.block_on(self.inner.send())
    }

    /// The same as [`send`](Self::send). The vendors' SDKs use this name.
    ///
    /// # Errors
    ///
    /// The errors of a call: every [`ErrorKind`](crate::ErrorKind) except `WaitFailed`.
    pub fn invoke(self) -> Result<Response<Value>, Error> {
        self.send()
    }

    /// Sends the request and iterates over the events of the response as they arrive. See [`Events`].
    ///
    /// If the action has a parameter that requests a stream, such as `Stream` of Tencent Cloud's chats, set
    /// it yourself.
    ///
    /// # Errors
    ///
    /// The errors of a call. Later errors are items of the iterator.
    pub fn stream(self) -> Result<Events<Value>, Error> {
        let events = self.driver.block_on(self.inner.stream())?;
        Ok(Iter::new(events, self.driver))
    }

    /// Sends the request and gives the bytes of the response as they arrive. See [`Download`].
    ///
    /// # Errors
    ///
    /// The errors of a call. Later errors are those of the methods of [`Download`].
    pub fn download(self) -> Result<Download, Error> {
        let download = self.driver.block_on(self.inner.download())?;
        Ok(Download::new(download, self.driver))
    }

    /// Continues a download at byte `offset`, if the document still has this [`etag`](Download::etag);
    /// otherwise starts it from the beginning. See
    /// [`cloudcall::stream::Download::offset`](crate::stream::Download::offset).
    pub fn download_from(self, offset: u64, etag: &str) -> Result<Download, Error> {
        let download = self.driver.block_on(self.inner.download_from(offset, etag))?;
        Ok(Download::new(download, self.driver))
    }

    /// The same as [`stream`](Self::stream), with the data of each event as text, also if it is not JSON.
    ///
    /// # Errors
    ///
    /// The errors of a call. Later errors are items of the iterator.
    pub fn stream_text(self) -> Result<Events<String>, Error> {
        let events = self.driver.block_on(self.inner.stream_text())?;
        Ok(Iter::new(events, self.driver))
    }

    /// Repeats the call until `check` returns that the state is reached or has failed.
    ///
    /// ```no_run
    /// use cloudcall::{Tencent, blocking, json::json};
    ///
    /// # fn run(client: blocking::Client<Tencent>) -> Result<(), cloudcall::Error> {
    /// let running = client
    ///     .raw("cvm", "2017-03-12", "DescribeInstances")
    ///     .json(json!({ "InstanceIds": ["ins-1"] }))
    ///     .wait_until(|list| list["InstanceSet"][0]["InstanceState"] == "RUNNING")
    ///     .wait()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn wait_until<'a>(self, check: impl Check<Value> + 'a) -> RawWaiter<'a, P> {
        RawWaiter::new(self.inner.wait_until(check), self.driver)
    }

    /// Signs the request and sends nothing.
    ///
    /// # Errors
    ///
    /// Kind `Config` for invalid settings or parameters. Kind `Credentials` if no credential is available.
    pub fn sign_only(self) -> Result<HttpRequest, Error> {
        self.driver.block_on(self.inner.sign_only())
    }
}
