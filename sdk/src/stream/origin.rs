//! The call that a stream came from. From here on neither the action nor the cloud is a type.

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

/// All that a call is made of, to make it again.
pub(crate) struct Origin {
    pub(crate) shared: Arc<Shared<dyn Provider>>,
    /// The cloud's settings, where the call had its own.
    pub(crate) own_cloud: Option<Box<dyn Provider>>,
    pub(crate) options: CallOptions,
    pub(crate) info: Cow<'static, ActionInfo>,
    pub(crate) fields: Fields,
}

impl Origin {
    /// Calls, and gives the body of a good answer as it comes.
    pub(crate) async fn open(&self, kind: StreamKind) -> Result<(Meta, OpenedBody), Error> {
        let mut stream = StreamSink::new(kind);
        let fields = Ok(self.fields.clone());
        let meta = run(&self.shared, self.cloud(), &self.options, &self.info, fields, &mut stream).await?;
        match stream.into_opened() {
            Some(opened) => Ok((meta, opened)),
            // A successful pipeline has always given the body to the sink.
            None => Err(Error::new(ErrorKind::Decode, "the response was not given to the stream")),
        }
    }

    pub(crate) fn cloud(&self) -> &dyn Provider {
        self.own_cloud.as_deref().unwrap_or(&self.shared.cloud)
    }

    pub(crate) fn context(&self) -> &Context {
        &self.shared.context
    }

    pub(crate) fn timeouts(&self) -> TimeoutOptions {
        self.options.timeouts.unwrap_or(self.shared.options.timeouts)
    }

    pub(crate) fn retry(&self) -> &RetryPolicy {
        self.options.retry.as_ref().unwrap_or(&self.shared.options.retry)
    }

    /// Says of an error in the stream which call it is of, and takes out what it must not quote.
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
