//! Presigned URLs of calls: the public methods.
//!
//! The signing is in `presign.rs`. The methods are here because they belong to the calls of this provider
//! only: they set [`Cloud::presigned`] for one call, run the pipeline up to the signature, and return the URL
//! instead of sending it.

use std::time::Duration;

use super::Cloud;
use crate::action::Action;
use crate::call::raw::RawCall;
use crate::call::typed::Invoker;
use crate::error::Error;

/// Calls of Volcengine as URLs.
impl<A: Action<Provider = Cloud>> Invoker<A> {
    /// The URL of the call with its signature in the query. Nothing is sent.
    ///
    /// Anyone who has the URL can make this call until `lifetime` has passed, counted in whole seconds from
    /// now. The action must have the method GET. The URL has no secret key, but the session token of
    /// temporary keys.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the call has a body or headers, `Credentials` if there is no key pair to sign with.
    pub async fn presigned_url(self, lifetime: Duration) -> Result<String, Error> {
        let call = self.with_cloud(|cloud| cloud.presigned = Some(lifetime));
        Ok(call.sign_only().await?.uri().to_string())
    }
}

/// Calls of Volcengine as URLs.
impl RawCall<Cloud> {
    /// The URL of the call with its signature in the query. Nothing is sent.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use cloudcall::{Client, http::Method, Volcengine};
    /// # use cloudcall::action::ActionInfo;
    /// # async fn run(client: Client<Volcengine>) -> Result<(), cloudcall::Error> {
    /// let info = ActionInfo::new("ecs", "2020-04-01", "DescribeRegions").with_method(Method::GET);
    /// let url = client.raw_action(info).presigned_url(Duration::from_secs(900)).await?;
    /// assert!(url.contains("X-Signature="));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Anyone who has the URL can make this call until `lifetime` has passed, counted in whole seconds from
    /// now.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the call has a body or headers, `Credentials` if there is no key pair to sign with.
    ///
    /// # Troubleshooting
    ///
    /// *a presigned URL has no body and no headers*: the action is declared as POST, which is the default of
    /// an untyped call. Set the method GET as in the example.
    ///
    /// *the URL stops working early*: temporary keys expired. The URL is valid as long as both `lifetime` and
    /// the keys.
    pub async fn presigned_url(self, lifetime: Duration) -> Result<String, Error> {
        let call = self.with_cloud(|cloud| cloud.presigned = Some(lifetime));
        Ok(call.sign_only().await?.uri().to_string())
    }
}
