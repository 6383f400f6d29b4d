//! Looks up ids of project and account that a credential lacks, through IAM: `docs/sources.md`, Huawei Cloud,
//! 3.2.
//!
//! Before an attempt is signed, the pipeline calls `Provider::complete`. It asks [`Wanted::all`] which ids
//! the call needs and the credential lacks, and [`Ids::complete`] for a credential that has them. The
//! requests are ordinary calls of this provider, signed with the same keys:
//!
//! ```text
//! GET https://iam.cn-north-4.myhuaweicloud.com/v3/projects?name=cn-north-4
//! {"projects": [{"id": "0904f9e1f100d2932f94c01f9aa1cfd7", "name": "cn-north-4"}]}
//!
//! GET https://iam.cn-north-4.myhuaweicloud.com/v3/auth/domains
//! {"domains": [{"id": "48b2c7e0a1d94d4bb0a7c3f7b1e2d3c4"}]}
//!
//! GET https://sts.cn-north-4.myhuaweicloud.com/v5/caller-identity        (only if `domains` is empty)
//! {"account_id": "48b2c7e0a1d94d4bb0a7c3f7b1e2d3c4"}
//! ```
//!
//! # Differences from the vendor's SDK
//!
//! | the vendor's SDK | here |
//! | --- | --- |
//! | looks ids up while a client is built | looks them up when the first call needs one |
//! | one project per credential, also for two regions | one project per key pair and region |
//! | a failed look-up leaves the credential changed | it changes nothing, and the next call tries again |
//! | a cache for the whole process | a cache per client, shared with its clones |

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

/// The ids that were found, by key pair and region. All calls that need an id share one look-up.
///
/// Ids do not change, so an id that was found stays. After a failure, the next call starts a new look-up.
/// A clone of a client shares this value, because [`Cloud`] holds it in an `Arc`.
#[derive(Default)]
pub(super) struct Ids(Mutex<Vec<(Question, Known)>>);

/// Number of entries. Default: 64, more than a program has key pairs and regions at one time. The oldest
/// entry is dropped, which is usually one of temporary keys that have ended.
const KEPT: usize = 64;

/// A look-up that several calls wait for.
type Search = SharedFetch<Result<Arc<str>, Arc<Error>>>;

/// The state of one entry.
#[derive(Clone)]
enum Known {
    /// The id was found.
    Id(Arc<str>),
    /// A look-up under way.
    Sought(Search),
}

impl Known {
    /// Whether the entry has an id, or a look-up that may still find one.
    ///
    /// If every call that waited for a look-up was dropped, its result is taken here. A look-up that failed
    /// then, or was lost with its runtime, is of no use.
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

/// The key of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Question {
    /// The id of the key pair. Different pairs may belong to different accounts.
    key_id: String,
    /// The id that is missing.
    wanted: Wanted,
    /// The IAM endpoint of the credential. Two credentials with the same keys may name different endpoints.
    iam: Option<String>,
}

/// The id that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The id of the project with the name of the region.
    Project { region: String },
    /// The id of the account. The region only decides which host of IAM is asked.
    Account { region: Option<String> },
}

impl std::fmt::Debug for Ids {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ids(..)")
    }
}

impl Wanted {
    /// The ids that the call needs and the credential lacks: those in the path, and the one in the id header.
    ///
    /// The list is empty for a bearer token, which signs nothing. It is also empty if the user set an
    /// endpoint but no endpoint of IAM: the network may be closed, or the endpoint may belong to another
    /// cloud, so the keys must not go to the public IAM. A path with a placeholder is then an error, and a
    /// request without an id header is sent.
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

    /// The region whose hosts are asked.
    fn region(&self) -> Option<&str> {
        match self {
            Self::Project { region } => Some(region),
            Self::Account { region } => region.as_deref(),
        }
    }

    /// The credential with the id that was found.
    fn add(&self, id: &str, credential: Credential) -> Credential {
        match self {
            Self::Project { .. } => credential.with_project_id(id),
            Self::Account { .. } => credential.with_domain_id(id),
        }
    }

    /// The error of a look-up that failed. Its message names the missing id, the reason, and both remedies:
    /// grant the permission that the look-up needs, or set the id.
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
            "the credential does not have {what}, and the look-up in IAM failed: {why}: grant the keys the permission \
             {permission}, or set the id by `{setter}` on the credential, or by HUAWEICLOUD_SDK_{variable} or `{name}` in \
             the profile"
        );
        Error::new(ErrorKind::Credentials, what)
    }
}

/// The scope that the id header of the call has to name. `None` if the call needs no id header.
///
/// | call, with [`Scope::Auto`] | scope |
/// | --- | --- |
/// | the caller set an id header | none |
/// | the client has no region, so neither project nor IAM is known | none |
/// | the product has credentials of another kind, such as `obs` | none |
/// | the path has `{domain_id}` | account |
/// | the path has `{project_id}` | project |
/// | the product has no projects, such as `iam` | account |
/// | any other | project |
///
/// The vendor's packages make the same choice by the class of credentials that each of them accepts.
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

/// Whether the call works in the account, so that the keys of the section `[global]` sign it if the profile
/// file has both sections. See [`ProfileFile`](super::credentials::ProfileFile).
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
    /// The credential with all ids of `wanted`. `method` signs the look-ups.
    ///
    /// # Errors
    ///
    /// Kind `Credentials` if an id cannot be found. The message names the id and how to set it.
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

    /// The id for one question: a known one, or that of a look-up, which is started here or was started by
    /// another call. A look-up that was lost with the runtime of another call is started again.
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
                    // Another call started it on a runtime that has ended. Start again on that of this call.
                }
            }
        }
    }

    /// The entry of a question. If there is none, it is made from the look-up that `start` begins, while the
    /// lock is held, so that no second one begins.
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

    /// Ends a look-up: its entry gets the id that was found, or is removed if there is none.
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

/// Starts a look-up. It runs as a task, so that it goes on if the call that started it is dropped.
fn start(method: SignMethod, call: &Incomplete<'_>, question: &Question) -> Search {
    // Only the keys, without ids: an id that the credential already has would become an id header.
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

/// The client of one look-up, which sends through the transport of the call.
fn exchange(keys: &Credential, call: &Incomplete<'_>) -> Exchange<Cloud> {
    let mut exchange = Exchange::signed(StaticCredentials::new(keys.clone()));
    exchange.transport = Some(call.transport.clone());
    exchange
}

/// One look-up. It owns its data, because it may outlive the call that started it.
struct Lookup {
    /// The id that is missing.
    wanted: Wanted,
    /// The client for IAM.
    iam: Exchange<Cloud>,
    /// The endpoint of IAM. If it is empty, the region decides.
    iam_host: String,
    /// The client for STS.
    sts: Exchange<Cloud>,
    /// The endpoint of STS.
    sts_host: String,
    /// Time, environment and files of the client.
    context: crate::context::Context,
    /// The signature scheme of the call.
    method: SignMethod,
}

impl Lookup {
    /// Sends the requests, and returns the id or the error for the user.
    async fn run(self) -> Result<Arc<str>, Error> {
        let found = match &self.wanted {
            Wanted::Project { region } => self.project(region).await,
            Wanted::Account { .. } => self.account().await,
        };
        found.map_err(|why| self.wanted.failed(&why))
    }

    /// Sends one signed GET, with the query parameter `name` if it is given. The error is a text for the
    /// message of [`Wanted::failed`].
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

    /// The id of the project with the name of the region. There must be exactly one: the vendor's SDK also
    /// refuses to choose.
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

    /// The id of the account: the first of `domains` in IAM, else the `account_id` of STS. As in the vendor's
    /// SDK, several domains are not an error.
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
