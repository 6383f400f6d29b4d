//! The target of the calls of an example: a local cloud in this process, or with `--real` the vendor.

use cloudcall::client::{ClientBuilder, HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::local::{LocalCloud, LocalCloudBuilder};
use cloudcall::provider::Provider;
use cloudcall::{Client, Error};

use crate::usage;

const USAGE: &str = "usage: [--real]

Calls go to a local cloud in this process, which needs no account and no network; with --real they go to the
vendor, with the keys of the environment or of the vendor's profile file.";

/// The account of the local cloud.
const KEYS: (&str, &str) = ("AKIDexample", "example-secret");

/// The target of calls.
#[derive(Debug)]
pub enum Target {
    /// A server on a loopback port that verifies every signature.
    Local(LocalCloud),
    /// The vendors, with the credentials of the default chain.
    Vendors,
}

impl Target {
    /// Reads the command line, which is empty or `--real`. `respond` adds the responses of the local cloud.
    pub async fn from_args(
        respond: impl FnOnce(LocalCloudBuilder) -> LocalCloudBuilder,
    ) -> Result<Self, Error> {
        usage::on_request(USAGE);
        match std::env::args().nth(1).as_deref() {
            None => {
                let cloud = respond(LocalCloud::builder().account(KEYS.0, KEYS.1)).start().await?;
                println!("A local cloud listens on {} and checks every signature.", cloud.url());
                Ok(Self::Local(cloud))
            }
            Some("--real") => Ok(Self::Vendors),
            Some(other) => usage::wrong(&format!("unknown argument {other:?}"), USAGE),
        }
    }

    /// A client in a region, with the default credentials.
    pub fn client<P: Provider + Default>(&self, region: &str) -> Result<Client<P>, Error> {
        self.prepared(Client::<P>::builder().region(region))?.build()
    }

    /// A builder whose client calls this target, for clients with other settings and for blocking clients.
    pub fn prepared<P: Provider, M>(
        &self,
        builder: ClientBuilder<P, M>,
    ) -> Result<ClientBuilder<P, M>, Error> {
        match self {
            Self::Vendors => Ok(builder),
            Self::Local(cloud) => {
                let keys = StaticCredentials::new(Credential::new(KEYS.0, KEYS.1)?.with_project_id("p1"));
                // A proxy in the environment cannot reach this process.
                let direct = HttpOptions::builder().proxies(Proxies::None).build()?;
                Ok(builder.endpoint(cloud.endpoint()).credentials(keys).http(direct))
            }
        }
    }
}
