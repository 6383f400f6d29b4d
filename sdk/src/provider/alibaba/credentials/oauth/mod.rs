//! Signing in to Alibaba Cloud with a browser, as `aliyun configure --mode OAuth` and `--mode CloudSSO` do:
//! `docs/sources.md`, Alibaba Cloud, 6.6.
//!
//! The result is a profile in the file of the command line tool, which [`CliProfile`] and the tool itself
//! read:
//!
//! ```no_run
//! use cloudcall::context::Context;
//! use cloudcall::provider::alibaba::credentials::oauth::{Login, Site};
//! use cloudcall::{Alibaba, Client};
//!
//! # async fn run() -> Result<(), cloudcall::Error> {
//! let login = Login::oauth(Site::China, |prompt| eprintln!("{prompt}")).profile("work");
//! let keys = login.run(&Context::system()).await?;
//! let client = Client::<Alibaba>::builder().region("cn-hangzhou").credentials(keys).build()?;
//! # Ok(())
//! # }
//! ```

mod device;
mod listener;
mod pkce;
mod redirect;
mod store;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::CliProfile;
use super::cli_profile::usual_file;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::error::{Error, ErrorKind};
use crate::timing::deadline::within;
use crate::transport::HttpSend;

const NAME: &str = "sign-in";
const FIVE_MINUTES: Duration = Duration::from_secs(300);

/// The two sites of OAuth. They have different accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Site {
    /// `aliyun.com`.
    China,
    /// `alibabacloud.com`.
    International,
}

/// What the person who signs in has to do. `Display` is a sentence for a terminal.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Prompt {
    /// The page to open in a browser.
    pub url: String,
    /// The code that the page shows or asks for. The person should compare it.
    pub user_code: Option<String>,
}

impl fmt::Display for Prompt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.user_code {
            Some(code) => write!(f, "To sign in, open {} and confirm the code {code}.", self.url),
            None => write!(f, "To sign in, open {}", self.url),
        }
    }
}

/// A sign-in with a browser.
///
/// | | OAuth | CloudSSO |
/// | --- | --- | --- |
/// | for | accounts and RAM users | users of an identity provider of the company |
/// | protocol | redirect to this machine, with PKCE | device code: the browser may run on another machine |
/// | the tool's | `aliyun configure --mode OAuth` | `aliyun configure --mode CloudSSO` |
///
/// [`run`](Self::run) waits for the person, and writes the tokens into a profile of the tool's file. Tokens
/// of OAuth are refreshed by [`CliProfile`]; those of CloudSSO expire after some hours, and the person has to
/// sign in again.
///
/// # Troubleshooting
///
/// *the browser did not return within 300s*: the page was closed, the browser runs on another machine (use
/// CloudSSO, or forward the port), or a policy forbids the application. Raise `time_limit` if people need
/// longer.
///
/// *no free port*: five ports are registered for the application, 12345 to 12349, and all are in use. Wait
/// for other sign-ins to end.
///
/// *check the clock of this machine*: the new keys have already expired by the clock here. Set the clock, and
/// sign in again.
#[doc(alias = "CloudSSO")]
#[doc(alias = "aliyun configure")]
pub struct Login {
    flow: Flow,
    tell: Box<Tell>,
    file: Option<PathBuf>,
    profile: String,
    time_limit: Duration,
    transport: Option<Arc<dyn HttpSend>>,
    account_id: Option<String>,
    access_configuration: Option<String>,
}

type Tell = dyn Fn(&Prompt) + Send + Sync;

/// Which of the two protocols.
#[derive(Debug, Clone)]
enum Flow {
    Redirect(Site),
    Device { sign_in_url: String },
}

impl Login {
    /// A sign-in by OAuth. `tell` shows the person which page to open, or opens it.
    pub fn oauth(site: Site, tell: impl Fn(&Prompt) + Send + Sync + 'static) -> Self {
        Self::new(Flow::Redirect(site), Box::new(tell))
    }

    /// A sign-in by CloudSSO. `sign_in_url` is the address of the user portal, such as
    /// `https://signin-cn-shanghai.alibabacloudsso.com/EXAMPLE/login`.
    pub fn cloud_sso(sign_in_url: impl Into<String>, tell: impl Fn(&Prompt) + Send + Sync + 'static) -> Self {
        Self::new(Flow::Device { sign_in_url: sign_in_url.into() }, Box::new(tell))
    }

    fn new(flow: Flow, tell: Box<Tell>) -> Self {
        Self {
            flow,
            tell,
            file: None,
            profile: "default".to_owned(),
            time_limit: FIVE_MINUTES,
            transport: None,
            account_id: None,
            access_configuration: None,
        }
    }

    provider_setters! {
        /// Writes this file. Default: `~/.aliyun/config.json`.
        file: path => file;

        /// Names the profile. An existing profile of this name is changed; others stay. Default: `default`.
        profile: text => profile;

        /// Sets how long to wait for the person. Default: 5 minutes.
        time_limit: Duration => time_limit;

        /// Names the account to sign in to, if CloudSSO lets the person use several.
        account_id: text => account_id;

        /// Names the access configuration, if CloudSSO gives the person several in the account.
        access_configuration: text => access_configuration;

        /// Sends requests to the sign-in services through a transport of your own.
        transport: transport => transport;
    }

    /// Signs in, writes the profile, and returns the provider that reads it.
    ///
    /// Nothing is written unless the sign-in is complete. Dropping the future ends it.
    ///
    /// # Errors
    ///
    /// Kind `Credentials`, with the reason and the remedy: the file cannot be written, the person did not
    /// come back in time, refused, or came back with another page, the service refused the code, or the
    /// clock of this machine is wrong.
    pub async fn run(&self, context: &Context) -> Result<CliProfile, Error> {
        let usual = || usual_file(context);
        let Some(path) = self.file.clone().or_else(usual) else {
            return Err(failed("there is no home directory for the profile: set `file`"));
        };
        // Before the person does anything.
        store::check(context, &path).await?;
        let work = async {
            match &self.flow {
                Flow::Redirect(site) => redirect::sign_in(context, self, *site).await,
                Flow::Device { sign_in_url } => device::sign_in(context, self, sign_in_url).await,
            }
        };
        let members = within(context, self.time_limit, work).await.unwrap_or_else(|_| {
            let limit = self.time_limit;
            Err(failed(&format!("the browser did not return within {limit:?}: sign in again")))
        })?;
        store::write(context, &path, &self.profile, members).await?;
        let profile = CliProfile::new().file(path).profile(self.profile.clone());
        Ok(match &self.transport {
            Some(transport) => profile.transport(transport.clone()),
            None => profile,
        })
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Login");
        shown.field("flow", &self.flow).field("profile", &self.profile).finish_non_exhaustive()
    }
}

/// The error of a sign-in.
fn failed(what: &str) -> Error {
    Error::new(ErrorKind::Credentials, format!("{NAME}: {what}"))
}

/// The error of a request to a sign-in service.
fn refused(what: &str, error: Error) -> Error {
    failed(&format!("{what}: {error}")).with_source(error)
}
