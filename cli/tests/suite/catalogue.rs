//! `search`, `list`, `show` and `emit`: the catalogue.

use crate::command::ran;

const EMITTED: [(&str, &str, &str); 2] = [
    ("huawei_vpc", "huawei vpc v3 ListVpcs CreateVpc", include_str!("../../../tests/emitted/huawei_vpc.rs")),
    (
        "alibaba_cdn",
        "alibaba cdn 2018-05-10 DescribeCdnService AddCdnDomain",
        include_str!("../../../tests/emitted/alibaba_cdn.rs"),
    ),
];

#[tokio::test]
async fn a_search_gives_the_best_first_and_no_more_than_a_screen() {
    let (status, out, errors) = ran("search cvm describe zones").await;
    let first = out.lines().next();
    assert_eq!((status, first, errors.as_str()), (Some(0), Some("tencent cvm 2017-03-12 DescribeZones"), ""));
    let (status, out, _) = ran("search VPC create").await;
    assert_eq!(status, Some(0));
    assert_eq!(out.lines().next(), Some("alibaba vpc 2016-04-28 CreateVpc"));
    assert_eq!(out.lines().count(), 41);
    let more: usize = out.lines().last().unwrap().split(' ').nth(2).unwrap().parse().unwrap();
    let (_, all, _) = ran("search --all VPC create").await;
    assert_eq!(all.lines().count(), 40 + more);
    assert!(all.starts_with(out.rsplit_once("...").unwrap().0));
    let (status, out, errors) = ran("search no such action").await;
    assert_eq!((status, out.as_str()), (Some(1), ""));
    assert!(errors.starts_with("nothing found"), "{errors}");
}

#[tokio::test]
async fn lists_and_code_are_shown() {
    let (status, out, _) = ran("list").await;
    assert_eq!((status, out.lines().count()), (Some(0), cloudcall_generator::entries().count()));
    let (_, out, _) = ran("list huawei").await;
    assert!(out.lines().count() > 200 && out.lines().all(|line| line.starts_with("huawei ")), "{out}");
    let (_, out, _) = ran("list tencent cvm").await;
    assert!(out.lines().any(|line| line.starts_with("tencent cvm 2017-03-12 DescribeZones ")), "{out}");
    let (_, out, _) = ran("show tencent cvm 2017-03-12 DescribeZones").await;
    for part in ["pub struct DescribeZones {", "pub struct ZoneInfo {", "from tccli"] {
        assert!(out.contains(part), "{part} is not in\n{out}");
    }
    assert_eq!(
        ran("show tencent cvm DescribeZones").await,
        (Some(0), out, String::new()),
        "the main version"
    );
    let (_, out, _) = ran("emit tencent cvm DescribeZones DescribeRegions").await;
    assert!(
        out.contains("pub struct DescribeZones {") && out.contains("pub struct DescribeRegions {"),
        "{out}"
    );
}

#[tokio::test]
async fn what_the_catalogue_does_not_know_is_noted() {
    let (status, out, errors) = ran("skeleton tencent cvm RunInstances --required").await;
    assert_eq!((status, out.trim()), (Some(0), "{}"));
    assert!(
        errors.starts_with("note: the catalogue knows no required parameter of RunInstances"),
        "{errors}"
    );
    let (_, out, errors) = ran("skeleton tencent cvm StopInstances --required").await;
    assert!(out.contains("InstanceIds") && errors.is_empty(), "{out}{errors}");
}

#[tokio::test]
async fn wrong_names_are_told_with_the_nearest() {
    for (args, message) in [
        (
            "list tencnt",
            "the catalogue has no cloud `tencnt`, did you mean `tencent`? There are `alibaba`, `huawei`, `tencent` and `volcengine`",
        ),
        ("list tencent cvn", "tencent has no product `cvn`, did you mean `cdn` or `cvm`?"),
        ("show tencent cvm v1 DescribeZones", "tencent cvm has no version `v1`; there is `2017-03-12`"),
        (
            "emit tencent cvm 2017-03-12 DescribeZone",
            "tencent cvm 2017-03-12 has no action `DescribeZone`, did you mean",
        ),
    ] {
        let (status, out, errors) = ran(args).await;
        assert_eq!((status, out.as_str()), (Some(2), ""), "{args}");
        assert!(errors.starts_with(message), "{args}: {errors}");
    }
}

#[tokio::test]
async fn usage_is_help_if_asked_for_and_one_line_otherwise() {
    for command in ["search", "list", "show", "emit", "call", "sign", "local"] {
        let (status, out, errors) = ran(&format!("{command} --help")).await;
        assert_eq!((status, errors.as_str()), (Some(0), ""), "{command}");
        assert!(out.contains(&format!("cloudcall {command}")), "{out}");
        assert!(out.lines().all(|line| line.chars().count() <= 120), "{out}");
        let (_, all, _) = ran("--help").await;
        assert!(all.contains(&format!("  {command} ")), "{all}");
    }
    for args in
        ["", "search", "search --all", "find zones", "show tencent cvm", "emit tencent cvm 2017-03-12"]
    {
        let (status, out, errors) = ran(args).await;
        assert_eq!((status, out.as_str()), (Some(2), ""), "{args}");
        assert!(errors.starts_with("usage: ") && errors.lines().count() == 1, "{args}: {errors}");
    }
}

#[tokio::test]
async fn emitted_files_are_as_the_program_writes_them() {
    for (name, args, text) in EMITTED {
        let (status, out, errors) = ran(&format!("emit {args}")).await;
        assert_eq!((status, errors.as_str()), (Some(0), ""));
        let command = format!("cargo run -p cloudcall-cli -- emit {args} > tests/emitted/{name}.rs");
        assert!(out == text, "write it anew: {command}");
    }
}

/// The file that the suite's `actions!` reads.
const DEPOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/api/depot.json");

#[tokio::test]
async fn a_description_file_stands_in_for_the_catalogue() {
    let (status, out, errors) = ran(&format!("show file {DEPOT} CreateBox")).await;
    assert_eq!((status, errors.as_str()), (Some(0), ""));
    for part in ["// CreateBox of huawei depot v2", "pub struct CreateBox {", "pub struct NewBox {"] {
        assert!(out.contains(part), "{part} is not in\n{out}");
    }
    let (_, out, _) = ran(&format!("emit file {DEPOT} *")).await;
    assert!(out.contains("pub struct ListBoxes {") && out.contains("pub struct DownloadLabel {"), "{out}");
    let (_, out, _) = ran(&format!("skeleton file {DEPOT} CreateBox --required")).await;
    assert!(out.contains("\"name\""), "{out}");
    let call =
        format!("file {DEPOT} listboxes --limit 5 --kind wood --kind paper --endpoint http://127.0.0.1:1");
    let (status, out, errors) = ran(&format!("{call} --dry-run")).await;
    assert_eq!((status, errors.as_str()), (Some(0), ""));
    assert!(out.contains("/v2/p1/boxes?") && out.contains("kind=paper&kind=wood"), "{out}");
    let (_, out, _) = ran(&format!("{call} --dry-run=rust")).await;
    assert!(
        out.contains(&format!("file {DEPOT:?}: ListBoxes;")) && out.contains("use huawei::depot::v2::*"),
        "{out}"
    );
    let (_, out, _) = ran(&format!("file {DEPOT} ListBoxes --help")).await;
    assert!(out.contains("--limit <NUMBER>"), "{out}");
    for (args, message) in [
        ("show file none.json ListBoxes".to_owned(), "the description file none.json cannot be read"),
        (format!("emit file {DEPOT} ListBox"), "has no action `ListBox`; there are `CreateBox`"),
        (format!("file {DEPOT}"), "usage: cloudcall file PATH ACTION"),
        ("describe tencent cvn 2017-03-12".to_owned(), "did you mean"),
    ] {
        let (status, _, errors) = ran(&args).await;
        assert!(status == Some(2) && errors.contains(message), "{args}: {errors}");
    }
}

#[tokio::test]
async fn a_document_is_imported_and_a_product_described() {
    let document = DEPOT.replace(".json", ".openapi.json");
    let (status, out, errors) = ran(&format!("import-openapi {document} --cloud huawei")).await;
    assert_eq!((status, out.as_str()), (Some(0), include_str!("../../../tests/api/depot.json")));
    assert!(errors.ends_with("6 of 9 operations converted\n"), "{errors}");
    let (status, out, _) = ran("describe alibaba sts 2015-04-01").await;
    assert!(status == Some(0) && out.starts_with("{\n  \"schema\": 1,\n  \"cloud\": \"alibaba\","), "{out}");
}
