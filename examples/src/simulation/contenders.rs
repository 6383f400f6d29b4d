//! The policies that are compared, each as options of the same client.
//!
//! The settings of the official SDKs are those of their sources. They have no quota, so theirs is unlimited
//! here.

use std::time::Duration;

use cloudcall::Error;
use cloudcall::breaker::BreakerOptions;
use cloudcall::retry::{RetryOptions, RetryPolicy};

use super::server::BACKUP;

/// The settings of a client of the fleet.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// The retry options.
    pub retry: RetryPolicy,
    /// The breaker and its backup.
    pub breaker: BreakerOptions,
}

/// cloudcall with its defaults: three attempts, full jitter from 100 ms, a quota of 500 tokens.
pub const OURS: &str = "cloudcall";
/// cloudcall with a quota for clients that call seldom.
pub const OURS_SMALL: &str = "cloudcall, quota 10";
/// cloudcall with a second endpoint.
pub const OURS_BACKUP: &str = "cloudcall, with a backup";
/// Three retries, 100 ms apart.
pub const NAIVE: &str = "naive, 3 retries";
/// One attempt, which is also the default of the SDKs of Tencent Cloud and Huawei Cloud.
pub const NONE: &str = "no retry (Tencent's and Huawei's default)";

/// All contenders, in the order of the table.
pub fn contenders() -> Result<Vec<(&'static str, Policy)>, Error> {
    let small = RetryOptions::builder().quota(10).build()?;
    let backup = || BreakerOptions::builder().backup_endpoint(BACKUP);
    Ok(vec![
        (NONE, Policy::from(RetryPolicy::none())),
        (NAIVE, unlimited(4, 100, 100, false)?),
        // A random delay up to 10 ms x 2^attempt (RANDOM_JITTER).
        ("Huawei's with_retry(3)", unlimited(4, 20, 60_000, true)?),
        // For the actions of its table: three retries after 100, 200 and 400 ms.
        ("Alibaba's", unlimited(4, 100, 20_000, false)?),
        (
            "Tencent's, with its breaker and a backup",
            Policy { retry: RetryPolicy::none(), breaker: backup().limit_trials(false).build()? },
        ),
        (OURS, Policy::default()),
        (OURS_SMALL, Policy::from(RetryPolicy::from(small))),
        (OURS_BACKUP, Policy { breaker: backup().build()?, ..Policy::default() }),
    ])
}

impl From<RetryPolicy> for Policy {
    fn from(retry: RetryPolicy) -> Self {
        Self { retry, ..Self::default() }
    }
}

fn unlimited(attempts: u32, base: u64, longest: u64, jitter: bool) -> Result<Policy, Error> {
    let options = RetryOptions::builder().max_attempts(attempts).quota(u32::MAX).build()?;
    let policy = RetryPolicy::from(options)
        .base_delay(Duration::from_millis(base))
        .max_delay(Duration::from_millis(longest));
    Ok(if jitter { policy } else { policy.without_jitter() }.into())
}
