//! One call from its facts to its response: what `call`, typed calls, `mcp` and `explore` share.

mod cloud;
mod credentials;
mod prepare;
mod verbose;

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use cloudcall::action::{ActionInfo, Param};
use cloudcall::client::ClientBuilder;
use cloudcall::credential::Credential;
use cloudcall::endpoint::Endpoint;
use cloudcall::provider::Provider;
use cloudcall::transport::HttpRequest;
use cloudcall::upload::FilePart;
use cloudcall::wait::Wait;
use cloudcall::{Alibaba, Client, Error, ErrorKind, Huawei, Qcloud, Response, Tencent, Value, Volcengine};

pub(crate) use cloud::Cloud;
pub(crate) use credentials::chain;

use prepare::{client, document, raw_call};

/// What is called, and with what.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) cloud: Cloud,
    pub(crate) info: ActionInfo,
    pub(crate) given: Vec<Given>,
    pub(crate) options: Options,
}

/// One thing that the user gave.
#[derive(Debug, Clone)]
pub(crate) enum Given {
    /// A JSON object of parameters by wire name; members that the path names go there.
    Members(String),
    /// A parameter, and its value as JSON text.
    Value(Param, String),
    /// A parameter that is a file.
    File(Param, FilePart),
}

/// How the call is made. What is not given has the default of the SDK.
#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) region: Option<String>,
    pub(crate) profile: Option<String>,
    /// Credentials in place of those of the environment.
    pub(crate) keys: Option<Credential>,
    pub(crate) endpoint: Option<Endpoint>,
    pub(crate) sign_method: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) retries: Option<u32>,
    pub(crate) timeout: Option<Duration>,
    /// Attempts and timings are printed on stderr.
    pub(crate) verbose: bool,
}

/// A client of any cloud.
pub(crate) trait Caller: Send + Sync {
    /// Signs a request as a call would, and sends nothing.
    fn sign<'a>(&'a self, request: &'a Request) -> Called<'a, HttpRequest>;

    /// Calls, and returns the response as the service wrote it, without what the cloud wraps around it.
    fn send<'a>(&'a self, request: &'a Request) -> Called<'a, String>;

    /// Repeats the call until the check ends the wait, and returns the last response.
    fn wait<'a>(&'a self, request: &'a Request, polls: Polls<'a>) -> Called<'a, String>;

    /// Calls, and returns the response as bytes.
    fn bytes<'a>(&'a self, request: &'a Request) -> Called<'a, Vec<u8>>;
}

/// How a call is repeated until its response shows a state.
pub(crate) struct Polls<'a> {
    /// What a response says.
    pub(crate) check: Box<dyn FnMut(&Value) -> Wait + Send + 'a>,
    /// Receives the state after each poll that is not the last one.
    pub(crate) progress: OnState<'a>,
    /// Delay after the first poll. Default: that of the SDK, as for the time limit.
    pub(crate) delay: Option<Duration>,
    /// Time limit of all polls.
    pub(crate) limit: Option<Duration>,
}

/// Receives a state, if it is known.
pub(crate) type OnState<'a> = Box<dyn FnMut(Option<&str>) + Send + 'a>;

/// A call under way.
pub(crate) type Called<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

impl<P: Provider> Caller for Client<P> {
    fn sign<'a>(&'a self, request: &'a Request) -> Called<'a, HttpRequest> {
        Box::pin(async move { raw_call(self, request)?.sign_only().await })
    }

    fn send<'a>(&'a self, request: &'a Request) -> Called<'a, String> {
        Box::pin(async move {
            let response = raw_call(self, request)?.send().await?;
            Ok(document(response.raw_body(), request.cloud.envelope()))
        })
    }

    fn wait<'a>(&'a self, request: &'a Request, polls: Polls<'a>) -> Called<'a, String> {
        let Polls { mut check, mut progress, delay, limit } = polls;
        Box::pin(async move {
            let mut waiter = raw_call(self, request)?
                .wait_until(move |response: &Response<Value>| check(response))
                .on_progress(move |poll| progress(poll.state));
            if let Some(delay) = delay {
                waiter = waiter.delay(delay);
            }
            if let Some(limit) = limit {
                waiter = waiter.deadline(limit);
            }
            Ok(document(waiter.await?.raw_body(), request.cloud.envelope()))
        })
    }

    fn bytes<'a>(&'a self, request: &'a Request) -> Called<'a, Vec<u8>> {
        Box::pin(async move {
            let mut bytes = Vec::new();
            raw_call(self, request)?.download().await?.to_writer(&mut bytes).await?;
            Ok(bytes)
        })
    }
}

impl Request {
    /// A client for this request, and for others with the same options.
    pub(crate) fn client(&self) -> Result<Box<dyn Caller>, Error> {
        prepare::check(self)?;
        let sign_method = self.options.sign_method.as_deref();
        macro_rules! signing {
            ($cloud:ident) => {{
                let mut builder = Client::<$cloud>::builder();
                if let Some(name) = sign_method {
                    builder = builder.sign_method(name.parse()?);
                }
                self.boxed(builder)
            }};
        }
        match self.cloud {
            Cloud::Tencent => signing!(Tencent),
            Cloud::Qcloud => signing!(Qcloud),
            Cloud::Huawei => signing!(Huawei),
            Cloud::Alibaba => signing!(Alibaba),
            Cloud::Volcengine => self.boxed(Client::<Volcengine>::builder()),
        }
    }

    fn boxed<P: Provider>(&self, builder: ClientBuilder<P>) -> Result<Box<dyn Caller>, Error> {
        Ok(Box::new(client(builder, self.cloud, &self.options)?))
    }

    /// Signs the request as a call would, and sends nothing.
    pub(crate) async fn sign(&self) -> Result<HttpRequest, Error> {
        self.client()?.sign(self).await
    }

    /// Calls, and returns the response as the service wrote it, without what the cloud wraps around it.
    pub(crate) async fn send(&self) -> Result<String, Error> {
        self.client()?.send(self).await
    }
}

/// A mistake of the user.
pub(crate) fn usage(what: impl Into<String>) -> Error {
    Error::new(ErrorKind::Config, what)
}
