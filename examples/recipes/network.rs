//! Network: proxies, certificates, time limits, endpoints.

use std::time::Duration;

use cloudcall::client::Proxies;
use cloudcall::prelude::*;
use cloudcall::transport::TlsTrust;

// ANCHOR: proxy
pub fn proxy(password: &str) -> Result<Client<Tencent>, Error> {
    let proxy = Proxies::with_login("http://proxy.example.com:3128", "user", &password.into());
    let http = HttpOptions::builder().proxies(proxy).no_proxy("localhost,10.0.0.0/8").build()?;
    Client::<Tencent>::builder().region("ap-guangzhou").http(http).build()
}
// ANCHOR_END: proxy

// ANCHOR: no_proxy
pub fn no_proxy() -> Result<Client<Tencent>, Error> {
    // Also ignores http_proxy and https_proxy of the environment.
    let http = HttpOptions::builder().proxies(Proxies::None).build()?;
    Client::<Tencent>::builder().region("ap-guangzhou").http(http).build()
}
// ANCHOR_END: no_proxy

// ANCHOR: own_ca
pub fn own_ca(pem: &[u8]) -> Result<Client<Huawei>, Error> {
    let http = HttpOptions::builder().trust(TlsTrust::system().and_pem(pem)).build()?;
    Client::<Huawei>::builder().region("cn-north-4").http(http).build()
}
// ANCHOR_END: own_ca

// ANCHOR: client_certificate
pub fn client_certificate(certificate: &[u8], key: &[u8]) -> Result<Client<Huawei>, Error> {
    let trust = TlsTrust::system().client_certificate(certificate, key);
    let http = HttpOptions::builder().trust(trust).build()?;
    Client::<Huawei>::builder().region("cn-north-4").http(http).build()
}
// ANCHOR_END: client_certificate

// ANCHOR: timeouts
pub fn timeouts() -> Result<Client<Alibaba>, Error> {
    let http = HttpOptions::builder().connect_timeout(Duration::from_secs(3)).build()?;
    let times = TimeoutOptions::builder()
        .attempt(Duration::from_secs(20))
        .read(Duration::from_secs(10))
        .total(Duration::from_secs(60))
        .build()?;
    Client::<Alibaba>::builder().region("cn-hangzhou").http(http).timeouts(times).build()
}
// ANCHOR_END: timeouts

// ANCHOR: endpoint
pub fn endpoint() -> Result<Client<Tencent>, Error> {
    let host = "cvm.internal.tencentcloudapi.com";
    Client::<Tencent>::builder().region("ap-guangzhou").endpoint(host).build()
}
// ANCHOR_END: endpoint

// ANCHOR: vpc
pub fn vpc() -> Result<Client<Alibaba>, Error> {
    Client::<Alibaba>::builder().region("cn-hangzhou").vpc().build()
}
// ANCHOR_END: vpc
