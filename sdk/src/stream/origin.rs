//! The call that a stream came from. It does not depend on the types of the action and the
//! provider.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::action::info::ActionInfo;
use crate::action::request::Fields;
use crate::context::Context;
use crate::credential::Credential;
use crate::error::{Error, ErrorKind};
use crate::options::{CallOptions, TimeoutOptions};
use crate::pipeline::run;
use crate::pipeline::shared::Shared;
use crate::pipeline::sink::{OpenedBody, StreamKind, StreamSink};
use crate::provider::Provider;
use crate::response::Meta;
use crate::retry::RetryPolicy;

/// Everything that is needed to make the call again.
pub(crate) struct Origin {
    /// The client.
    pub(crate) shared: Arc<Shared<dyn Provider>>,
    /// Settings of the provider, if the call overrides them.
    pub(crate) own_cloud: Option<Box<dyn Provider>>,
    /// Options of the call.
    pub(crate) options: CallOptions,
    /// The action.
    pub(crate) info: Cow<'static, ActionInfo>,
    /// The parameters.
    pub(crate) fields: Fields,
}

impl Origin {
    /// Makes the call and returns the body of a success response.
    pub(crate) async fn open(&self, kind: StreamKind) -> Result<(Meta, OpenedBody), Error> {
        let mut stream = StreamSink::new(kind);
        let fields = Ok(self.fields.clone());
        let meta = run(&self.shared, self.cloud(), &self.options, &self.info, fields, &mut stream).await?;
        match stream.into_opened() {
            Some(opened) => Ok((meta, opened)),
            // The pipeline succeeds only after the body was handed over.
            None => Err(Error::new(ErrorKind::Decode, "the body of the response was not handed over")),
        }
    }

    /// The provider, with the settings of the call.
    pub(crate) fn cloud(&self) -> &dyn Provider {
        self.own_cloud.as_deref().unwrap_or(&self.shared.cloud)
    }

    /// The context of the client.
    pub(crate) fn context(&self) -> &Context {
        &self.shared.context
    }

    /// The time limits of the call.
    pub(crate) fn timeouts(&self) -> TimeoutOptions {
        self.options.timeouts.unwrap_or(self.shared.options.timeouts)
    }

    /// The retry policy of the call.
    pub(crate) fn retry(&self) -> &RetryPolicy {
        self.options.retry.as_ref().unwrap_or(&self.shared.options.retry)
    }

    /// Adds the facts of the call to an error of its stream, and masks its secrets.
    pub(crate) fn name(&self, error: Error, meta: &Meta, credential: Option<&Credential>) -> Error {
        let keys = credential.into_iter().flat_map(|keys| std::iter::once(keys.secret()).chain(keys.token()));
        let secrets = self.options.secrets.iter().chain(keys);
        secrets
            .fold(error, |error, secret| error.masked(secret))
            .with_status(meta.status)
            .or_request_id(meta.request_id.clone())
            .of_call(self.cloud().name(), self.info.name())
            .of_attempt(meta.endpoint.authority(), meta.attempts)
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Origin")
            .field("cloud", &self.cloud().name())
            .field("action", &self.info.name())
            .finish_non_exhaustive()
    }
}
