//! The clients that are measured. Each makes the same calls in its own way.

#[cfg(feature = "aws")]
mod aws;
mod hyper;
mod model;
mod ours;
mod reqwest;
mod sign;

use std::error::Error;

#[cfg(feature = "aws")]
pub use self::aws::Aws;
pub use self::hyper::Hyper;
pub use self::ours::{Alibaba, Huawei, ManyHosts, Tencent, TencentHyper};
pub use self::reqwest::Reqwest;

/// The response that a call asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// One instance.
    Small,
    /// 900 instances, 200 KB.
    Large,
}

/// A client that is measured.
pub trait Contender: Clone + Send + 'static {
    /// A client of the server at `url`.
    fn new(url: &str) -> Self;

    /// One call. Its response is read into structures.
    fn call(&self, answer: Answer) -> impl Future<Output = Result<(), Box<dyn Error + Send + Sync>>> + Send;
}

/// Keys that sign nothing real.
const ID: &str = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3example";
const SECRET: &str = "Gu5t9xGARNpq86cd98joQYCN3example";
