//! Keys that a program prints.
//!
//! The program runs through `Context::programs`, so a test can replace it. The command line tools of
//! clouds that print keys (`External` of Alibaba Cloud) use this type.

use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use secrecy::SecretString;
use serde_json::Value;

use super::env::given;
use super::file::shown;
use super::take_text;
use super::{Credential, CredentialError, ProvideCredential};
use crate::context::{Context, Printed, Program, ProgramEnd};
use crate::error::{Error, ErrorKind};
use crate::response::decode::without_bom;
use crate::sign::time;
use crate::telemetry::redact;

const NAME: &str = "process";
/// Forbids to run programs, if it is `true` or `1`. The name is Alibaba Cloud's; it counts for all
/// clouds.
pub(crate) const DISABLED: &str = "ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS";
/// How much of the standard error an error quotes, in bytes. Secrets in it are masked.
const QUOTED: usize = 512;

/// Keys that a program prints as JSON.
///
/// The program is started without a shell, with an empty standard input and the environment of this process.
/// It must print one JSON object and end with status 0. Two formats are read:
///
/// | format | members |
/// | --- | --- |
/// | AWS (`credential_process`) | `AccessKeyId`, `SecretAccessKey`, `SessionToken`, `Expiration` |
/// | Alibaba Cloud (`External`) | `mode`, `access_key_id`, `access_key_secret`, `sts_token`, `expiration` |
///
/// Token and expiry may be missing. Keys without an expiry are kept for the life of the client. Members may
/// also have the names of the other clouds: `SecretId` and `SecretKey`, `Token`, `SecurityToken`.
///
/// `ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS=true` (or `1`) forbids to run programs, whatever the cloud.
///
/// ```
/// use cloudcall::credential::ProcessCredentials;
/// use cloudcall::{Client, Tencent};
///
/// let keys = ProcessCredentials::new("/usr/local/bin/vault-keys").args(["--role", "deploy"]);
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").credentials(keys).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *cannot be started*: the program does not exist, or is not executable. Give an absolute path: services
/// often have another `PATH` than a terminal.
///
/// *was stopped after 20s*: the program waits for something, such as a password or a browser. Run it by hand
/// once. If it is slow, raise `time_limit`.
///
/// *printed something that is not a JSON object*: the program prints a greeting or a log. Send those to the
/// standard error.
///
/// *ended with exit status: 1: …*: the program failed. The text is the beginning of its standard error.
///
/// *is not run, because ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS forbids it*: unset the variable.
#[doc(alias = "credential_process")]
#[doc(alias = "External")]
#[doc(alias = "process_command")]
#[derive(Clone)]
pub struct ProcessCredentials {
    /// File, arguments and limits.
    program: Program,
}

impl std::fmt::Debug for ProcessCredentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // An argument may be a secret.
        let file = shown(&self.program.file);
        f.debug_struct("ProcessCredentials").field("program", &file).finish_non_exhaustive()
    }
}

impl ProcessCredentials {
    /// Runs `program`: a path, or a name that is looked up in `PATH`.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: Program::new(program, [""; 0]) }
    }

    /// Adds arguments. None of them is interpreted.
    #[must_use]
    pub fn args(mut self, args: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.program.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// Sets the time limit. A program that runs longer is killed. Default: 20 s. The cache gives up after 30
    /// s.
    #[must_use]
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.program.time_limit = limit;
        self
    }

    /// An error that names the program. Its arguments may be secrets, so they are left out.
    fn broken(&self, what: &str) -> Error {
        let what = format!("{NAME}: the program {} {what}", shown(&self.program.file));
        Error::new(ErrorKind::Credentials, what)
    }

    /// Runs the program. The result is the JSON object that it printed.
    ///
    /// # Errors
    ///
    /// Kind `Credentials` if the program is forbidden, cannot be started, fails, exceeds a limit, or
    /// prints something else.
    pub(crate) async fn document(&self, context: &Context) -> Result<Value, Error> {
        if is_disabled(context) {
            return Err(self.broken(&format!("is not run, because {DISABLED} forbids it")));
        }
        let printed = context.programs.run(self.program.clone()).await;
        let Printed { end, stdout, stderr } = printed
            .map_err(|error| self.broken(&format!("cannot be started: {error}")).with_source(error))?;
        let said = match redact::scrub(redact::head(String::from_utf8_lossy(&stderr).trim(), QUOTED)) {
            text if text.is_empty() => String::new(),
            text => format!(": {}", text.escape_debug()),
        };
        match end {
            ProgramEnd::Success => {}
            ProgramEnd::Failure(status) => return Err(self.broken(&format!("ended with {status}{said}"))),
            ProgramEnd::TooSlow => {
                let limit = self.program.time_limit;
                return Err(self.broken(&format!("was stopped after {limit:?}, its time limit{said}")));
            }
            ProgramEnd::TooLarge => {
                let limit = self.program.size_limit / 1024;
                return Err(self.broken(&format!("was stopped: it printed more than {limit} KiB")));
            }
        }
        match serde_json::from_slice(without_bom(&stdout)) {
            Ok(document @ Value::Object(_)) => Ok(document),
            _ if stdout.trim_ascii().is_empty() => Err(self.broken(&format!("printed nothing{said}"))),
            _ => Err(self.broken(&format!("printed something that is not a JSON object{said}"))),
        }
    }

    /// The keys in the object that the program printed. A `mode` other than `AK` and `StsToken` is an
    /// error: such a profile needs requests to get its keys.
    pub(crate) fn keys(&self, mut document: Value) -> Result<Credential, Error> {
        let mode = take_text(&mut document, "mode").unwrap_or_default();
        if !["", "AK", "StsToken"].iter().any(|known| known.eq_ignore_ascii_case(&mode)) {
            let what =
                "printed a profile whose `mode` needs more than keys: use AK or StsToken, or CliProfile";
            return Err(self.broken(what));
        }
        let mut text = |names: &[&str]| names.iter().find_map(|name| take_text(&mut document, name));
        let id = text(&["AccessKeyId", "access_key_id", "SecretId", "secretId", "TmpSecretId"]);
        let secret = text(&[
            "SecretAccessKey",
            "AccessKeySecret",
            "access_key_secret",
            "SecretKey",
            "secretKey",
            "TmpSecretKey",
        ]);
        let (Some(id), Some(secret)) = (id, secret.map(SecretString::from)) else {
            let what = "printed an object without keys: it needs `AccessKeyId` and `SecretAccessKey`, or \
                        `access_key_id` and `access_key_secret`";
            return Err(self.broken(what));
        };
        let token = text(&["SessionToken", "SecurityToken", "sts_token", "security_token", "Token", "token"]);
        let mut keys = Credential::new(id, secret)
            .map_err(|error| self.broken(&format!("printed keys that cannot be used: {}", error.message())))?
            .with_source(NAME);
        if let Some(token) = token {
            keys = keys.with_token(token);
        }
        let names = ["Expiration", "expiration", "sts_expiration", "ExpiredTime", "expiresAt"];
        match names.iter().find_map(|name| document.get(*name).filter(|value| !is_absent(value))) {
            None => Ok(keys),
            Some(value) => match time::read(value) {
                Some(ends) => Ok(keys.with_expiry(ends)),
                None => Err(self.broken("printed an expiry that is not a time")),
            },
        }
    }
}

/// Whether the environment forbids to run programs.
pub(crate) fn is_disabled(context: &Context) -> bool {
    given(context, DISABLED).is_some_and(|value| value == "1" || value.eq_ignore_ascii_case("true"))
}

/// Programs write an expiry that they do not know as null, as an empty text or as zero.
fn is_absent(value: &Value) -> bool {
    value.is_null() || value == "" || value == 0
}

#[async_trait]
impl ProvideCredential for ProcessCredentials {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        Ok(self.keys(self.document(context).await?)?)
    }
}
