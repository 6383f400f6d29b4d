//! Calls without types: parameters and responses are JSON.

use std::borrow::Cow;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use crate::action::info::ActionInfo;
use crate::action::json;
use crate::action::request::{Fields, Param, ParamLocation};
use crate::call::Call;
use crate::call::setters::call_setters;
use crate::error::Error;
use crate::pipeline::shared::Shared;
use crate::provider::Provider;
use crate::response::Response;
use crate::stream::{Download, Events, Origin};
use crate::transport::HttpRequest;
use crate::upload::FilePart;
use crate::value::Value;

/// A call by name. See [`Client::raw`](crate::Client::raw).
#[must_use = "a call does nothing until it is invoked"]
#[derive(Debug)]
pub struct RawCall<P: Provider> {
    pub(crate) call: Call<P>,
    info: ActionInfo,
    fields: Fields,
}

impl<P: Provider> RawCall<P> {
    pub(crate) fn new(shared: Arc<Shared<P>>, info: ActionInfo) -> Self {
        Self { call: Call::new(shared), info, fields: Fields::new() }
    }

    /// Adds the members of a JSON object as parameters, by wire name. A member that the path has a placeholder
    /// for goes there; the cloud and the method decide on the others.
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

    /// Adds one parameter in a place of your choice. One of the same name that was given before is replaced.
    pub fn param(mut self, param: Param, value: impl Serialize) -> Self {
        if let Err(error) = self.fields.replace(&param, &value) {
            self.call.options.fail(error);
        }
        self
    }

    /// Adds a parameter that errors and logs must not quote, wherever the service repeats it.
    ///
    /// ```
    /// # use cloudcall::{Client, secrecy::SecretString, Tencent};
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

    /// Keeps a text that stands somewhere in the parameters out of errors, as [`secret`](Self::secret) does.
    #[cfg(feature = "huawei")]
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

    /// Calls, and gives the answer without the cloud's envelope.
    ///
    /// # Errors
    ///
    /// Those of a call: of every [`kind`](crate::ErrorKind) but `WaitFailed`.
    pub async fn invoke(self) -> Result<Value, Error> {
        self.send().await.map(Response::into_inner)
    }

    /// Calls, and gives the answer with its request id, status and headers.
    ///
    /// # Errors
    ///
    /// Those of a call: of every [`kind`](crate::ErrorKind) but `WaitFailed`.
    pub async fn send(self) -> Result<Response<Value>, Error> {
        let Self { call, info, fields } = self;
        call.run(&info, Ok(fields)).await
    }

    /// Calls, and gives the events of the answer as they come. See [`Events`](crate::stream::Events).
    ///
    /// A parameter that asks the service for a stream, such as `Stream` of Tencent Cloud's chats, is one of yours.
    ///
    /// # Errors
    ///
    /// Those of a call until the head of a good answer is here; what goes wrong after it comes out of the stream.
    pub async fn stream(self) -> Result<Events<Value>, Error> {
        Events::open(self.origin()).await
    }

    /// Calls, and gives the events of the response as text, for services whose events are not JSON. See
    /// [`Events`](crate::stream::Events).
    ///
    /// # Errors
    ///
    /// Those of [`stream`](Self::stream).
    pub async fn stream_text(self) -> Result<Events<String>, Error> {
        Events::open(self.origin()).await
    }

    /// Calls, and gives the bytes of the answer as they come. See [`Download`](crate::stream::Download).
    ///
    /// # Errors
    ///
    /// Those of a call until the head of a good answer is here; what goes wrong after it comes out of the stream.
    pub async fn download(self) -> Result<Download, Error> {
        Download::open(self.origin()).await
    }

    /// Goes on with a download of which there are `offset` bytes already, if the document is still the one of that
    /// [`etag`](Download::etag). See [`Download::offset`].
    ///
    /// # Errors
    ///
    /// Those of a call until the head of a good answer is here; what goes wrong after it comes out of the stream.
    pub async fn download_from(self, offset: u64, etag: &str) -> Result<Download, Error> {
        Download::resume(self.origin(), offset, etag).await
    }

    fn origin(self) -> Origin {
        self.call.origin(Cow::Owned(self.info), self.fields)
    }

    /// Signs the request as `invoke` would, and sends nothing.
    ///
    /// # Errors
    ///
    /// Kind `Config` for settings and parameters that make no request, `Credentials` where there are no keys to sign
    /// with.
    pub async fn sign_only(self) -> Result<HttpRequest, Error> {
        let Self { call, info, fields } = self;
        call.sign_only(&info, Ok(fields)).await
    }
}

fn placeholder(path: &str, name: &str) -> bool {
    path.split('{').skip(1).any(|rest| rest.split_once('}').is_some_and(|(found, _)| found == name))
}
