//! What differs between the providers: the form of an action, the list in pages, and the exchange for temporary keys.

use std::sync::Arc;

use cloudcall::action::{ActionInfo, BodyFormat, Param, ParamLocation};
use cloudcall::call::RawCall;
use cloudcall::credential::{ProvideCredential, StaticCredentials};
use cloudcall::http::Method;
use cloudcall::provider::{Provider, alibaba, huawei, tencent, volcengine};
use cloudcall::transport::HttpSend;
use cloudcall::upload::FilePart;
use cloudcall::{Alibaba, Client, Error, Huawei, Tencent, Volcengine, cloud_action, cloud_model};
use futures_util::TryStreamExt;

use crate::server::{CALL, SCRIPT, UPLOAD};

/// The actions of the servers.
#[derive(Debug, Clone, Copy)]
pub enum Verb {
    /// Changes nothing.
    Read,
    /// Changes something each time.
    Create,
    /// Changes something once for each idempotency token.
    CreateOnce,
    /// Takes data. Sending it twice is the same as once.
    Upload,
}

impl Verb {
    /// The facts about the action, for any provider. `path` is the name of an action of REST APIs.
    fn apply(self, info: ActionInfo, token: (ParamLocation, &'static str)) -> ActionInfo {
        match self {
            Self::Read => info.readonly(),
            Self::Create => info,
            Self::CreateOnce => info.with_idempotency_token(token.0, token.1),
            Self::Upload => info.idempotent(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Read => "ReadThing",
            Self::Create | Self::CreateOnce => "CreateThing",
            Self::Upload => "UploadThing",
        }
    }
}

/// A provider, as far as the soak needs to know.
pub trait Cloud: Provider + Default {
    /// A region that the provider has.
    const REGION: &'static str;

    /// The facts about an action.
    fn action(verb: Verb) -> ActionInfo;

    /// Adds the data of an upload to a call: a file.
    fn upload(call: RawCall<Self>) -> RawCall<Self> {
        call.file(Param::new("file"), FilePart::new(vec![b'u'; UPLOAD]))
    }

    /// A provider of temporary keys.
    fn role(keys: StaticCredentials, url: &str, transport: Arc<dyn HttpSend>) -> Arc<dyn ProvideCredential>;

    /// Reads the list in pages, and returns the number of items.
    fn list(
        client: &Client<Self>,
        call: u64,
        script: &str,
    ) -> impl Future<Output = Result<usize, Error>> + Send;
}

/// The bytes of the file are the body.
fn octets(verb: Verb, info: ActionInfo) -> ActionInfo {
    if matches!(verb, Verb::Upload) { info.with_body_format(BodyFormat::OctetStream) } else { info }
}

const CLIENT_TOKEN: (ParamLocation, &str) = (ParamLocation::Auto, "ClientToken");

macro_rules! list {
    ($action:expr) => {
        fn list(
            client: &Client<Self>,
            call: u64,
            script: &str,
        ) -> impl Future<Output = Result<usize, Error>> + Send {
            let call = client.invoker($action).add_header(CALL, &call.to_string()).add_header(SCRIPT, script);
            async move { call.items().try_fold(0, |count, _| async move { Ok(count + 1) }).await }
        }
    };
}

macro_rules! role {
    ($module:ident) => {
        fn role(
            keys: StaticCredentials,
            url: &str,
            transport: Arc<dyn HttpSend>,
        ) -> Arc<dyn ProvideCredential> {
            Arc::new($module::credentials::AssumeRole::new(keys, "soak").endpoint(url).transport(transport))
        }
    };
}

impl Cloud for Tencent {
    const REGION: &'static str = "ap-guangzhou";

    fn action(verb: Verb) -> ActionInfo {
        octets(verb, verb.apply(ActionInfo::new("cls", "2020-10-16", verb.name()), CLIENT_TOKEN))
    }

    role!(tencent);
    list!(TencentThings { offset: None, limit: Some(20) });
}

#[cloud_action(provider = "tencent", product = "cls", version = "2020-10-16", action = "ListThings", response = TencentList,
               paginate(offset = offset, limit = limit, total = total_count, items = things))]
struct TencentThings {
    offset: Option<i64>,
    limit: Option<i64>,
}

#[cloud_model(provider = "tencent", response)]
struct TencentList {
    total_count: Option<i64>,
    things: Option<Vec<TencentThing>>,
}

#[cloud_model(provider = "tencent", response)]
struct TencentThing {
    #[allow(dead_code, reason = "read, not used")]
    id: i64,
}

impl Cloud for Huawei {
    const REGION: &'static str = "cn-north-4";

    fn action(verb: Verb) -> ActionInfo {
        let path = match verb {
            Verb::Read => "/v1/things/read",
            Verb::Create | Verb::CreateOnce => "/v1/things/create",
            Verb::Upload => "/v1/things/upload",
        };
        let info = ActionInfo::new("image", "v1", verb.name()).with_method(Method::POST).with_path(path);
        let info = verb.apply(info, (ParamLocation::Header, "X-Client-Token"));
        if matches!(verb, Verb::Upload) { info.with_body_format(BodyFormat::Multipart) } else { info }
    }

    role!(huawei);
    list!(HuaweiThings { offset: None, limit: Some(20) });
}

#[cloud_action(provider = "huawei", product = "image", version = "v1", action = "ListThings", method = "GET",
               path = "/v1/things/list", response = HuaweiList,
               paginate(offset = offset, limit = limit, total = total_count, items = things))]
struct HuaweiThings {
    #[param(query)]
    offset: Option<i64>,
    #[param(query)]
    limit: Option<i64>,
}

#[cloud_model(provider = "huawei", response)]
struct HuaweiList {
    total_count: Option<i64>,
    things: Option<Vec<HuaweiThing>>,
}

#[cloud_model(provider = "huawei", response)]
struct HuaweiThing {
    #[allow(dead_code, reason = "read, not used")]
    id: i64,
}

impl Cloud for Alibaba {
    const REGION: &'static str = "cn-hangzhou";

    fn action(verb: Verb) -> ActionInfo {
        octets(verb, verb.apply(ActionInfo::new("rds", "2014-08-15", verb.name()), CLIENT_TOKEN))
    }

    role!(alibaba);
    list!(AlibabaThings { page_number: None, page_size: Some(20) });
}

#[cloud_action(provider = "alibaba", product = "rds", version = "2014-08-15", action = "ListThings", style = "rpc",
               response = AlibabaList,
               paginate(page_number = page_number, page_size = page_size, total = total_count, items = things))]
struct AlibabaThings {
    page_number: Option<i64>,
    page_size: Option<i64>,
}

#[cloud_model(provider = "alibaba", response)]
struct AlibabaList {
    total_count: Option<i64>,
    things: Option<Vec<AlibabaThing>>,
}

#[cloud_model(provider = "alibaba", response)]
struct AlibabaThing {
    #[allow(dead_code, reason = "read, not used")]
    id: i64,
}

impl Cloud for Volcengine {
    const REGION: &'static str = "cn-beijing";

    fn action(verb: Verb) -> ActionInfo {
        let info = ActionInfo::new("ecs", "2020-04-01", verb.name()).with_method(Method::POST);
        verb.apply(info.with_body_format(BodyFormat::Json), CLIENT_TOKEN)
    }

    /// The provider has no files: a long text takes their place.
    fn upload(call: RawCall<Self>) -> RawCall<Self> {
        call.param(Param::new("Data"), "u".repeat(UPLOAD))
    }

    role!(volcengine);
    list!(VolcengineThings { page_number: None, page_size: Some(20) });
}

#[cloud_action(provider = "volcengine", product = "ecs", version = "2020-04-01", action = "ListThings",
               response = VolcengineList,
               paginate(page_number = page_number, page_size = page_size, total = total_count, items = things))]
struct VolcengineThings {
    page_number: Option<i64>,
    page_size: Option<i64>,
}

#[cloud_model(provider = "volcengine", response)]
struct VolcengineList {
    total_count: Option<i64>,
    things: Option<Vec<VolcengineThing>>,
}

#[cloud_model(provider = "volcengine", response)]
struct VolcengineThing {
    #[allow(dead_code, reason = "read, not used")]
    id: i64,
}
