//! The location service, which has endpoints that are in no table: `docs/sources.md`, Alibaba Cloud, 5.1.
//!
//! The vendor's older package asks it automatically, for each product and region that it does not
//! know. Here it is one call that a program makes when it needs it, so that no other call waits for it.
//!
//! ```text
//! GET https://location-readonly.aliyuncs.com/?Id=cn-beijing&ServiceCode=ecs&Type=openAPI
//! x-acs-action: DescribeEndpoints
//! x-acs-version: 2015-06-12
//!
//! {"Endpoints": {"Endpoint": [
//!     {"Type": "openAPI", "SerivceCode": "ecs", "Endpoint": "ecs.cn-beijing.aliyuncs.com"}]}}
//! ```

use serde_json::json;

use super::super::Cloud;
use super::reply::{EndpointType, LocationReply};
use super::resolve;
use crate::action::info::ActionInfo;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};

/// The domains of all hosts in the vendor's packages. A host elsewhere is not accepted.
const DOMAINS: [&str; 3] = [".aliyuncs.com", ".aliyun.com", ".alipay.com"];

/// The host of the location service. It is the same for all regions.
const HOST: &str = "location-readonly.aliyuncs.com";

/// Endpoints from the location service.
impl Client<Cloud> {
    /// Asks the location service for the endpoint of `product` in the client's region. `service_code` is the
    /// code of the product there, such as `ecs`.
    ///
    /// It is one call, signed with the client's credential. Keep the result for the life of the client: set
    /// it with [`endpoint_of`](crate::client::ClientBuilder::endpoint_of), or as the endpoint of a client or
    /// call.
    ///
    /// ```no_run
    /// # async fn run(client: cloudcall::Client<cloudcall::Alibaba>) -> Result<(), cloudcall::Error> {
    /// let endpoint = client.resolve_location("Ecs", "ecs").await?;
    /// let builder = cloudcall::Client::<cloudcall::Alibaba>::builder();
    /// let better = builder.endpoint(endpoint.to_string()).build()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Kind `Config` if the client has no region, or if the service knows no such product, region or
    /// endpoint. Kind `Protocol` if it names a host outside of the vendor's domains. Otherwise the error of
    /// the call.
    pub async fn resolve_location(&self, product: &str, service_code: &str) -> Result<Endpoint, Error> {
        let region = self.region().ok_or_else(|| resolve::no_region(product))?;
        let endpoint_type = EndpointType::Open;
        let action = ActionInfo::dynamic("Location", "2015-06-12", "DescribeEndpoints")
            .with_method(http::Method::GET)
            .with_host(HOST)
            .regionless()
            .readonly();
        let params = json!({ "Id": region, "ServiceCode": service_code, "Type": endpoint_type.as_str() });
        let location = match self.raw_action(action).json(params).invoke().await {
            Ok(response) => LocationReply::read(&response.into(), endpoint_type),
            Err(error) => match LocationReply::of_error(error.code().unwrap_or_default(), error.message()) {
                Some(reply) => reply,
                None => return Err(error),
            },
        };
        let host = match location {
            LocationReply::Host(host) => host,
            LocationReply::NoHost => return Err(resolve::not_in_region(product, region)),
            LocationReply::NoRegion => return Err(resolve::no_such_region(region)),
            LocationReply::NoProduct => return Err(resolve::no_product(product)),
        };
        let host = host.to_ascii_lowercase();
        if !DOMAINS.iter().any(|domain| host.strip_suffix(domain).is_some_and(|rest| !rest.is_empty())) {
            return Err(foreign(product, &host));
        }
        Endpoint::https(host)
    }
}

/// The error of a host outside of the vendor's domains. A forged response must not redirect signed requests.
fn foreign(product: &str, host: &str) -> Error {
    let (host, domains) = (host.escape_debug(), DOMAINS.map(|domain| format!("`{domain}`")).join(", "));
    let what = format!(
        "the location service names the host `{host}` for the product `{product}`, which is under none of {domains}: \
         nothing was sent there; set the endpoint if the host is right"
    );
    Error::new(ErrorKind::Protocol, what)
}
