//! Figures of a breaker, and the hosts that stand in.

use std::time::Duration;

use derive_builder::Builder;

use crate::endpoint::Endpoint;
use crate::error::Error;

/// Stands for the product in a backup.
const PRODUCT: &str = "{product}";

/// When calls are kept away from a host, and where they go meanwhile.
///
/// Nothing of it works until there is a second host: a backup of yours, or more than one endpoint from the cloud.
/// Names and defaults are those of the region breaker of Tencent's SDKs.
///
/// A backup is one of these; `{product}` in it stands for the product of the call, in lower case:
///
/// - `https://vpc.cn-east-3.myhuaweicloud.com`, `http://10.0.0.7:8080`: this endpoint, for any cloud;
/// - `{product}.cn-shanghai.aliyuncs.com`: a host of each product, for any cloud;
/// - `ap-guangzhou.tencentcloudapi.com`: with Tencent Cloud the host `{product}.ap-guangzhou.tencentcloudapi.com`,
///   with other clouds just this host.
///
/// With several, the first that works is taken. If none works, the first backup is called all the same, without counting: a
/// host may be well again before its time-out is over. An action or a call with a host of its own has no backup.
///
/// ```
/// use std::time::Duration;
/// use cloudcall::{Client, Tencent};
/// use cloudcall::breaker::BreakerOptions;
///
/// let breaker = BreakerOptions::builder()
///     .backup_endpoint("ap-shanghai.tencentcloudapi.com")
///     .backup_endpoint("ap-beijing.tencentcloudapi.com")
///     .open_for(Duration::from_secs(30))
///     .build()?;
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").breaker(breaker).build()?;
/// for (endpoint, status) in client.breaker_states() {
///     println!("{endpoint} is {}: {} of {} failed", status.state, status.failures, status.total);
/// }
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Builder)]
#[builder_struct_attr(must_use = "options do nothing before `build`")]
#[builder(
    default,
    derive(Debug),
    setter(into),
    build_fn(error = "Error", name = "build_unchecked", private),
    pattern = "owned"
)]
#[non_exhaustive]
pub struct BreakerOptions {
    /// Where calls go while the endpoint that they should go to is open, the first choice first. None.
    #[builder(setter(each(name = "backup_endpoint", into)))]
    pub backup_endpoints: Vec<String>,
    /// So many failures open, if their share is large enough too. 5. Whatever it is, 5 in a row open.
    pub max_fail_num: u32,
    /// The share of failures that opens, if there are enough: 0 to 1. 0.75.
    pub failure_ratio: f64,
    /// How long results are counted before the counters begin anew. 300 seconds; with 0 nothing is ever counted.
    pub window_interval: Duration,
    /// How long a host is left alone before it is tried again. 60 seconds.
    pub open_for: Duration,
    /// So many successes in a row, after the timeout, close again; one failure opens. 5.
    pub half_open_trials: u32,
    /// Whether no more than `half_open_trials` calls are trials of a host that failed, and the others go to the backup
    /// until these succeeded. Yes; Tencent's SDK for Python sends all calls of that time to the host.
    pub limit_trials: bool,
}

impl BreakerOptions {
    /// Starts from the defaults.
    pub fn builder() -> BreakerOptionsBuilder {
        BreakerOptionsBuilder::default()
    }

    /// Whether a backup is given.
    pub(crate) fn has_backup(&self) -> bool {
        !self.backup_endpoints.is_empty()
    }

    /// Checks ranges and backups.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.max_fail_num == 0 {
            return Err(Error::config("max_fail_num is 0: the breaker needs at least one failure to open"));
        }
        if !(0.0..=1.0).contains(&self.failure_ratio) {
            let given = self.failure_ratio;
            return Err(Error::config(format!("failure_ratio is {given}: it is a share, from 0 to 1")));
        }
        if self.open_for.is_zero() {
            return Err(Error::config(
                "`open_for` of the breaker is zero, so it would never keep a call away",
            ));
        }
        if self.half_open_trials == 0 {
            return Err(Error::config(
                "half_open_trials is 0: without a trial the breaker could never close again",
            ));
        }
        for backup in &self.backup_endpoints {
            filled(backup, "x")
                .parse::<Endpoint>()
                .map_err(|error| Error::config(format!("backup_endpoint: {}", error.message())))?;
        }
        Ok(())
    }
}

/// A backup for one product.
pub(crate) fn filled(backup: &str, product: &str) -> String {
    backup.replace(PRODUCT, &product.to_ascii_lowercase())
}

impl Default for BreakerOptions {
    fn default() -> Self {
        Self {
            backup_endpoints: Vec::new(),
            max_fail_num: 5,
            failure_ratio: 0.75,
            window_interval: Duration::from_secs(300),
            open_for: Duration::from_secs(60),
            half_open_trials: 5,
            limit_trials: true,
        }
    }
}

impl BreakerOptionsBuilder {
    /// Checks ranges and backups, and makes the options.
    ///
    /// # Errors
    ///
    /// Kind `Config` for a share outside 0 to 1, figures of zero, and backups that are no endpoints.
    pub fn build(self) -> Result<BreakerOptions, Error> {
        let options = self.build_unchecked()?;
        options.check()?;
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_checked_with_a_reason() {
        let start = BreakerOptions::builder;
        for (builder, reason) in [
            (start().max_fail_num(0_u32), "max_fail_num is 0"),
            (start().failure_ratio(1.01), "from 0 to 1"),
            (start().failure_ratio(-0.1), "from 0 to 1"),
            (start().failure_ratio(f64::NAN), "from 0 to 1"),
            (start().open_for(Duration::ZERO), "`open_for` of the breaker is zero"),
            (start().half_open_trials(0_u32), "half_open_trials is 0"),
            (start().backup_endpoint("a b"), "backup_endpoint: `a b`"),
            (start().backup_endpoint(""), "empty"),
            (start().backup_endpoint("https://{product}.x/path"), "nothing follows"),
            (start().backup_endpoint("{region}.x"), "only letters"),
        ] {
            let error = builder.build().unwrap_err().to_string();
            assert!(error.contains(reason), "{reason}: {error}");
        }
        for backup in
            ["ap-shenzhen-fsi.tencentcloudapi.com", "tencentcloudapi.com.cn", "{product}.x.y", "http://h:1"]
        {
            start().backup_endpoint(backup).failure_ratio(0.0).build().unwrap();
        }
    }

    #[test]
    fn backups_are_given_one_by_one_or_at_once() {
        let one = BreakerOptions::builder().backup_endpoint("a.b").backup_endpoint("c.d").build().unwrap();
        let all =
            BreakerOptions::builder().backup_endpoints(["a.b", "c.d"].map(str::to_owned)).build().unwrap();
        assert_eq!(one, all);
    }
}
