//! Untyped calls: parameters and responses are JSON.

use std::borrow::Cow;
use std::future::IntoFuture;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use crate::action::info::ActionInfo;
use crate::action::json;
use crate::action::request::{Fields, Param, ParamLocation};
use crate::call::setters::call_setters;
use crate::call::{Call, CallFuture};
use crate::error::Error;
use crate::pipeline::shared::Shared;
use crate::provider::Provider;
use crate::response::Response;
use crate::stream::{Download, Events, Origin};
use crate::transport::HttpRequest;
use crate::upload::FilePart;
use crate::value::Value;

/// An untyped call of an action by its name. [`Client::raw`](crate::Client::raw) starts
/// one.
///
/// `send`, `invoke` and `.await` do the same: they send the request, and return the
/// response without the envelope of the provider.
///
/// ```no_run
/// use cloudcall::prelude::*;
///
/// # async fn run(client: Client<Tencent>) -> Result<(), Error> {
/// let zones = client.raw("cvm", "2017-03-12", "DescribeZones").json(json!({})).send().await?;
/// println!("{} (request {:?})", zones["ZoneSet"][0]["Zone"], zones.request_id());
/// # Ok(())
/// # }
/// ```
///
/// # Troubleshooting
///
/// - **`InvalidAction`, `InvalidAction.NotFound`, 404**: product, version or action is
///   misspelt. `cloudcall search WORDS` finds actions, and `cloudcall show` has their
///   parameters.
/// - **A REST action of Huawei Cloud or Alibaba Cloud**: it needs method and path. Use
///   [`Client::raw_action`](crate::Client::raw_action).
#[doc(alias = "CommonClient")]
#[doc(alias = "CommonRequest")]
#[doc(alias = "call_json")]
#[doc(alias = "do_action_with_exception")]
#[must_use = "a call does nothing until it is sent"]
#[derive(Debug)]
pub struct RawCall<P: Provider> {
    pub(crate) call: Call<P>,
    info: ActionInfo,
    fields: Fields,
}

impl<P: Provider> RawCall<P> {
    pub(crate) fn new(shared: Arc<Shared<P>>, info: ActionInfo) -> Self {
        let mut call = Call::new(shared);
        call.take_defaults(&info);
        Self { call, info, fields: Fields::new() }
    }

    /// Adds the members of a JSON object as parameters, by their wire names. A member with
    /// a placeholder in the path goes there. The provider and the method decide where the
    /// other members go.
    ///
    /// A value that is no object is an error of kind `Config` when the call is sent.
    pub fn json(mut self, params: impl Serialize) -> Self {
        let info = &self.info;
        let place = |name: &str| match placeholder(info.path(), name) {
            true => ParamLocation::Path,
            false => ParamLocation::Auto,
        };
        let added = json::to_vec(&params).and_then(|text| self.fields.put_object(&text, place));
        if let Err(error) = added {
            self.call.options.fail(error);
        }
        self
    }

    /// Adds one parameter, and sets its location. It replaces an earlier parameter of the
    /// same name.
    pub fn param(mut self, param: Param, value: impl Serialize) -> Self {
        if let Err(error) = self.fields.replace(&param, &value) {
            self.call.options.fail(error);
        }
        self
    }

    /// Adds a secret parameter. Errors and logs mask its value, even if the service repeats
    /// it.
    ///
    /// ```
    /// # use cloudcall::{Client, Tencent, credential::secrecy::SecretString};
    /// # use cloudcall::action::Param;
    /// # fn call(client: Client<Tencent>, token: SecretString) {
    /// let call = client
    ///     .raw("sts", "2018-08-13", "AssumeRoleWithWebIdentity")
    ///     .secret(Param::new("WebIdentityToken"), &token);
    /// # }
    /// ```
    pub fn secret(mut self, param: Param, value: &SecretString) -> Self {
        self.call.options.secrets.push(value.clone());
        self.param(param.secret(), value.expose_secret())
    }

    /// Masks a value that is part of a parameter, as [`secret`](Self::secret) does.
    #[cfg(any(feature = "huawei", feature = "alibaba"))]
    pub(crate) fn hide(mut self, value: &SecretString) -> Self {
        self.call.options.secrets.push(value.clone());
        self
    }

    /// Adds a file of a multipart form, or the bytes of an octet-stream body.
    pub fn file(mut self, param: Param, file: impl Into<FilePart>) -> Self {
        self.fields.put_file(&param, &file.into());
        self
    }

    call_setters!(pub P, self => self.call);

    /// Sends the request. `send`, [`invoke`](Self::invoke) and `.await` do the same.
    ///
    /// # Errors
    ///
    /// Every [`kind`](crate::ErrorKind) but `WaitFailed`.
    pub async fn send(self) -> Result<Response<Value>, Error> {
        let Self { call, info, fields } = self;
        call.run(&info, Ok(fields)).await
    }

    /// Sends the request: the word of the vendors' SDKs. The same as [`send`](Self::send).
    ///
    /// # Errors
    ///
    /// Every [`kind`](crate::ErrorKind) but `WaitFailed`.
    pub async fn invoke(self) -> Result<Response<Value>, Error> {
        self.send().await
    }

    /// Sends the request, and returns the server-sent events of the response. See
    /// [`Events`](crate::stream::Events).
    ///
    /// If the service needs a parameter to send a stream, such as `Stream` of Tencent
    /// Cloud's chats, set it yourself.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send) until the head of a successful response arrives. Later
    /// errors come out of the stream.
    pub async fn stream(self) -> Result<Events<Value>, Error> {
        Events::open(self.origin()).await
    }

    /// Sends the request, and returns the events as text, for services whose events are not
    /// JSON. See [`Events`](crate::stream::Events).
    ///
    /// # Errors
    ///
    /// Those of [`stream`](Self::stream).
    pub async fn stream_text(self) -> Result<Events<String>, Error> {
        Events::open(self.origin()).await
    }

    /// Sends the request, and returns the body of the response as a stream of bytes. See
    /// [`Download`](crate::stream::Download).
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send) until the head of a successful response arrives. Later
    /// errors come out of the stream.
    pub async fn download(self) -> Result<Download, Error> {
        Download::open(self.origin()).await
    }

    /// Resumes a download at byte `offset`, if the document still has that
    /// [`etag`](Download::etag). See [`Download::offset`].
    ///
    /// # Errors
    ///
    /// Those of [`download`](Self::download).
    pub async fn download_from(self, offset: u64, etag: &str) -> Result<Download, Error> {
        Download::resume(self.origin(), offset, etag).await
    }

    pub(crate) fn into_parts(self) -> (Call<P>, ActionInfo, Fields) {
        (self.call, self.info, self.fields)
    }

    fn origin(self) -> Origin {
        self.call.origin(Cow::Owned(self.info), self.fields)
    }

    /// Signs the request, and sends nothing. The result contains a signature: the provider
    /// accepts it for some minutes, so treat it like a secret.
    ///
    /// # Errors
    ///
    /// Kind `Config` for wrong settings and parameters, and kind `Credentials` without a
    /// usable credential.
    pub async fn sign_only(self) -> Result<HttpRequest, Error> {
        let Self { call, info, fields } = self;
        call.sign_only(&info, Ok(fields)).await
    }
}

impl<P: Provider> IntoFuture for RawCall<P> {
    type Output = Result<Response<Value>, Error>;
    type IntoFuture = CallFuture<Value>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// Whether the path has a placeholder of this name.
fn placeholder(path: &str, name: &str) -> bool {
    path.split('{').skip(1).any(|rest| rest.split_once('}').is_some_and(|(found, _)| found == name))
}
