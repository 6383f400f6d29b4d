//! Looks up ids of project and account that a credential lacks, through IAM. The facts are from
//! `docs/sources.md`, Huawei Cloud, 3.2.

use std::sync::{Arc, Mutex, PoisonError};

use http::Method;
use secrecy::ExposeSecret;
use serde_json::Value;

use super::credentials::{iam_host, sts_host};
use super::{Cloud, Scope, SignMethod, region};
use crate::action::info::ActionInfo;
use crate::action::request::Param;
use crate::credential::shared_fetch::{Lost, SharedFetch};
use crate::credential::{Credential, StaticCredentials};
use crate::error::{Error, ErrorKind};
use crate::provider::Incomplete;
use crate::provider::exchange::Exchange;

/// What was found, by key pair and region. A look-up under way is shared by all who need its id.
///
/// Ids do not change, so what was found stays; what failed is asked for again by the next call.
#[derive(Default)]
pub(super) struct Ids(Mutex<Vec<(Question, Known)>>);

/// More than a program has keys at one time; temporary keys that have ended make room.
const KEPT: usize = 64;

type Search = SharedFetch<Result<Arc<str>, Arc<Error>>>;

/// What is known of an id.
#[derive(Clone)]
enum Known {
    Id(Arc<str>),
    /// A look-up under way.
    Sought(Search),
}

impl Known {
    /// Takes the id out of a look-up that ended when nobody waited. One that failed or was lost then is of no
    /// use.
    fn is_useful(&mut self) -> bool {
        if let Self::Sought(search) = self
            && search.is_over()
        {
            let Some(Ok(id)) = search.outcome() else { return false };
            *self = Self::Id(id);
        }
        true
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Question {
    key_id: String,
    wanted: Wanted,
    /// The endpoint of the credential, which may be another one with the same keys.
    iam: Option<String>,
}

/// The id that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The project that the region has.
    Project { region: String },
    /// The account. The region only says which host is near.
    Account { region: Option<String> },
}

impl std::fmt::Debug for Ids {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ids(..)")
    }
}

impl Wanted {
    /// What the call needs and the credential lacks: the ids of the path, and that of the id header.
    ///
    /// If the user set an endpoint, keys go to the public IAM only if its endpoint is set too: the network
    /// may be closed.
    pub(super) fn all(scope: Scope, call: &Incomplete<'_>) -> Vec<Self> {
        let (credential, path) = (call.credential, &call.parts.path);
        let header = named(scope, call);
        let project = path.contains("{project_id}") || header == Some(Scope::Project);
        let project = project && credential.project_id().is_none();
        let account = path.contains("{domain_id}") || header == Some(Scope::Account);
        let account = account && credential.domain_id().is_none();
        let mut wanted = Vec::new();
        if !(project || account) || credential.is_bearer() {
            return wanted;
        }
        if call.own_endpoint && iam_host(call.context, Some(credential)).is_empty() {
            return wanted;
        }
        let region = call.region.map(str::to_owned);
        if let (true, Some(region)) = (project, region.clone()) {
            wanted.push(Self::Project { region });
        }
        if account {
            wanted.push(Self::Account { region });
        }
        wanted
    }

    fn region(&self) -> Option<&str> {
        match self {
            Self::Project { region } => Some(region),
            Self::Account { region } => region.as_deref(),
        }
    }

    fn add(&self, id: &str, credential: Credential) -> Credential {
        match self {
            Self::Project { .. } => credential.with_project_id(id),
            Self::Account { .. } => credential.with_domain_id(id),
        }
    }

    /// The error that says what to do: give the permission, or set the id.
    fn failed(&self, why: &str) -> Error {
        let (what, permission, setter, name) = match self {
            Self::Project { region } => (
                format!("the id of the project of {region}"),
                "`iam:projects:listProjects`",
                "with_project_id",
                "project_id",
            ),
            Self::Account { .. } => {
                ("the id of the account".to_owned(), "`iam:users:getUser`", "with_domain_id", "domain_id")
            }
        };
        let variable = name.to_ascii_uppercase();
        let what = format!(
            "the credential does not have {what}, and IAM did not tell it: {why}: give the keys the permission \
             {permission}, or set the id by `{setter}` on the credential, or by HUAWEICLOUD_SDK_{variable} or `{name}` in \
             the profile"
        );
        Error::new(ErrorKind::Credentials, what)
    }
}

/// What the id header of the call has to name: as the credential of the vendor's package for the product
/// does. Nothing if the caller set the header, or if no region says which project or which IAM is meant.
fn named(scope: Scope, call: &Incomplete<'_>) -> Option<Scope> {
    let (product, headers) = (call.action.product(), &call.parts.headers);
    if headers.contains_key("x-project-id") || headers.contains_key("x-domain-id") {
        return None;
    }
    match scope {
        Scope::Auto if call.region.is_none() || region::is_unscoped(product) => None,
        Scope::Auto if call.parts.path.contains("{domain_id}") => Some(Scope::Account),
        Scope::Auto if call.parts.path.contains("{project_id}") => Some(Scope::Project),
        Scope::Auto if region::is_global(product) => Some(Scope::Account),
        Scope::Auto => Some(Scope::Project),
        chosen => Some(chosen),
    }
}

/// Whether the call works in the account, so that the account's keys sign it.
pub(super) fn is_of_account(scope: Scope, call: &Incomplete<'_>) -> bool {
    let path = &call.parts.path;
    match scope {
        Scope::Account => true,
        Scope::Project => false,
        Scope::Auto => {
            path.contains("{domain_id}")
                || region::is_global(call.action.product()) && !path.contains("{project_id}")
        }
    }
}

impl Ids {
    /// The credential with the ids that were wanted.
    pub(super) async fn complete(
        &self,
        method: SignMethod,
        call: Incomplete<'_>,
        wanted: Vec<Wanted>,
    ) -> Result<Credential, Error> {
        let mut credential = call.credential.clone();
        for wanted in wanted {
            let question = Question {
                key_id: credential.id().to_owned(),
                iam: credential.iam_endpoint().map(str::to_owned),
                wanted,
            };
            let id = self.ask(method, &call, &question).await?;
            credential = question.wanted.add(&id, credential);
        }
        Ok(credential)
    }

    async fn ask(
        &self,
        method: SignMethod,
        call: &Incomplete<'_>,
        question: &Question,
    ) -> Result<Arc<str>, Error> {
        loop {
            let mut begun_here = false;
            let known = self.known(question, || {
                begun_here = true;
                start(method, call, question)
            });
            let search = match known {
                Known::Id(id) => return Ok(id),
                Known::Sought(search) => search,
            };
            match search.wait(call.context).await {
                Ok(Ok(id)) => {
                    self.settle(&search, Some(&id));
                    return Ok(id);
                }
                Ok(Err(error)) => {
                    self.settle(&search, None);
                    return Err(Error::new(ErrorKind::Credentials, error.message()));
                }
                Err(lost) => {
                    if lost != Lost::Reentered {
                        self.settle(&search, None);
                    }
                    if lost != Lost::Orphaned || begun_here {
                        return Err(question.wanted.failed(match lost {
                            Lost::Orphaned => {
                                "the Tokio runtime of the look-up is shut down or is not driven"
                            }
                            Lost::Panicked => "the look-up panicked",
                            Lost::Reentered => "the look-up waits for itself",
                        }));
                    }
                    // The runtime of this call can do better than the one that has ended.
                }
            }
        }
    }

    fn known(&self, question: &Question, start: impl FnOnce() -> Search) -> Known {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain_mut(|(_, known)| known.is_useful());
        if let Some((_, known)) = all.iter().find(|(asked, _)| asked == question) {
            return known.clone();
        }
        if all.len() >= KEPT {
            drop(all.remove(0));
        }
        let known = Known::Sought(start());
        all.push((question.clone(), known.clone()));
        known
    }

    /// Keeps what a look-up found, or forgets one that found nothing.
    fn settle(&self, search: &Search, found: Option<&Arc<str>>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |known: &Known| matches!(known, Known::Sought(known) if known.id() == search.id());
        match found {
            Some(id) => {
                let place = all.iter_mut().map(|(_, known)| known).find(|known| is_it(known));
                if let Some(known) = place {
                    *known = Known::Id(id.clone());
                }
            }
            None => all.retain(|(_, known)| !is_it(known)),
        }
    }
}

fn start(method: SignMethod, call: &Incomplete<'_>, question: &Question) -> Search {
    // Only the keys: an id that is there names a scope, which this request has none of.
    let keys = Credential::new(call.credential.id(), call.credential.secret().expose_secret());
    let keys = keys.map(|keys| match call.credential.token() {
        Some(token) => keys.with_token(token.expose_secret()),
        None => keys,
    });
    let lookup = keys.map(|keys| Lookup {
        iam_host: iam_host(call.context, Some(call.credential)),
        sts_host: sts_host(call.context, question.wanted.region()),
        iam: exchange(&keys, call),
        sts: exchange(&keys, call),
        context: call.context.clone(),
        wanted: question.wanted.clone(),
        method,
    });
    SharedFetch::start(|_| async move { lookup.map_err(Arc::new)?.run().await.map_err(Arc::new) })
}

fn exchange(keys: &Credential, call: &Incomplete<'_>) -> Exchange<Cloud> {
    let mut exchange = Exchange::signed(StaticCredentials::new(keys.clone()));
    exchange.transport = Some(call.transport.clone());
    exchange
}

/// One look-up, with all that it needs.
struct Lookup {
    wanted: Wanted,
    iam: Exchange<Cloud>,
    iam_host: String,
    sts: Exchange<Cloud>,
    sts_host: String,
    context: crate::context::Context,
    method: SignMethod,
}

impl Lookup {
    async fn run(self) -> Result<Arc<str>, Error> {
        let found = match &self.wanted {
            Wanted::Project { region } => self.project(region).await,
            Wanted::Account { .. } => self.account().await,
        };
        found.map_err(|why| self.wanted.failed(&why))
    }

    /// One signed GET.
    async fn get(
        &self,
        exchange: &Exchange<Cloud>,
        host: &str,
        info: ActionInfo,
        name: Option<&str>,
    ) -> Result<Value, String> {
        let info = info.with_method(Method::GET).readonly();
        let client = exchange.client(&self.context, self.wanted.region(), host);
        let client = client.map_err(|error| error.to_string())?;
        let mut call = client.raw_action(info).with_cloud(|cloud| {
            cloud.sign_method = self.method;
            cloud.look_up_ids = false;
        });
        if let Some(name) = name {
            call = call.param(Param::new("name"), name);
        }
        call.invoke().await.map(Value::from).map_err(|error| error.to_string())
    }

    async fn project(&self, region: &str) -> Result<Arc<str>, String> {
        let info = ActionInfo::new("iam", "v3", "KeystoneListProjects").with_path("/v3/projects");
        let response = self.get(&self.iam, &self.iam_host, info, Some(region)).await?;
        let projects =
            response.get("projects").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let ids: Vec<_> =
            projects.iter().filter_map(|project| project.get("id").and_then(Value::as_str)).collect();
        match ids.as_slice() {
            [id] if !id.is_empty() => Ok(Arc::from(*id)),
            [] | [_] => Err(format!("these keys have no project named {region}")),
            several => Err(format!("there are several projects named {region}: {}", several.join(", "))),
        }
    }

    async fn account(&self) -> Result<Arc<str>, String> {
        let info = ActionInfo::new("iam", "v3", "KeystoneListAuthDomains").with_path("/v3/auth/domains");
        let response = self.get(&self.iam, &self.iam_host, info, None).await?;
        if let Some(id) = response.pointer("/domains/0/id").and_then(Value::as_str) {
            return Ok(Arc::from(id));
        }
        let info = ActionInfo::new("sts", "v5", "GetCallerIdentity").with_path("/v5/caller-identity");
        let response = self.get(&self.sts, &self.sts_host, info, None).await?;
        let id = response.get("account_id").and_then(Value::as_str).filter(|id| !id.is_empty());
        id.map(Arc::from).ok_or_else(|| "neither IAM nor STS names an account for these keys".to_owned())
    }
}
