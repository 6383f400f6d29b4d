//! `call`: any action of any cloud, with an option for everything and without checks of parameters.

mod args;

use cloudcall::action::{ActionInfo, Param, ParamLocation};

pub(crate) use args::{AFTER, Args, endpoint, pair, seconds};

use crate::exit::{Failure, Result, print};
use crate::mask;
use crate::request::{Cloud, Given, Options, Request};

/// Makes the call, or shows what it would send.
pub(crate) async fn run(args: &Args) -> Result<()> {
    let request = request(args)?;
    if args.dry_run {
        return print(&mask::request(&request.sign().await?));
    }
    print(&request.send().await?)
}

fn request(args: &Args) -> Result<Request> {
    let version = args.checked()?;
    if args.cloud == Cloud::Huawei && args.path.is_none() {
        return Err(Failure::usage(format!(
            "usage: --path is missing: a call of Huawei Cloud is a method and a path, such as --method GET --path \
             /v3/{{project_id}}/vpc/vpcs; `cloudcall huawei {} {}` has them from the catalogue",
            args.product, args.action
        )));
    }
    let mut info = ActionInfo::dynamic(&args.product, version, &args.action);
    if let Some(method) = &args.method {
        info = info.with_method(method.clone());
    }
    if let Some(path) = &args.path {
        info = info.with_dynamic_path(path);
    }
    if let Some(style) = args.style {
        info = info.with_style(style.into());
    }
    let mut given: Vec<Given> = args.params.iter().cloned().map(Given::Members).collect();
    let body = args.body.iter().cloned().map(|body| match args.cloud.body() {
        ParamLocation::Auto => Given::Members(body),
        place => Given::Value(Param::new("body").place(place), body),
    });
    given.extend(body);
    given.extend(args.query.iter().map(|(name, value)| {
        let param = Param::dynamic(name).place(args.cloud.query());
        Given::Value(param, serde_json::Value::from(value.as_str()).to_string())
    }));
    let options = Options {
        region: args.region.clone(),
        endpoint: args.endpoint.clone(),
        sign_method: args.sign_method.clone(),
        headers: args.header.clone(),
        retries: args.retries,
        timeout: args.timeout,
        ..Options::default()
    };
    Ok(Request { cloud: args.cloud, info, given, options })
}
