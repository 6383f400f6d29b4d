//! Refreshes the tokens of a sign-in, in a file that the vendor's tool and other processes use, too.
//!
//! A refresh token may be good for one refresh. Whoever uses it must leave the next one in the file:
//!
//! 1. take the lock of the file;
//! 2. read the file: another process may have refreshed the tokens;
//! 3. check that the file can be written;
//! 4. send the refresh token;
//! 5. read the file again, because the tool takes no lock, and change the members of this sign-in, unless
//!    they have another refresh token by now.
//!
//! The five steps are a task of their own. A call that is dropped, or that ends by its time limit, does not
//! stop it between the request and the file. If the file cannot be written all the same, the tokens stay in
//! memory, as in [`Session`].

use std::path::Path;
use std::time::{Duration, SystemTime};

use secrecy::SecretString;
use serde_json::{Map, Value};
use tokio::runtime::Handle;

use crate::call::raw::RawCall;
use crate::context::{Context, FileLock};
use crate::credential::file::{self, Named};
use crate::credential::json_file::{self, read_object};
use crate::credential::{CredentialError, WatchedFile, take_text};
use crate::error::{Error, ErrorKind};
use crate::provider::session::Session;
use crate::provider::sign_in::{self, SignIn, is_refused, seconds};

/// Tokens are refreshed this long before they expire.
pub(crate) const EARLY: Duration = Duration::from_secs(60);

/// How a tool stores the tokens of a sign-in, and how they are refreshed.
pub(crate) trait TokenFile: Clone + Send + Sync + 'static {
    /// The name of the credential provider in errors.
    const PROVIDER: &'static str;
    /// The member with the refresh token.
    const REFRESH: &'static str;
    /// The indentation of the file.
    const INDENT: &'static str;
    /// Whether the refresh token stays unused if the next one cannot be written.
    const MUST_WRITE: bool;

    /// The file.
    fn path(&self) -> &Path;

    /// How the person signs in again: `sign in again with …`.
    fn remedy(&self) -> &'static str;

    /// The members of the sign-in.
    fn members<'a>(&self, document: &'a mut Value) -> Option<&'a mut Map<String, Value>>;

    /// The access token in these members, with its expiry.
    fn access(&self, members: &Map<String, Value>) -> Option<(Value, SystemTime)>;

    /// The request of a refresh.
    fn request(
        &self,
        context: &Context,
        members: &mut Value,
        refresh: &SecretString,
    ) -> Result<RawCall<SignIn>, Error>;

    /// Sets the members for a new access token, which lasts for `lifetime` from `now`. The caller sets the
    /// refresh token. `response` has the other members of the response.
    fn store(
        &self,
        members: &mut Map<String, Value>,
        access: &Value,
        response: &Value,
        now: SystemTime,
        lifetime: Duration,
    );
}

/// An access token.
pub(crate) struct Access {
    pub(crate) token: Value,
    #[cfg_attr(
        not(feature = "volcengine"),
        allow(dead_code, reason = "Alibaba's keys have an expiry of their own")
    )]
    pub(crate) ends: SystemTime,
    /// Whether this call refreshed it.
    is_new: bool,
    /// The state of the file after it was written, for credentials that watch it.
    written: Option<WatchedFile>,
}

impl Access {
    /// A token that needs no refresh.
    fn known((token, ends): (Value, SystemTime)) -> Self {
        Self { token, ends, is_new: false, written: None }
    }

    /// The token as text. Empty if it is none.
    fn text(&self) -> &str {
        self.token.as_str().unwrap_or_default()
    }
}

/// The error of a sign-in that a person must repeat.
pub(crate) fn again<F: TokenFile>(file: &F, what: &str) -> Error {
    file::broken(F::PROVIDER, file.path(), &format!("{what}: {}", file.remedy()))
}

/// The access token of the file or of `session`, refreshed if it has expired, or if it is `refused`.
pub(crate) async fn access<F: TokenFile>(
    context: &Context,
    file: F,
    session: &Session,
    refused: Option<Value>,
) -> Result<Access, CredentialError> {
    let work = Refresh { context: context.clone(), file, session: session.clone(), refused };
    if let State::Lasts(access) = work.state().await? {
        return Ok(access);
    }
    match Handle::try_current() {
        Ok(runtime) => runtime.spawn(work.run()).await.unwrap_or_else(|_| {
            let what = "the refresh was cut off, because its Tokio runtime is shut down";
            Err(Error::new(ErrorKind::Credentials, format!("{}: {what}", F::PROVIDER)).into())
        }),
        Err(_) => work.run().await,
    }
}

/// Asks a service for keys by an access token: `own`, or that of the file. A token that the service `refuses`
/// before it ends is refreshed once. `call` makes the request, and `read` takes the keys from its response.
/// Also returns the file as it was written.
pub(crate) async fn with_access<F: TokenFile, T>(
    context: &Context,
    file: &F,
    session: &Session,
    own: Option<(Value, SystemTime)>,
    refuses: impl Fn(&Error) -> bool,
    call: impl Fn(&str) -> Result<RawCall<SignIn>, Error>,
    read: impl Fn(Value) -> Result<T, Error>,
) -> Result<(T, Option<WatchedFile>), CredentialError> {
    let mut used = match own {
        Some(own) => Access::known(own),
        None => access(context, file.clone(), session, None).await?,
    };
    let mut keys = sent(call(used.text())).await.and_then(&read);
    if !used.is_new && keys.as_ref().is_err_and(refuses) {
        used = access(context, file.clone(), session, Some(used.token)).await?;
        keys = sent(call(used.text())).await.and_then(&read);
    }
    let clock = |what: &str| again(file, &format!("{what}: check the clock of this machine, and"));
    let keys = keys.map_err(|error| sign_in::failed(F::PROVIDER, error, clock))?;
    Ok((keys, used.written))
}

/// The response of a call.
async fn sent(call: Result<RawCall<SignIn>, Error>) -> Result<Value, Error> {
    Ok(call?.invoke().await?.into())
}

/// One refresh.
struct Refresh<F> {
    context: Context,
    file: F,
    session: Session,
    refused: Option<Value>,
}

/// What the file and the session have.
enum State {
    /// An access token that lasts.
    Lasts(Access),
    /// `of` is the refresh token in the file, and `refresh` the one to use.
    Expired { members: Value, of: String, refresh: String },
}

impl<F: TokenFile> Refresh<F> {
    async fn document(&self) -> Result<Value, Error> {
        match read_object(&self.context, F::PROVIDER, self.file.path(), Named::Nowhere).await {
            Ok((document, _)) => Ok(document),
            Err(CredentialError::NotConfigured(_)) => Err(again(&self.file, "is missing")),
            Err(CredentialError::Broken(error)) => Err(error),
        }
    }

    async fn state(&self) -> Result<State, Error> {
        let mut document = self.document().await?;
        let Some(members) = self.file.members(&mut document) else {
            return Err(again(&self.file, "has no such sign-in any more"));
        };
        let now = self.context.clock.now();
        let known = self.file.access(members);
        let lasts =
            |(token, ends): &(Value, SystemTime)| *ends > now + EARLY && self.refused.as_ref() != Some(token);
        if let Some(access) = known.filter(lasts) {
            return Ok(State::Lasts(Access::known(access)));
        }
        let mut members = Value::Object(std::mem::take(members));
        let Some(of) = take_text(&mut members, F::REFRESH) else {
            let what = format!("has an access token that has ended, without `{}`", F::REFRESH);
            return Err(again(&self.file, &what));
        };
        let (refresh, kept) = self.session.of(&of, now, EARLY);
        Ok(match kept.filter(lasts) {
            Some(access) => State::Lasts(Access::known(access)),
            None => State::Expired { members, of, refresh },
        })
    }

    /// Takes the five steps. If the service refuses the refresh token, the file is read again: the tool may
    /// have used it meanwhile, and written the next one.
    async fn run(self) -> Result<Access, CredentialError> {
        let (context, path) = (&self.context, self.file.path());
        let mut lock = json_file::lock(context, F::PROVIDER, path).await?;
        let mut failed: Option<(String, Error)> = None;
        loop {
            let (mut members, of, refresh) = match self.state().await? {
                State::Lasts(access) => return Ok(access),
                State::Expired { members, of, refresh } => (members, of, refresh),
            };
            if let Some((_, error)) = failed.take_if(|(used, _)| *used == refresh) {
                return Err(self.failed(error).into());
            }
            lock = lock.and_then(|lock| context.files.can_replace(path).map(|()| lock));
            // A token in memory has followed that of the file, which is used up already.
            lock = match lock {
                Err(error) if F::MUST_WRITE && of == refresh => return Err(self.unwritable(error).into()),
                lock => lock,
            };
            let now = context.clock.now();
            let call = self.file.request(context, &mut members, &SecretString::from(refresh.as_str()))?;
            match call.invoke().await {
                Ok(response) => return Ok(self.keep(&of, refresh, response.into(), now, lock).await?),
                Err(error) if failed.is_none() && is_refused(&error) => failed = Some((refresh, error)),
                Err(error) => return Err(self.failed(error).into()),
            }
        }
    }

    fn failed(&self, error: Error) -> Error {
        sign_in::failed(F::PROVIDER, error, |what| again(&self.file, what))
    }

    fn unwritable(&self, error: std::io::Error) -> Error {
        let what = format!(
            "has an access token that has ended, and cannot be written with a new one ({error}): run any command of \
             the tool, or make the file writable"
        );
        file::broken(F::PROVIDER, self.file.path(), &what).with_source(error)
    }

    /// Stores the tokens of a response. The next refresh token is kept, also if the access token is missing.
    async fn keep(
        &self,
        of: &str,
        refresh: String,
        mut response: Value,
        now: SystemTime,
        lock: std::io::Result<FileLock>,
    ) -> Result<Access, Error> {
        let lifetime = response.get("expires_in").and_then(seconds).unwrap_or(EARLY);
        let next = take_text(&mut response, "refresh_token").unwrap_or(refresh);
        let access = response.get_mut("access_token").map(Value::take);
        let access = access.filter(|access| !access.is_null() && access.as_str() != Some(""));
        let ends = now + lifetime;
        let store = |members: &mut Map<String, Value>| {
            members.insert(F::REFRESH.to_owned(), next.as_str().into());
            if let Some(access) = &access {
                self.file.store(members, access, &response, now, lifetime);
            }
        };
        let written = match &lock {
            Ok(_) => self.write(of, store).await,
            Err(error) => Err(Error::new(ErrorKind::Io, error.to_string())),
        };
        let written = written.unwrap_or_else(|error| {
            let file = file::shown(self.file.path());
            tracing::warn!(
                %error, %file,
                "the next refresh token could not be written: it is kept in memory, and other programs have to sign \
                 in again; make the file and its directory writable"
            );
            let (token, ends) = access.clone().map_or((Value::Null, now), |access| (access, ends));
            self.session.keep(of, &next, token, ends);
            None
        });
        let token =
            access.ok_or_else(|| again(&self.file, "has a refresh token that gives no `access_token`"))?;
        Ok(Access { token, ends, is_new: true, written })
    }

    /// Changes the members of the sign-in, if they still have the refresh token `of`. Otherwise somebody
    /// signed in again or signed out, and this access token serves once.
    async fn write(
        &self,
        of: &str,
        store: impl FnOnce(&mut Map<String, Value>),
    ) -> Result<Option<WatchedFile>, Error> {
        let mut document = self.document().await?;
        let members = self.file.members(&mut document);
        let Some(members) = members.filter(|members| members.get(F::REFRESH) == Some(&of.into())) else {
            return Ok(None);
        };
        store(members);
        let path = self.file.path();
        json_file::replace(&self.context, path, &document, F::INDENT)
            .map_err(|error| self.unwritable(error))?;
        Ok(Some(WatchedFile::new(&self.context, path)))
    }
}
