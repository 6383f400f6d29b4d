//! Whose credential the client uses, and where it comes from.

use super::Client;
#[cfg(feature = "__cloud")]
use crate::credential::Credential;
use crate::credential::{CredentialsReport, Identity};
use crate::error::{Error, ErrorKind};
use crate::pipeline::shared::Shared;
use crate::provider::Provider;

impl<P: Provider> Client<P> {
    /// Asks the provider whom the credential of this client belongs to: account, and user or role.
    ///
    /// | provider | call |
    /// | --- | --- |
    /// | Tencent Cloud, Alibaba Cloud, Volcengine | `GetCallerIdentity` of STS |
    /// | Huawei Cloud | `GetCallerIdentity` of STS, in the region or the nearest one |
    ///
    /// The credential needs no permission for it. The call has the retries, the time limits and the endpoint
    /// of the client.
    ///
    /// ```no_run
    /// # use cloudcall::{Client, Tencent};
    /// # async fn run() -> Result<(), cloudcall::Error> {
    /// let client = Client::<Tencent>::builder().region("ap-guangzhou").build()?;
    /// let owner = client.identity().await?;
    /// println!("{owner}"); // user 1000261 of account 1000262
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Troubleshooting
    ///
    /// *the response names no account*, or *`InvalidAction`*: the client has an endpoint of one product,
    /// which receives this call, too. Ask with a client without an endpoint.
    ///
    /// *status 401 from Huawei Cloud, although other calls succeed*: the keys belong to a site with an STS
    /// elsewhere. Set `HUAWEICLOUD_SDK_STS_ENDPOINT`.
    ///
    /// # Errors
    ///
    /// Those of any call. Kind `Config` if the provider has no such call, such as the legacy API of Tencent
    /// Cloud. Kind `Decode` if the response names no account.
    #[doc(alias = "GetCallerIdentity")]
    #[doc(alias = "whoami")]
    pub async fn identity(&self) -> Result<Identity, Error> {
        let Shared { cloud, options, context, .. } = &*self.shared;
        let Some(call) = cloud.identity_call(context, self.region()) else {
            let what =
                "this API cannot say whom a credential belongs to: ask with another client of the same cloud";
            return Err(Error::config(what).of_provider(cloud.name()));
        };
        let mut request = self.raw_action(call.action.readonly());
        if let Some(region) = call.region {
            request = request.with_region(region);
        }
        if let (None, Some(endpoint)) = (&options.endpoint, call.endpoint) {
            request = request.with_endpoint(endpoint);
        }
        let response = request.send().await?;
        call.members.read(&response).ok_or_else(|| {
            let what = "the response names no account: is the endpoint the one of STS?";
            Error::new(ErrorKind::Decode, what).of_provider(cloud.name())
        })
    }

    /// Says which source gave the credential of this client, why the sources before it did not, and when the
    /// credential expires. Everything is masked.
    ///
    /// It takes the credential that the next call would use, and fetches one only if that call would.
    ///
    /// ```no_run
    /// # use cloudcall::{Client, Tencent};
    /// # async fn run() -> Result<(), cloudcall::Error> {
    /// let client = Client::<Tencent>::builder().region("ap-guangzhou").build()?;
    /// let report = client.credentials_report().await?;
    /// println!("{} until {:?}", report.source, report.expiry);
    /// for skipped in &report.skipped {
    ///     println!("not {}: {}", skipped.source, skipped.reason);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Kind `Credentials` if there is no credential. The message lists every source and what it misses.
    pub async fn credentials_report(&self) -> Result<CredentialsReport, Error> {
        let Shared { cloud, credentials, context, .. } = &*self.shared;
        match credentials.get(context).await {
            Ok(credential) => Ok(credential.report()),
            Err(error) => Err(error.of_provider(cloud.name())),
        }
    }

    /// The credential in the cache, if it is fresh.
    #[cfg(feature = "__cloud")]
    pub(crate) fn ready_credential(&self) -> Option<Credential> {
        self.shared.credentials.ready(&self.shared.context)
    }
}
