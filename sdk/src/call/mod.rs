//! Calls: [`Invoker`] for one typed action, [`RawCall`] for an untyped one, and
//! [`ConfigureCall`] for the builders of actions.
//!
//! All three have the same call options (`add_header`, `with_retry`, `with_timeout`, …),
//! and `send`, `invoke` and `.await` mean the same for all of them.
//!
//! This is the public face of a call. Nothing runs here: the options are collected, the
//! types of action and response are erased, and `pipeline/` does the work. The generic code
//! of a call is therefore the encoding of its fields and the decoding of its response, and
//! nothing else is compiled again for a further action.
//!
//! | file | content |
//! | --- | --- |
//! | `typed.rs` | [`Invoker`] |
//! | `raw.rs` | [`RawCall`] |
//! | `configure.rs` | [`ConfigureCall`] |
//! | `setters.rs` | the options that all three share, written once as a macro |
//! | `bound.rs` | what the builder of an action returns, for async and blocking clients |

pub(crate) mod bound;
pub(crate) mod configure;
pub(crate) mod raw;
pub(crate) mod setters;
pub(crate) mod typed;

pub use configure::ConfigureCall;
pub use raw::RawCall;
pub use typed::Invoker;

use std::borrow::Cow;
use std::future::Future;
use std::ops::Deref;
use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::action::info::ActionInfo;
use crate::action::request::Fields;
use crate::context::Context;
use crate::error::{Error, ErrorKind};
use crate::options::{CallOptions, TimeoutOptions};
use crate::pipeline::shared::Shared;
use crate::pipeline::sink::Sink;
use crate::pipeline::{run, sign_only};
use crate::provider::Provider;
use crate::response::decode::Slot;
use crate::response::{Meta, Response};
use crate::stream::Origin;
use crate::transport::HttpRequest;

/// The boxed future of a call, which `.await` on a builder, an invoker or a raw call polls.
/// It is `Send`. Dropping it ends the call and returns everything that it holds.
pub type CallFuture<T> = std::pin::Pin<Box<dyn Future<Output = Result<Response<T>, Error>> + Send>>;

/// The options of a call, and the client that makes it. Typed and raw calls, pages and
/// waiters share it.
#[doc(hidden)]
#[derive(Debug)]
pub struct Call<P: Provider> {
    /// The state of the client.
    pub(crate) shared: Arc<Shared<P>>,
    /// The options of this call. One pointer wide.
    pub(crate) options: CallOptions,
    /// The settings of the provider, if this call has its own.
    own_cloud: Option<Box<P>>,
}

impl<P: Provider> Call<P> {
    /// A call without options of its own.
    pub(crate) fn new(shared: Arc<Shared<P>>) -> Self {
        Self { shared, options: CallOptions::default(), own_cloud: None }
    }

    /// Takes over the defaults of the action, unless the call or the client sets them.
    pub(crate) fn take_defaults(&mut self, info: &ActionInfo) {
        if let Some(retry) = info.retry().filter(|_| !self.shared.options.has_retry()) {
            self.options.retry.get_or_insert_with(|| retry.into());
        }
        for (name, value) in info.headers() {
            let is_set = self.options.headers.iter().any(|(set, _)| set.as_str().eq_ignore_ascii_case(name));
            if !is_set && !self.shared.options.headers.contains_key(*name) {
                self.options.add_header(name, value);
            }
        }
    }

    /// The settings of the provider for this call only.
    pub(crate) fn cloud_mut(&mut self) -> &mut P
    where
        P: Clone,
    {
        self.own_cloud.get_or_insert_with(|| Box::new(self.shared.cloud.clone()))
    }

    /// The time limits of this call only.
    pub(crate) fn timeouts_mut(&mut self) -> &mut TimeoutOptions {
        self.options.timeouts.get_or_insert(self.shared.options.timeouts)
    }

    /// Makes an untyped call. The slot for the value is part of this future, which allocates
    /// nothing; the pipeline below does not know its type.
    pub(crate) async fn run<T>(
        self,
        info: &ActionInfo,
        fields: Result<Fields, Error>,
    ) -> Result<Response<T>, Error>
    where
        T: serde::de::DeserializeOwned + Send + 'static,
    {
        let mut slot = Slot(None);
        let meta = self.drive(info, fields, &mut slot).await?;
        filled(slot, meta)
    }

    /// Makes the only call with these options.
    pub(crate) fn once<T>(
        self,
        info: impl Deref<Target = ActionInfo> + Send + Sync + 'static,
        fields: Result<Fields, Error>,
    ) -> CallFuture<T>
    where
        T: serde::de::DeserializeOwned + Send + 'static,
    {
        typed(Held::Own(self), info, fields)
    }

    /// Makes one of several calls with the same options. Each has its own deadline, retries
    /// and idempotency token.
    pub(crate) fn again<T>(
        self: &Arc<Self>,
        info: impl Deref<Target = ActionInfo> + Send + Sync + 'static,
        fields: Result<Fields, Error>,
    ) -> CallFuture<T>
    where
        T: serde::de::DeserializeOwned + Send + 'static,
    {
        typed(Held::Shared(self.clone()), info, fields)
    }

    pub(crate) fn context(&self) -> &Context {
        &self.shared.context
    }

    pub(crate) fn provider(&self) -> &'static str {
        self.shared.cloud.name()
    }

    /// Erases the types of action and provider: nothing below is generic.
    fn drive<'a>(
        &'a self,
        info: &'a ActionInfo,
        fields: Result<Fields, Error>,
        sink: &'a mut dyn Sink,
    ) -> impl Future<Output = Result<Meta, Error>> + Send + 'a {
        let shared: &Shared<dyn Provider> = &*self.shared;
        let cloud: &dyn Provider = self.own_cloud.as_deref().unwrap_or(&self.shared.cloud);
        run(shared, cloud, &self.options, info, fields, sink)
    }

    /// The call without its types, which a stream makes and may repeat.
    pub(crate) fn origin(self, info: Cow<'static, ActionInfo>, fields: Fields) -> Origin {
        let own_cloud = self.own_cloud.map(|cloud| cloud as Box<dyn Provider>);
        Origin { shared: self.shared, own_cloud, options: self.options, info, fields }
    }

    pub(crate) async fn sign_only(
        self,
        info: &ActionInfo,
        fields: Result<Fields, Error>,
    ) -> Result<HttpRequest, Error> {
        let shared: &Shared<dyn Provider> = &*self.shared;
        let cloud: &dyn Provider = self.own_cloud.as_deref().unwrap_or(&self.shared.cloud);
        sign_only(shared, cloud, &self.options, info, fields)
            .await
            .map_err(|error| error.of_call(cloud.name(), info.name()))
    }
}

/// A call that is made once, or one that others may make again.
enum Held<P: Provider> {
    Own(Call<P>),
    Shared(Arc<Call<P>>),
}

impl<P: Provider> Deref for Held<P> {
    type Target = Call<P>;

    fn deref(&self) -> &Call<P> {
        match self {
            Self::Own(call) => call,
            Self::Shared(call) => call,
        }
    }
}

/// Makes a call whose response has a type. This future is compiled for each type, so it holds little: the
/// place of the value, and the future of the call.
fn typed<P: Provider, T>(
    call: Held<P>,
    info: impl Deref<Target = ActionInfo> + Send + Sync + 'static,
    fields: Result<Fields, Error>,
) -> CallFuture<T>
where
    T: serde::de::DeserializeOwned + Send + 'static,
{
    Box::pin(async move {
        let mut slot = Slot(None);
        let meta = started(call, info, fields, &mut slot).await?;
        filled(slot, meta)
    })
}

/// Makes a call. It does not know the type of the response, so it is compiled once for a provider.
#[inline(never)]
fn started<'a, P: Provider>(
    call: Held<P>,
    info: impl Deref<Target = ActionInfo> + Send + Sync + 'static,
    fields: Result<Fields, Error>,
    sink: &'a mut dyn Sink,
) -> BoxFuture<'a, Result<Meta, Error>> {
    Box::pin(async move { call.drive(&info, fields, sink).await })
}

/// The response from a filled slot.
fn filled<T>(slot: Slot<T>, meta: Meta) -> Result<Response<T>, Error> {
    match slot.0 {
        Some(value) => Ok(Response::new(value, meta)),
        // A successful pipeline has always filled the slot.
        None => Err(Error::new(ErrorKind::Decode, "the response was not decoded")),
    }
}
