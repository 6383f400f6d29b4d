//! Snapshots of expansions, one a feature, and rules that have many cases.
//!
//! After a wanted change: `INSTA_UPDATE=always cargo test -p cloudcall-macros`, and read the diff.

use insta::assert_snapshot;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::args::action::ActionArgs;
use crate::case::{Case, snake};
use crate::check;
use crate::errors::{Errors, list, nearest};
use crate::{expand, shell, version};

fn action(args: TokenStream, item: TokenStream) -> String {
    show(expand::action(shell::cloud_action(args, item, &[])))
}

/// What the compiler ends up with, formatted.
fn show(tokens: TokenStream) -> String {
    match syn::parse2(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => format!("{error}\n{tokens}"),
    }
}

/// The messages of a wrong use.
fn mistakes(args: TokenStream, item: TokenStream) -> Vec<String> {
    let shown = action(args, item);
    let messages = shown.split("compile_error! {").skip(1);
    messages
        .filter_map(|text| Some(text.split_once('"')?.1.split_once("\"\n")?.0.replace("\\\"", "\"")))
        .collect()
}

#[test]
fn the_shell_leaves_the_item_as_it_is() {
    assert_snapshot!(show(shell::cloud_action(
        quote!(provider = "tencent", product = "cvm", version = "2017-03-12", crate = crate::sdk),
        quote! {
            #[derive(Debug, PartialEq)]
            pub struct DescribeZones {
                #[cfg(unix)]
                #[param(name = "Id")]
                pub id: Option<String>,
            }
        },
        &[],
    )));
}

#[test]
fn an_action_of_optional_fields() {
    assert_snapshot!(action(
        quote!(
            provider = "tencent",
            product = "cvm",
            version = "2017-03-12",
            response = InstanceList,
            readonly,
            paginate(offset = offset, limit = limit, total = total_count, items = response.instance_set)
        ),
        quote! {
            /// Lists instances.
            pub struct DescribeInstances {
                /// Which ones.
                pub instance_ids: Option<Vec<String>>,
                pub filters: Option<Vec<Filter>>,
                pub offset: Option<i64>,
                pub limit: Option<i64>,
            }
        },
    ));
}

#[test]
fn an_action_with_places_and_required_fields() {
    assert_snapshot!(action(
        quote!(
            provider = "huawei",
            product = "vpc",
            version = "v2",
            method = "PUT",
            method = "change_vpc",
            path = "/v1/{project_id}/vpcs/{vpc_id}",
            idempotent
        ),
        quote! {
            pub struct UpdateVpc {
                #[param(path)]
                pub vpc_id: String,
                #[param(query, list = "csv")]
                pub fields: Option<Vec<String>>,
                #[param(header = "X-Language")]
                pub language: Option<String>,
                #[param(body, secret)]
                pub key: String,
                #[param(default)]
                pub r#type: u32,
                #[param(skip)]
                pub note: Option<String>,
            }
        },
    ));
}

#[test]
fn an_action_with_generics() {
    assert_snapshot!(action(
        quote!(
            provider = my::Cloud,
            product = "x",
            version = "v1",
            content = "octet-stream",
            method = false,
            crate = sdk
        ),
        quote! {
            struct Upload<'a, T: Copy> where T: Into<u8> {
                item: &'a T,
                #[param(body(whole))]
                data: Option<FilePart>,
            }
        },
    ));
}

/// What a stream adds: the trait that asks for it, the builder's `stream`, and a setter that makes way for that.
#[test]
fn an_action_that_streams() {
    let chat = |args: TokenStream| {
        action(
            quote!(provider = "tencent", product = "hunyuan", version = "2023-09-01", response = Chat, #args),
            quote! {
                pub struct ChatCompletions {
                    pub model: String,
                    pub stream: Option<bool>,
                }
            },
        )
    };
    let (whole, streamed) = (chat(quote!()), chat(quote!(stream = "sse")));
    for (part, in_whole) in [
        ("impl _rt::StreamAction for ChatCompletions", false),
        ("self.stream.get_or_insert(true);", false),
        ("pub fn stream_(mut self, value: bool) -> Self", false),
        ("pub fn stream(mut self, value: bool) -> Self", true),
    ] {
        assert_eq!(
            (whole.contains(part), streamed.contains(part)),
            (in_whole, !in_whole),
            "{part}\n{streamed}"
        );
    }
    let method = "_rt::EventsOf<";
    assert!(streamed.contains(method) && !whole.contains(method), "{streamed}");
}

#[test]
fn a_model_that_is_read() {
    assert_snapshot!(show(expand::model::attribute(
        quote!(provider = "tencent", response),
        quote! {
            pub struct Instance {
                pub total_count: Option<i64>,
                #[param(name = "ID")]
                pub id: String,
                #[param(default)]
                pub tags: Vec<Tag>,
                #[cfg(unix)]
                pub disks: Option<Vec<Box<Disk>>>,
                #[param(skip)]
                pub note: String,
            }
        },
        &[],
    )));
}

#[test]
fn a_model_of_optional_members_is_read_in_place() {
    assert_snapshot!(show(expand::model::attribute(
        quote!(provider = "tencent", response),
        quote! {
            pub struct Zone {
                pub zone: Option<String>,
                pub disks: Option<Vec<Disk>>,
                #[param(skip)]
                pub note: String,
            }
        },
        &[],
    )));
}

#[test]
fn a_model_in_both_directions() {
    assert_snapshot!(show(expand::model::attribute(
        quote!(provider = "tencent"),
        quote! {
            #[derive(PartialEq)]
            pub struct Instance {
                pub total_count: Option<i64>,
                #[param(name = "ID")]
                pub id: String,
                #[param(secret, default)]
                pub password: String,
                #[cfg(unix)]
                pub disks: Option<Vec<Box<Disk>>>,
                #[serde(flatten)]
                pub rest: HashMap<String, Value>,
            }
        },
        &[],
    )));
}

#[test]
fn a_model_that_is_an_open_enum() {
    assert_snapshot!(show(expand::model::attribute(
        quote!(response),
        quote! {
            /// A state.
            pub enum State {
                Running,
                #[param(name = "SHUT-DOWN")]
                ShutDown,
            }
        },
        &[],
    )));
}

#[test]
fn all_mistakes_are_reported_together_and_the_builder_stands() {
    let args = quote!(
        provider = "tencent",
        produkt = "cvm",
        version = "2017-13-30",
        readonly = true,
        path = "/{a}/{}"
    );
    let item = quote! {
        struct X {
            #[param(paht)]
            a: String,
            #[param(query, header)]
            b: Option<String>,
        }
    };
    assert_eq!(
        mistakes(args.clone(), item.clone()),
        [
            "unknown key `produkt`, did you mean `product`? allowed are `provider`, `product`, `version`, \
             `action`, `style`, `method`, `path`, `response`, `readonly`, `idempotent`, `idempotency_token`, \
             `paginate`, `stream`, `content`, `host`, `hosts`, `anonymous`, `regionless`, `retry`, `header`, `json`, `case` and `crate`",
            "`readonly` takes no value: write just `readonly`",
            "a version of Tencent Cloud is a date such as \"2017-03-12\"",
            "unknown key `paht`, did you mean `path`? allowed are `path`, `query`, `header`, `body`, \
             `host`, `file`, `name`, `default`, `required`, `secret`, `list`, `serde` and `skip`",
            "a field goes to one place, and this one already goes to `query`",
            "a placeholder without a name: write `{name}`",
        ]
    );
    let shown = action(args, item);
    assert!(shown.contains("struct XBuilder") && shown.contains("trait XExt"), "{shown}");
}

#[test]
fn a_cloud_of_the_users_own_may_have_no_versions() {
    let item = || {
        quote!(
            struct X {}
        )
    };
    assert!(mistakes(quote!(provider = my::Cloud, product = "p", version = ""), item()).is_empty());
    assert_eq!(mistakes(quote!(provider = "tencent", product = "p", version = ""), item()).len(), 1);
}

#[test]
fn versions_are_dates_or_numbers() {
    let wrong = |version: &str| {
        let mut errors = Errors::default();
        let args = quote!(provider = my::Cloud, product = "cvm", version = #version);
        check::arguments(&ActionArgs::parse(args, &mut errors), &quote!(X), &mut errors);
        !errors.is_empty()
    };
    for version in ["", "2017-03-12", "2021-09-31", "v3", "v2.1", "v10", "v1.0.1"] {
        assert!(!wrong(version), "{version}");
    }
    for version in
        ["v", "v.", "V3", "3", "2017-3-12", "2017-02-32", "2017-13-01", "2017-00-10", "20170312", "v1.x"]
    {
        assert!(wrong(version), "{version}");
    }
}

#[test]
fn a_product_of_alibaba_cloud_may_write_its_date_without_hyphens() {
    let wrong = |provider: &str, version: &str| {
        let item = quote!(
            struct X {}
        );
        mistakes(quote!(provider = #provider, product = "p", version = #version), item).len()
    };
    assert_eq!(wrong("alibaba", "20240611"), 0);
    for version in ["20241311", "20240632", "2024061", "202406110", "2024O611"] {
        assert_eq!(wrong("alibaba", version), 1, "{version}");
    }
    assert_eq!(wrong("tencent", "20170312"), 1);
}

#[test]
fn names_follow_the_case() {
    let wire = |case: Case, name| case.wire(&syn::parse_str::<Ident>(name).unwrap());
    assert_eq!(wire(Case::Pascal, "instance_ids"), "InstanceIds");
    assert_eq!(wire(Case::Pascal, "r#type"), "Type");
    assert_eq!(wire(Case::Snake, "vpc_id"), "vpc_id");
    assert_eq!(wire(Case::Camel, "page_size"), "pageSize");
    assert_eq!(wire(Case::Kebab, "x_request_id"), "x-request-id");
    assert_eq!(snake("DescribeDBInstances"), "describe_db_instances");
    assert_eq!(snake("ListK8sClusters"), "list_k8s_clusters");
    assert_eq!(snake("ShowVPC"), "show_vpc");
    for (name, method) in [
        ("CreateIPv6Gateway", "create_ipv6_gateway"),
        ("DescribeDBs", "describe_dbs"),
        ("ListETLs", "list_etls"),
        ("DescribeCIDRsOfVpc", "describe_cidrs_of_vpc"),
        ("DescribeDDoSPolicy", "describe_ddos_policy"),
        ("UpdateIaConfig", "update_ia_config"),
        ("CreateIoTCloudConnector", "create_iot_cloud_connector"),
        ("Query3DTask", "query3d_task"),
        ("CreateP2PRoute", "create_p2p_route"),
        ("PutS3Bucket", "put_s3_bucket"),
        ("CreateAs", "create_as"),
    ] {
        assert_eq!(snake(name), method, "{name}");
    }
}

#[test]
fn words_are_quoted_and_near_ones_found() {
    assert_eq!(list(&["a", "b", "c"]), "`a`, `b` and `c`");
    assert_eq!(list(&["a"]), "`a`");
    assert_eq!(nearest("produkt", &["provider", "product"]), Some("product"));
    assert_eq!(nearest("zebra", &["provider", "product"]), None);
    let mut errors = Errors::default();
    errors.at(Ident::new("x", Span::call_site()), "one");
    assert_eq!(errors.texts(), ["one"]);
}

#[test]
fn what_a_name_suggests_is_denied_and_hosts_are_named() {
    let zones = || {
        quote!(
            struct DescribeZones {
                token: Option<String>,
            }
        )
    };
    let expand = |facts: TokenStream| {
        let args =
            quote!(provider = "alibaba", product = "ecs", version = "2014-05-26", hosts = HOSTS, #facts);
        let shown = action(args, zones());
        assert!(shown.contains(".with_endpoint_table(HOSTS)"), "{shown}");
        [".with_idempotency(", ".readonly()", ".idempotent()", ".with_idempotency_token("]
            .map(|call| shown.contains(call))
    };
    assert_eq!(expand(quote!(readonly = false)), [true, false, false, false]);
    assert_eq!(expand(quote!(readonly)), [false, true, false, false]);
    let args = quote!(provider = "alibaba", product = "ecs", version = "2014-05-26", regionless);
    assert!(action(args, zones()).contains(".regionless()"));
    assert_eq!(expand(quote!(readonly = false, idempotent)), [false, false, true, false]);
    // With a token the call may be repeated, whatever it does.
    assert_eq!(expand(quote!(readonly = false, idempotency_token = token)), [false, false, false, true]);
    let args = quote!(provider = "tencent", product = "cvm", version = "2017-03-12", readonly = true);
    assert_eq!(mistakes(args, zones()), ["`readonly` takes no value: write just `readonly`"]);
}

/// What one more action costs whoever compiles it. The figure is printed: `cargo test -p cloudcall-macros size -- --nocapture`.
#[test]
fn the_size_of_an_action_of_six_fields() {
    let shown = action(
        quote!(
            provider = "tencent",
            product = "cvm",
            version = "2017-03-12",
            response = Reservation,
            idempotency_token = client_token
        ),
        quote! {
            /// Starts instances.
            pub struct RunInstances {
                /// The image.
                pub image_id: String,
                pub placement: Placement,
                pub instance_count: Option<i64>,
                pub security_group_ids: Option<Vec<String>>,
                pub tags: Option<Vec<Tag>>,
                pub client_token: Option<String>,
            }
        },
    );
    let lines = shown.lines().count();
    println!("an action of two required and four optional fields expands to {lines} lines");
    assert!(lines < 220, "{lines} lines:\n{shown}");
    assert_snapshot!(shown);
}

#[test]
#[allow(clippy::disallowed_methods, reason = "tests")]
fn all_versions_of_the_catalogue_fit() {
    let index = concat!(env!("CARGO_MANIFEST_DIR"), "/../models/generator/data/index.tsv");
    let index = std::fs::read_to_string(index).unwrap();
    let mut walked = 0;
    for line in index.lines() {
        let [cloud, product, version, ..] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        assert_eq!(version::mistake(Some(cloud), false, version), None, "{cloud}/{product}");
        walked += 1;
    }
    assert!(walked > 1000, "{walked}");
}
