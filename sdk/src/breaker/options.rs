//! The options of a breaker: thresholds, durations and backup endpoints.

use std::time::Duration;

use derive_builder::Builder;

use crate::endpoint::Endpoint;
use crate::error::Error;

/// The placeholder for the product in a backup endpoint.
const PRODUCT: &str = "{product}";

/// When a breaker opens and closes, and where calls go meanwhile.
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
///
/// The breaker is off until there is a second host: a backup endpoint of yours, or more
/// than one endpoint in the provider's own list. Names and defaults are those of the region
/// breaker of Tencent's SDKs.
///
/// # Backup endpoints
///
/// A backup endpoint has one of these forms. `{product}` is replaced by the product of the
/// call in lower case.
///
/// - `https://vpc.cn-east-3.myhuaweicloud.com` or `http://10.0.0.7:8080`: this endpoint,
///   for any cloud.
/// - `{product}.cn-shanghai.aliyuncs.com`: one host per product, for any cloud.
/// - `ap-guangzhou.tencentcloudapi.com`: for Tencent Cloud, the host
///   `{product}.ap-guangzhou.tencentcloudapi.com`. For other clouds, this host.
///
/// With several backups, the first one whose breaker admits the call is used. If every host
/// is open, the first backup is called anyway and the call is not counted: the host may
/// have recovered already. An action or a call with its own host has no backup.
///
/// # Troubleshooting
///
/// - *No call ever goes to the backup.* Only failures of the host open the breaker. API
///   errors, also `AuthFailure` and throttling, count as successes. Look at `failures` in
///   [`Client::breaker_states`](crate::Client::breaker_states), and make sure that the call
///   sets no endpoint.
/// - *Calls to the backup fail with an authentication or region error.* The request is
///   signed for the backup's host but keeps the region of the client. The vendor must
///   accept that region on that host.
/// - *The breaker opens too early for a client with few calls.* Five failures in a row
///   always open it, whatever `max_fail_num` and `failure_ratio` are.
/// - *The list of `breaker_states` is empty.* The client has made no call yet, or there is
///   no second host.
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
    /// Endpoints to call while the first endpoint is open, in order of preference. Default:
    /// none.
    #[builder(setter(each(name = "backup_endpoint", into)))]
    pub backup_endpoints: Vec<String>,
    /// Minimum number of failures in a window before the failure ratio can open the
    /// breaker. Default: 5. Five consecutive failures always open it.
    #[builder(setter(into = false))]
    pub max_fail_num: u32,
    /// Ratio of failed calls in a window, from 0 to 1, at which the breaker opens. It
    /// applies once there are `max_fail_num` failures. Default: 0.75.
    #[builder(setter(into = false))]
    pub failure_ratio: f64,
    /// Length of the window after which the counters start again. Default: 300 s. With
    /// zero, nothing is counted and the breaker never opens.
    pub window_interval: Duration,
    /// How long an open breaker keeps calls away before it becomes half-open.
    /// Default: 60 s.
    pub open_for: Duration,
    /// Number of consecutive successes that close a half-open breaker. One failure opens it
    /// again. Default: 5.
    #[builder(setter(into = false))]
    pub half_open_trials: u32,
    /// If true, a half-open breaker admits at most `half_open_trials` calls, and other
    /// calls go to the backup. If false, it admits all calls, as Tencent's SDK for Python
    /// does. Default: true.
    pub limit_trials: bool,
}

impl BreakerOptions {
    /// Starts with the defaults.
    ///
    /// ```
    /// use cloudcall::breaker::BreakerOptions;
    ///
    /// let options = BreakerOptions::builder().max_fail_num(10_u32).build()?;
    /// assert_eq!(options.max_fail_num, 10);
    /// assert_eq!(options.failure_ratio, 0.75);
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn builder() -> BreakerOptionsBuilder {
        BreakerOptionsBuilder::default()
    }

    /// True if the user set a backup endpoint.
    pub(crate) fn has_backup(&self) -> bool {
        !self.backup_endpoints.is_empty()
    }

    /// Checks the ranges of all numbers and the syntax of the backup endpoints.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.max_fail_num == 0 {
            return Err(Error::config("the breaker's max_fail_num is 0; set it to at least 1"));
        }
        if !(0.0..=1.0).contains(&self.failure_ratio) {
            let given = self.failure_ratio;
            return Err(Error::config(format!(
                "the breaker's failure_ratio is {given}; set it to a ratio from 0 to 1"
            )));
        }
        if self.open_for.is_zero() {
            return Err(Error::config(
                "the breaker's open_for is zero, so it would never keep a call away; set a longer time",
            ));
        }
        if self.half_open_trials == 0 {
            return Err(Error::config(
                "the breaker's half_open_trials is 0, so it could never close again; set it to at least 1",
            ));
        }
        for backup in &self.backup_endpoints {
            filled(backup, "x").parse::<Endpoint>().map_err(|error| {
                Error::config(format!("the breaker's backup_endpoint: {}", error.message()))
            })?;
        }
        Ok(())
    }
}

/// The backup endpoint for one product: replaces the placeholder `{product}`.
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
    /// Checks the options and builds them.
    ///
    /// # Errors
    ///
    /// Kind `Config` if `failure_ratio` is outside 0 to 1, if `max_fail_num`,
    /// `half_open_trials` or `open_for` is zero, or if a backup is not a valid endpoint.
    /// The message names the option.
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
            (start().open_for(Duration::ZERO), "open_for is zero"),
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
