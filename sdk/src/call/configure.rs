//! The options of a call, on the typed builder itself.

use crate::call::Call;
use crate::call::setters::call_setters;
use crate::provider::Provider;

/// Sets options of one call on the builder of an action:
/// `client.describe_zones().with_retry(policy).send()`.
///
/// The builders of actions implement it, for async and blocking clients.
/// [`Invoker`](crate::call::Invoker) and [`RawCall`](crate::call::RawCall) have methods of
/// the same names. Import it with [`cloudcall::prelude`](crate::prelude), or by name.
///
/// ```no_run
/// use cloudcall::prelude::*;
///
/// #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
/// pub struct DescribeZones {}
///
/// # async fn run(client: Client<Tencent>) -> Result<(), Error> {
/// let zones = client
///     .describe_zones()
///     .add_header("X-TC-Canary", "1")
///     .with_retry(RetryPolicy::standard().max_attempts(5))
///     .send()
///     .await?;
/// # Ok(())
/// # }
/// ```
pub trait ConfigureCall: Sized {
    /// The provider of the action.
    type Provider: Provider;

    /// The call that is configured.
    #[doc(hidden)]
    fn __call(&mut self) -> &mut Call<Self::Provider>;

    call_setters!(Self::Provider, self => self.__call());
}
