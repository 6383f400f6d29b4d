//! Hosts of products in the data file of the vendor's older package: `docs/sources.md`, Alibaba Cloud, 5.2.
//!
//! It serves products that have no newer package, and [`Lookup::older`](super::Lookup::older). The file is
//! not updated any more for most products: nine old regions share one host, and newer regions are missing.

/// The product under whose name the data has the hosts of `product`.
pub(super) fn normalised(product: &str) -> &str {
    match product {
        "aegis" => "vipaegis",
        "cds" => "codepipeline",
        "chatbot" => "beebot",
        "cloudapi" => "apigateway",
        "r-kvstore" => "redisa",
        "sas-api" => "sas",
        other => other,
    }
}

/// The row of a product, by binary search.
fn row(product: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    let at = PRODUCTS.binary_search_by(|(name, _, _)| (*name).cmp(product)).ok()?;
    PRODUCTS.get(at)
}

/// Whether the data has the (lower-case) product.
pub(super) fn knows(product: &str) -> bool {
    row(normalised(product)).is_some()
}

/// The host of a (lower-case) product in a (lower-case) region.
pub(super) fn regional(product: &str, region: &str) -> Option<String> {
    let (name, _, groups) = row(normalised(product))?;
    for group in groups.split(';') {
        let (host, regions) = group.split_once('=')?;
        if regions.split(' ').any(|known| known == region) {
            return Some(match host {
                "*" => format!("{name}.{region}.aliyuncs.com"),
                host => whole(host),
            });
        }
    }
    None
}

/// The host of a (lower-case) product for all regions.
pub(super) fn global(product: &str) -> Option<String> {
    let (_, host, _) = row(normalised(product))?;
    (!host.is_empty()).then(|| whole(host))
}

/// The regions that the data has hosts of a (lower-case) product for.
pub(super) fn regions(product: &str) -> Vec<&'static str> {
    let groups = row(normalised(product)).map_or("", |(_, _, groups)| groups);
    let lists = groups.split(';').filter_map(|group| Some(group.split_once('=')?.1));
    let mut regions: Vec<_> = lists.flat_map(|list| list.split(' ')).collect();
    regions.sort_unstable();
    regions
}

/// The full host name for a short form in the table: `slb` becomes `slb.aliyuncs.com`.
fn whole(host: &str) -> String {
    match host.strip_suffix('.') {
        Some(whole) => whole.to_owned(),
        None => format!("{host}.aliyuncs.com"),
    }
}

/// Product, host for all regions (empty if there is none), and `host=region region;…`. Sorted by product.
///
/// Hosts stand without `.aliyuncs.com` unless they end in a dot; `*` is `product.region`.
#[rustfmt::skip]
pub(super) const PRODUCTS: &[(&str, &str, &str)] = &[
    ("actiontrail", "", "*=ap-northeast-1 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-beijing cn-hangzhou cn-hongkong cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou eu-central-1 eu-west-1 me-east-1 us-east-1 us-west-1"),
    ("airec", "", "*=cn-beijing cn-hangzhou cn-shanghai"),
    ("alidfs", "", "dfs.cn-beijing=cn-beijing;dfs.cn-shanghai=cn-shanghai"),
    ("alidns", "alidns", "alidns=cn-hangzhou"),
    ("alidnsgtm", "", "alidns=ap-southeast-1 cn-hangzhou"),
    ("alikafka", "", "*=cn-beijing cn-hangzhou cn-hongkong cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou"),
    ("alimt", "", "mt.cn-hangzhou=cn-hangzhou"),
    ("apigateway", "", "*=ap-northeast-1 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-beijing cn-hangzhou cn-hongkong cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou eu-central-1 eu-west-1 me-east-1 us-east-1 us-west-1"),
    ("arms", "", "*=ap-southeast-1 cn-beijing cn-hangzhou cn-hongkong cn-qingdao cn-shanghai cn-shenzhen"),
    ("baas", "", "baas=cn-beijing cn-shanghai cn-shenzhen;*=ap-northeast-1 ap-southeast-1 cn-hangzhou"),
    ("bastionhost", "", "yundun-bastionhost=cn-hangzhou"),
    ("batchcompute", "", "*=ap-southeast-1 cn-beijing cn-hangzhou cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou us-west-1"),
    ("beebot", "", "chatbot.cn-hangzhou=cn-hangzhou;chatbot.cn-shanghai=cn-shanghai"),
    ("bssopenapi", "", "business=cn-beijing cn-hangzhou cn-hongkong cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou;business.ap-southeast-1=ap-northeast-1 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 eu-central-1 eu-west-1 me-east-1 us-east-1 us-west-1"),
    ("cas", "", "cas=cn-hangzhou;*=ap-northeast-1 ap-southeast-2 eu-central-1 me-east-1"),
    ("cbn", "cbn", "cbn=ap-northeast-1 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-beijing cn-hangzhou cn-hongkong cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou eu-central-1 eu-west-1 me-east-1 us-east-1 us-west-1"),
    ("ccc", "", "*=cn-hangzhou cn-shanghai"),
    ("cccvn", "", "voicenavigator.cn-shanghai=cn-shanghai"),
    ("ccs", "", "ccs=cn-hangzhou"),
    ("cdn", "cdn", "cdn=cn-hangzhou"),
    ("cloudap", "", "cloudwf=cn-hangzhou"),
    ("cloudauth", "cloudauth", "cloudauth=cn-hangzhou"),
    ("clouddesktop", "", "*=cn-beijing cn-hangzhou cn-shanghai cn-shenzhen"),
    ("cloudfirewall", "", "cloudfw.cn-hangzhou=cn-hangzhou"),
    ("cloudphoto", "", "*=cn-shanghai"),
    ("cloudwf", "cloudwf", ""),
    ("cms", "metrics.cn-hangzhou", "metrics.ap-northeast-1=ap-northeast-1;metrics.ap-south-1=ap-south-1;metrics.ap-southeast-3=ap-southeast-3;metrics.ap-southeast-5=ap-southeast-5;metrics.cn-hangzhou=ap-southeast-1 ap-southeast-2 cn-beijing cn-hangzhou cn-hongkong cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou eu-central-1 me-east-1 us-east-1 us-west-1;metrics.cn-huhehaote=cn-huhehaote;metrics.eu-west-1=eu-west-1"),
    ("codepipeline", "cds.cn-beijing", "cds.cn-beijing=cn-beijing"),
    ("cps", "", "cloudpush=cn-hangzhou"),
    ("cr", "cr", ""),
    ("cs", "cs", ""),
    ("csb", "", "*=cn-beijing cn-hangzhou"),
    ("dbs", "", "dbs-api.ap-northeast-1=ap-northeast-1;dbs-api.ap-southeast-1=ap-southeast-1;dbs-api.cn-hangzhou=cn-beijing cn-hangzhou cn-hongkong cn-qingdao cn-shanghai cn-shenzhen"),
    ("dcdn", "", "dcdn=ap-southeast-1 cn-hangzhou"),
    ("ddos", "", "ddospro.cn-hangzhou=cn-hangzhou;ddospro.cn-hongkong=cn-hongkong"),
    ("ddosbasic", "antiddos", "antiddos=ap-southeast-1 cn-beijing cn-hangzhou cn-hongkong cn-qingdao cn-shanghai cn-shenzhen us-east-1 us-west-1;antiddos-openapi.ap-northeast-1=ap-northeast-1;antiddos-openapi.ap-south-1=ap-south-1;antiddos-openapi.ap-southeast-2=ap-southeast-2;antiddos-openapi.ap-southeast-3=ap-southeast-3;antiddos-openapi.ap-southeast-5=ap-southeast-5;antiddos-openapi.cn-huhehaote=cn-huhehaote;antiddos-openapi.cn-zhangjiakou=cn-zhangjiakou;antiddos-openapi.eu-central-1=eu-central-1;antiddos-openapi.eu-west-1=eu-west-1;antiddos-openapi.me-east-1=me-east-1"),
    ("ddosbgp", "", "ddosbgp.cn-hangzhou=cn-beijing cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou;*=cn-hangzhou cn-hongkong us-west-1"),
    ("ddoscoo", "", "*=cn-hangzhou"),
    ("ddosdip", "", "*=ap-southeast-1"),
    ("ddosrewards", "", "ddosright.cn-hangzhou=cn-hangzhou"),
    ("dds", "mongodb", "mongodb=ap-southeast-1 cn-beijing cn-hangzhou cn-qingdao cn-shanghai cn-shenzhen us-east-1 us-west-1;mongodb.ap-northeast-1=ap-northeast-1;mongodb.ap-south-1=ap-south-1;mongodb.ap-southeast-2=ap-southeast-2;mongodb.ap-southeast-3=ap-southeast-3;mongodb.ap-southeast-5=ap-southeast-5;mongodb.cn-hongkong=cn-hongkong;mongodb.cn-huhehaote=cn-huhehaote;mongodb.cn-zhangjiakou=cn-zhangjiakou;mongodb.eu-central-1=eu-central-1;mongodb.eu-west-1=eu-west-1;mongodb.me-east-1=me-east-1"),
    ("dm", "dm", "*=ap-southeast-2"),
    ("dmsenterprise", "", "dms-enterprise=ap-northeast-1 cn-beijing cn-hangzhou cn-qingdao cn-shanghai cn-shenzhen"),
    ("domain", "domain", "domain=cn-hangzhou;domain-intl=ap-southeast-1"),
    ("domain-intl", "domain-intl", ""),
    ("drds", "drds", "*=ap-southeast-1 cn-hangzhou"),
    ("drdspost", "", "drds.ap-southeast-1=ap-southeast-1;drds.cn-hangzhou=cn-hongkong;drds.cn-shanghai=cn-shanghai"),
    ("drdspre", "", "drds.ap-southeast-1=ap-southeast-1;drds.cn-beijing=cn-beijing;drds.cn-hangzhou=cn-hangzhou cn-hongkong;drds.cn-qingdao=cn-qingdao;drds.cn-shanghai=cn-shanghai;drds.cn-shenzhen=cn-shenzhen"),
    ("dts", "", "dts=ap-southeast-1 cn-beijing cn-hangzhou cn-hongkong cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou"),
    ("dybaseapi", "", "dybaseapi=cn-beijing cn-chengdu cn-hangzhou cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou;dybaseapi.ap-southeast-1=ap-northeast-1 ap-south-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-hongkong eu-central-1 me-east-1 us-east-1 us-west-1;*=ap-southeast-1"),
    ("dysmsapi", "", "dysmsapi=cn-beijing cn-chengdu cn-hangzhou cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou;dysmsapi.ap-southeast-1=ap-northeast-1 ap-south-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-hongkong eu-central-1 me-east-1 us-east-1 us-west-1;*=ap-southeast-1"),
    ("eci", "", "eci=ap-southeast-1 cn-beijing cn-hangzhou cn-shanghai cn-shenzhen us-west-1"),
    ("ecs", "ecs-cn-hangzhou", "ecs-cn-hangzhou=ap-southeast-1 cn-beijing cn-hangzhou cn-hongkong cn-qingdao cn-shanghai cn-shenzhen us-east-1 us-west-1;*=ap-northeast-1 ap-south-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-huhehaote cn-zhangjiakou eu-central-1 eu-west-1 me-east-1"),
    ("ehs", "", "ehpc.ap-southeast-1=ap-southeast-1;ehpc.ap-southeast-2=ap-southeast-2;ehpc.cn-beijing=cn-beijing;ehpc.cn-hangzhou=cn-hangzhou;ehpc.cn-hongkong=cn-hongkong;ehpc.cn-huhehaote=cn-huhehaote;ehpc.cn-qingdao=cn-qingdao;ehpc.cn-shanghai=cn-shanghai;ehpc.cn-shenzhen=cn-shenzhen;ehpc.cn-zhangjiakou=cn-zhangjiakou;ehpc.eu-central-1=eu-central-1"),
    ("elasticsearch", "", "*=ap-northeast-1 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-beijing cn-hangzhou cn-hongkong cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou eu-central-1 us-west-1"),
    ("emas", "", "mhub.cn-hangzhou=cn-hangzhou;mhub.cn-shanghai=cn-shanghai"),
    ("emr", "emr", "emr=ap-southeast-1 cn-beijing cn-hangzhou cn-shanghai cn-shenzhen us-west-1;*=ap-northeast-1 ap-south-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-hongkong cn-huhehaote cn-qingdao cn-zhangjiakou eu-central-1 eu-west-1 me-east-1 us-east-1"),
    ("ens", "", "ens=cn-hangzhou"),
    ("ensdisk", "", "ens=cn-hangzhou"),
    ("ess", "ess", "ess=ap-southeast-1 cn-beijing cn-hangzhou cn-hongkong cn-qingdao cn-shanghai cn-shenzhen us-east-1 us-west-1;*=ap-northeast-1 ap-south-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-huhehaote cn-zhangjiakou eu-central-1 eu-west-1 me-east-1"),
    ("faas", "", "*=cn-beijing cn-hangzhou cn-shanghai cn-shenzhen cn-zhangjiakou"),
    ("fc", "", "ap-southeast-2.fc=ap-southeast-2;cn-beijing.fc=cn-beijing;cn-hangzhou.fc=cn-hangzhou;cn-huhehaote.fc=cn-huhehaote;cn-shanghai.fc=cn-shanghai;cn-shenzhen.fc=cn-shenzhen"),
    ("foas", "", "*=ap-northeast-1 cn-beijing cn-hangzhou cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou"),
    ("gameshield", "", "gameshield=cn-hangzhou;*=cn-zhangjiakou"),
    ("gpdb", "gpdb", "gpdb=ap-southeast-1 cn-beijing cn-hangzhou cn-shanghai cn-shenzhen us-east-1 us-west-1;*=ap-northeast-1 ap-south-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-huhehaote cn-zhangjiakou eu-central-1 eu-west-1"),
    ("green", "green", "*=ap-southeast-1 cn-beijing cn-hangzhou cn-shanghai us-west-1"),
    ("hbase", "hbase", "hbase=ap-southeast-1 cn-beijing cn-hangzhou cn-qingdao cn-shanghai cn-shenzhen us-east-1 us-west-1;*=ap-south-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-huhehaote eu-central-1 me-east-1"),
    ("hcs_mgw", "", "mgw.ap-southeast-1=ap-southeast-1;mgw.cn-hangzhou=cn-hangzhou;mgw.cn-shanghai=cn-shanghai"),
    ("hcs_sgw", "", "sgw.ap-southeast-1=ap-southeast-1;sgw.ap-southeast-2=ap-southeast-2;sgw.cn-shanghai=cn-beijing cn-hangzhou cn-hongkong cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou;sgw.eu-central-1=eu-central-1"),
    ("hdm", "", "hdm-api=cn-shanghai"),
    ("hitsdb", "", "hitsdb=cn-hangzhou"),
    ("hpc", "hpc", "hpc=cn-beijing cn-hangzhou"),
    ("hsm", "", "hsm=ap-southeast-1 cn-beijing cn-hangzhou cn-hongkong cn-shanghai cn-shenzhen"),
    ("httpdns", "httpdns-api", ""),
    ("imagesearch", "", "*=ap-northeast-1 ap-southeast-1 ap-southeast-2 cn-shanghai"),
    ("imm", "", "*=ap-southeast-1 cn-beijing cn-hangzhou cn-shanghai cn-shenzhen cn-zhangjiakou"),
    ("ims", "", "ims=cn-hangzhou"),
    ("iot", "", "*=ap-northeast-1 ap-southeast-1 cn-shanghai eu-central-1 us-east-1 us-west-1"),
    ("iovcc", "", "*=cn-shanghai"),
    ("itaas", "itaas", ""),
    ("ivision", "", "*=cn-beijing cn-hangzhou"),
    ("jaq", "jaq", ""),
    ("kms", "", "*=ap-northeast-1 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-beijing cn-hangzhou cn-hongkong cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou eu-central-1 eu-west-1 me-east-1 us-east-1 us-west-1"),
    ("kvstore", "", "r-kvstore.ap-northeast-1=ap-northeast-1"),
    ("linkedmall", "", "linkedmall=cn-hangzhou cn-shanghai"),
    ("linkwan", "", "*=cn-hangzhou cn-shanghai"),
    ("live", "live", "live=ap-northeast-1 ap-southeast-1 cn-beijing cn-hangzhou cn-shanghai cn-shenzhen eu-central-1"),
    ("luban", "", "*=cn-hangzhou cn-shanghai"),
    ("mts", "", "*=ap-northeast-1 ap-south-1 ap-southeast-1 cn-beijing cn-hangzhou cn-hongkong cn-shanghai cn-shenzhen cn-zhangjiakou eu-central-1 eu-west-1 us-west-1"),
    ("nas", "", "*=ap-northeast-1 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-beijing cn-hangzhou cn-hongkong cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou eu-central-1 us-east-1 us-west-1"),
    ("nlp", "", "*=cn-shanghai"),
    ("oas", "", "cn-beijing.oas=cn-beijing;cn-hangzhou.oas=cn-hangzhou;cn-shenzhen.oas=cn-shenzhen"),
    ("odpsmayi", "", "bsb.cloud.alipay.com.=ap-southeast-1 cn-shanghai"),
    ("odpsplusmayi", "", "bsb.cloud.alipay.com.=ap-southeast-1 cn-hangzhou cn-shanghai"),
    ("ons", "", "*=ap-northeast-1 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 cn-beijing cn-hangzhou cn-hongkong cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou eu-central-1 eu-west-1 me-east-1 us-east-1 us-west-1"),
    ("onsvip", "", "ons.ap-southeast-1=ap-southeast-1;ons.cn-beijing=cn-beijing;ons.cn-hangzhou=cn-hangzhou;ons.cn-qingdao=cn-qingdao;ons.cn-shanghai=cn-shanghai;ons.cn-shenzhen=cn-shenzhen"),
    ("openanalytics", "", "*=ap-southeast-1 ap-southeast-3 cn-beijing cn-hangzhou cn-shanghai cn-shenzhen cn-zhangjiakou eu-west-1"),
    ("oss", "", "oss-ap-southeast-1=ap-southeast-1;oss-cn-beijing=cn-beijing;oss-cn-hangzhou=cn-hangzhou;oss-cn-hongkong=cn-hongkong;oss-cn-qingdao=cn-qingdao;oss-cn-shanghai=cn-shanghai;oss-cn-shenzhen=cn-shenzhen;oss-us-west-1=us-west-1"),
    ("ots", "", "*=ap-northeast-1 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-beijing cn-hangzhou cn-huhehaote cn-shanghai cn-zhangjiakou eu-central-1 eu-west-1 me-east-1 us-east-1 us-west-1"),
    ("pcdn", "", "pcdn=cn-hangzhou"),
    ("petadata", "petadata", "petadata=ap-southeast-1 cn-beijing cn-hangzhou cn-hongkong cn-qingdao cn-shanghai cn-shenzhen us-east-1 us-west-1;*=ap-southeast-2 ap-southeast-5 cn-huhehaote cn-zhangjiakou eu-central-1 me-east-1"),
    ("polardb", "", "polardb=cn-beijing cn-hangzhou cn-hongkong cn-qingdao cn-shanghai cn-shenzhen;*=ap-south-1 ap-southeast-5 cn-huhehaote"),
    ("pts", "", "pts=cn-hangzhou"),
    ("push", "cloudpush", ""),
    ("pvtz", "", "pvtz=ap-southeast-1 cn-hangzhou"),
    ("qualitycheck", "", "*=cn-hangzhou"),
    ("ram", "ram", ""),
    ("rds", "rds", "rds=ap-southeast-1 cn-beijing cn-hangzhou cn-hongkong cn-qingdao cn-shanghai cn-shenzhen us-east-1 us-west-1;*=ap-northeast-1 ap-south-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-huhehaote cn-zhangjiakou eu-central-1 eu-west-1 me-east-1"),
    ("redisa", "r-kvstore", "r-kvstore=cn-beijing cn-hangzhou cn-qingdao cn-shanghai cn-shenzhen;r-kvstore.ap-northeast-1=ap-northeast-1;r-kvstore.ap-south-1=ap-south-1;r-kvstore.ap-southeast-1=ap-southeast-1;r-kvstore.ap-southeast-2=ap-southeast-2;r-kvstore.ap-southeast-3=ap-southeast-3;r-kvstore.ap-southeast-5=ap-southeast-5;r-kvstore.cn-hongkong=cn-hongkong;r-kvstore.cn-huhehaote=cn-huhehaote;r-kvstore.cn-zhangjiakou=cn-zhangjiakou;r-kvstore.eu-central-1=eu-central-1;r-kvstore.eu-west-1=eu-west-1;r-kvstore.me-east-1=me-east-1;r-kvstore.us-east-1=us-east-1;r-kvstore.us-west-1=us-west-1"),
    ("ros", "ros", "ros=cn-hangzhou"),
    ("rtc", "", "rtc=cn-hangzhou"),
    ("saf", "", "saf.cn-shanghai=cn-hangzhou;*=cn-shanghai cn-shenzhen"),
    ("sca", "", "qualitycheck.cn-hangzhou=cn-hangzhou"),
    ("scdn", "", "scdn=cn-hangzhou"),
    ("slb", "slb", "slb=ap-southeast-1 cn-beijing cn-hangzhou cn-hongkong cn-qingdao cn-shanghai cn-shenzhen us-east-1 us-west-1;*=ap-northeast-1 ap-south-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-huhehaote cn-zhangjiakou eu-central-1 eu-west-1 me-east-1"),
    ("smartag", "", "*=ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-hongkong cn-shanghai eu-central-1"),
    ("sts", "sts", ""),
    ("trademark", "", "trademark=cn-hangzhou"),
    ("uis", "", "*=cn-hangzhou"),
    ("vipaegis", "aegis.cn-hangzhou", "aegis.ap-southeast-3=ap-southeast-3;aegis.cn-hangzhou=cn-hangzhou"),
    ("vod", "", "vod.cn-shanghai=cn-beijing cn-hangzhou cn-shenzhen;*=ap-southeast-1 cn-shanghai eu-central-1"),
    ("vpc", "vpc", "vpc=ap-southeast-1 cn-beijing cn-hangzhou cn-hongkong cn-qingdao cn-shanghai cn-shenzhen us-east-1 us-west-1;*=ap-northeast-1 ap-south-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-huhehaote cn-zhangjiakou eu-central-1 eu-west-1 me-east-1"),
    ("vs", "", "*=cn-hangzhou cn-shanghai"),
    ("waf", "", "wafopenapi.cn-hangzhou=cn-hangzhou"),
    ("xianzhi", "", "xianzhi=cn-hangzhou"),
    ("yunmarket", "", "market=cn-hangzhou"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_whole() {
        assert!(PRODUCTS.is_sorted_by(|a, b| a.0 < b.0));
        let hosts: usize = PRODUCTS.iter().map(|(product, _, _)| regions(product).len()).sum();
        let everywhere = PRODUCTS.iter().filter(|(product, _, _)| global(product).is_some()).count();
        assert_eq!((hosts, everywhere), (742, 36));
        for (product, _, _) in PRODUCTS {
            assert!(regions(product).iter().all(|region| regional(product, region).is_some()), "{product}");
        }
        assert_eq!(regional("ecs", "cn-beijing").as_deref(), Some("ecs-cn-hangzhou.aliyuncs.com"));
        assert_eq!(global("cds").as_deref(), Some("cds.cn-beijing.aliyuncs.com"));
    }
}
