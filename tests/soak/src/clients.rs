//! The clients of one provider over one transport.

use std::sync::Arc;
use std::time::Duration;

use cloudcall::breaker::BreakerOptions;
use cloudcall::client::{ClientBuilder, HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::limiter::{Limit, LimiterOptions};
use cloudcall::retry::{RetryOptions, RetryPolicy};
use cloudcall::transport::{HttpSend, HyperTransport, ReqwestTransport};
use cloudcall::{Client, Error};

use crate::clouds::Cloud;
use crate::server::{ID, SECRET, Servers};

/// The HTTP library under a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    /// reqwest.
    Reqwest,
    /// hyper.
    Hyper,
}

impl Wire {
    fn transport(self) -> Result<Arc<dyn HttpSend>, Error> {
        let options = HttpOptions::builder().proxies(Proxies::None).build()?;
        Ok(match self {
            Self::Reqwest => Arc::new(ReqwestTransport::new(&options)?),
            Self::Hyper => Arc::new(HyperTransport::new(&options)?),
        })
    }
}

/// How long an open breaker keeps calls away.
pub const OPEN_FOR: Duration = Duration::from_millis(300);

/// Clients that share one transport.
#[derive(Debug)]
pub struct Clients<C: Cloud> {
    /// Permanent keys and a limiter.
    pub plain: Client<C>,
    /// Temporary keys, which expire after seconds.
    pub role: Client<C>,
    /// A breaker, which sends calls to the second server.
    pub breaker: Client<C>,
}

impl<C: Cloud> Clients<C> {
    /// Makes the clients, with connections of their own.
    pub fn new(wire: Wire, servers: &Servers) -> Result<Self, Error> {
        let transport = wire.transport()?;
        let keys = StaticCredentials::new(Credential::new(ID, SECRET)?);
        let [first, second] = &servers.clouds;
        // More calls fail and are dropped than the usual quota allows for: it would be used up after a minute.
        let retry = RetryPolicy::from(RetryOptions::builder().quota(1_000_000_u32).build()?);
        let retry = retry.base_delay(Duration::from_millis(4));
        let builder = || -> ClientBuilder<C> {
            Client::<C>::builder()
                .region(C::REGION)
                .endpoint(first.endpoint())
                .transport(transport.clone())
                .retry(retry.clone())
        };
        let breaker = BreakerOptions::builder()
            .backup_endpoint(second.url())
            .open_for(OPEN_FOR)
            .half_open_trials(1_u32)
            .build()?;
        let limits = LimiterOptions::new().product("*", Limit::at_once(64)).each_action(Limit::rate(1_000.0));
        Ok(Self {
            plain: builder().credentials(keys.clone()).limiter(limits).build()?,
            role: builder().credentials(C::role(keys.clone(), &first.url(), transport.clone())).build()?,
            breaker: builder().credentials(keys).breaker(breaker).retry(RetryPolicy::none()).build()?,
        })
    }
}
