//! `import-openapi`: an OpenAPI 3 document as a description file.
//!
//! `document` resolves references, `schema` turns schemas into types, `operation` turns operations into actions. What a description
//! cannot express is reported, and the rest is converted.

mod document;
mod names;
mod operation;
mod schema;

use std::io::Write as _;

use cloudcall_generator::Description;
use serde_json::{Value as Json, json};

use crate::exit::{Failure, Result, print};
use document::Document;
use operation::{Target, operations};
use schema::Types;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The OpenAPI 3 document, as JSON.
    file: String,
    /// The cloud whose signature and protocol the service uses: huawei or alibaba.
    #[arg(long)]
    cloud: String,
    /// The name of the product. Default: the title of the document.
    #[arg(long)]
    product: Option<String>,
    /// The version. Default: the version of the document.
    #[arg(long)]
    version: Option<String>,
}

/// Prints the description on stdout, and on stderr what it lacks.
pub(crate) fn run(args: &Args) -> Result<()> {
    #[allow(clippy::disallowed_methods, reason = "the user named the file")]
    let text = std::fs::read_to_string(&args.file)
        .map_err(|error| Failure::usage(format!("usage: {} cannot be read: {error}", args.file)))?;
    let (description, report) = convert(&text, args)?;
    let mut errors = std::io::stderr().lock();
    for line in report {
        let _ = writeln!(errors, "{line}");
    }
    print(&description)
}

fn convert(text: &str, args: &Args) -> Result<(String, Vec<String>)> {
    let target = match args.cloud.as_str() {
        "huawei" => Target::Huawei,
        "alibaba" => Target::Alibaba,
        "tencent" | "volcengine" => {
            return Err(Failure::usage(format!(
                "usage: --cloud {}: its protocol has no paths, which OpenAPI describes; write the description by hand, \
                 as `cloudcall describe {} PRODUCT VERSION` shows one",
                args.cloud, args.cloud
            )));
        }
        other => return Err(Failure::usage(format!("usage: --cloud is huawei or alibaba, not {other}"))),
    };
    let document = Document::parse(&args.file, text)?;
    let product = args.product.clone().unwrap_or_else(|| names::product(document.info("title")));
    let own = document.info("version");
    let version = match &args.version {
        Some(version) => version.clone(),
        None if args.cloud == "alibaba" && !names::is_date(own) => {
            return Err(Failure::usage(format!(
                "usage: the version of {} is `{own}`, and those of Alibaba Cloud are dates: name one with --version",
                args.file
            )));
        }
        None => names::version(own),
    };
    let (host, prefix) = document.server();
    let mut types = Types::new(&document);
    let mut report = Vec::new();
    let (actions, all) = operations(&document, target, &prefix, &mut types, &mut report);
    let converted = actions.len();
    if converted == 0 {
        report.push(format!("{}: no operation can be converted", args.file));
        return Err(Failure::usage(report.join("; ")));
    }
    let mut description = json!({
        "schema": 1, "cloud": args.cloud, "product": product, "version": version,
        "protocol": target.protocol(), "source": format!("OpenAPI {own}"),
        "actions": actions, "types": types.into_json(),
    });
    if let (Some(host), Some(members)) = (host, description.as_object_mut()) {
        members.insert("endpoints".to_owned(), json!({ "default": host }));
    }
    report.push(format!("{converted} of {all} operations converted"));
    // The reader checks the result, and the writer lays it out.
    let text = Json::to_string(&description);
    Ok((Description::from_json(&args.file, &text)?.to_json()?, report))
}

#[cfg(test)]
mod tests;
