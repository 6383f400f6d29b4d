//! The tools as the protocol describes them: names, what they do, and the schemas of their arguments.

use std::sync::Arc;

use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use serde_json::{Value, json};

/// All tools.
pub(super) fn all() -> Vec<Tool> {
    let action = json!({
        "cloud": { "type": "string", "enum": ["tencent", "huawei", "alibaba", "volcengine"] },
        "product": { "type": "string", "description": "The product, such as cvm" },
        "action": { "type": "string", "description": "The action, such as DescribeInstances" },
        "version": { "type": "string", "description": "The API version. Default: the main one" },
    });
    let mut call = action.clone();
    call["region"] = json!({ "type": "string", "description": "The region, such as ap-guangzhou" });
    call["params"] =
        json!({ "type": "object", "description": "Parameters by wire name, as `describe` lists them" });
    let dry_run = call.clone();
    call["query"] = json!({
        "type": "string",
        "description": "A JMESPath expression that selects a part of the response, such as InstanceSet[].InstanceId",
    });
    let names = &["cloud", "product", "action"][..];
    let reads = || ToolAnnotations::new().read_only(true).open_world(false);
    vec![
        tool(
            "search",
            "Finds actions of Tencent Cloud, Huawei Cloud, Alibaba Cloud and Volcengine by words of their cloud, product and name.",
            json!({
                "words": { "type": "string", "description": "Words such as `tencent describe instances`" },
                "limit": { "type": "integer", "minimum": 1, "maximum": 100, "description": "Default: 20" },
            }),
            &["words"],
            reads(),
        ),
        tool(
            "describe",
            "Lists the parameters and the response of an action, its regions, and an example of its required parameters.",
            action,
            names,
            reads(),
        ),
        tool(
            "dry_run",
            "Checks a call, and shows the signed request with its secrets masked and the Rust program that makes it. Sends nothing.",
            dry_run,
            names,
            reads(),
        ),
        tool(
            "call",
            "Makes a call with the user's credentials. Only actions that read are allowed, and those that the user named.",
            call,
            names,
            ToolAnnotations::new().open_world(true),
        ),
    ]
}

fn tool(
    name: &'static str,
    description: &'static str,
    properties: Value,
    required: &[&str],
    annotations: ToolAnnotations,
) -> Tool {
    let schema = json!({
        "type": "object", "properties": properties, "required": required, "additionalProperties": false,
    });
    let Value::Object(schema) = schema else { return Tool::new(name, description, JsonObject::new()) };
    Tool::new(name, description, Arc::new(schema)).with_annotations(annotations)
}
