//! What is no response, what looks like an error and is none, and what an error keeps.

use cloudcall::{Alibaba, ErrorKind, Huawei, Tencent, cloud_action, cloud_model};

use crate::support::{client, odd, responses};

#[cloud_model(provider = "alibaba", response)]
#[derive(PartialEq)]
struct Counted {
    count: i64,
}

#[cloud_action(provider = "alibaba", product = "ecs", version = "2014-05-26", response = Counted)]
struct DescribeCount {}

#[cloud_action(provider = "alibaba", product = "cs", version = "2015-12-15", style = "roa", method = "DELETE",
               path = "/clusters", response = ())]
struct DeleteCluster {}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = ())]
struct DescribeNothing {}

#[cloud_model(provider = "huawei", response)]
#[derive(Default, PartialEq)]
struct Vpcs {
    vpcs: Option<Vec<String>>,
    #[param(header = "X-Total")]
    total: Option<i64>,
}

#[cloud_action(provider = "huawei", product = "vpc", version = "v3", method = "GET", path = "/v3/vpcs", response = Vpcs)]
struct ListVpcs {}

#[cloud_action(provider = "huawei", product = "vpc", version = "v3", method = "GET", path = "/v3/ids", response = Vec<i64>)]
struct ListIds {}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_no_service_error() {
    for code in
        ["\"SUCCESS\"", "\"Success\"", "\"OK\"", "\"ok\"", "\"200\"", "200", "0", "\"0\"", "\"\"", "null"]
    {
        let body = format!("{{\"Code\":{code},\"Message\":\"done\",\"Count\":{{}},\"RequestId\":\"r-1\"}}");
        let error = client::<Alibaba>(body).describe_count().send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{code}: {error}");
        assert!(error.message().contains("`Count`: found an object, expected an integer"), "{code}: {error}");
        assert_eq!(error.request_id(), Some("r-1"), "{code}");
    }
    let body = r#"{"Code":"InvalidAccount.NotFound","Message":"no","RequestId":"r-1"}"#;
    let error = client::<Alibaba>(body).describe_count().send().await.unwrap_err();
    assert_eq!(error.code(), Some("InvalidAccount.NotFound"));
}

#[tokio::test]
async fn nothing_is_a_response_only_where_the_api_says_so() {
    for body in ["", " \n", "null", "\"\""] {
        let vpcs = client::<Huawei>(body).list_vpcs().send().await.unwrap();
        assert_eq!(*vpcs, Vpcs::default(), "{body:?}");
        assert!(vpcs.warnings().is_empty());
        assert!(client::<Huawei>(body).list_ids().send().await.unwrap().is_empty(), "{body:?}");
        client::<Alibaba>(body).delete_cluster().send().await.unwrap();
        for error in [
            odd(body).await.map(drop).unwrap_err(),
            client::<Tencent>(body).describe_nothing().send().await.map(drop).unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Decode, "{body:?}: {error}");
        }
    }
    responses::<Alibaba>(204, "").build().unwrap().delete_cluster().send().await.unwrap();
    responses::<Huawei>(204, "").build().unwrap().list_vpcs().send().await.unwrap();
    for body in ["{\"Response\":null}", "{\"Response\":7}", "{\"Response\":[]}", "{\"Response\":\"\"}"] {
        let error = client::<Tencent>(body).describe_nothing().send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error}");
    }
    client::<Tencent>("{\"Response\":{}}").describe_nothing().send().await.unwrap();
}

#[tokio::test]
async fn an_error_keeps_the_whole_body_and_the_request_id() {
    let filler = "x".repeat(100_000);
    for body in [
        format!("{{\"Count\":\"bad\",\"Filler\":\"{filler}\",\"RequestId\":\"r-7\",\"End\":1}}"),
        format!("{{\"RequestId\":\"r-7\",\"Filler\":\"{filler}\",\"Count\":\"bad\"}}"),
        format!("{{\"RequestId\":\"r-7\",\"Filler\":\"{filler}\",\"Count\":"),
        format!("{{\"Count\":nope,\"Filler\":\"{filler}\",\"RequestId\":\"r-7\"}}"),
    ] {
        let error = client::<Alibaba>(&*body).describe_count().send().await.unwrap_err();
        assert_eq!((error.kind(), error.request_id()), (ErrorKind::Decode, Some("r-7")), "{error}");
        assert_eq!(error.unmasked_body().unwrap(), body.as_bytes());
        assert_eq!(error.raw_body().unwrap().len(), body.len());
        assert!(error.to_string().len() < 1000, "{error}");
    }
}

#[tokio::test]
async fn odd_headers_and_top_level_lists() {
    use cloudcall::testing::{MockResponse, MockRule, MockTransport};
    for (header, wanted, warned) in [("7", Some(7), 0), ("", None, 0), ("many", None, 1), ("1.5", None, 1)] {
        let response =
            MockResponse::raw(200, "application/json", r#"{"vpcs":["a"]}"#).header("X-Total", header);
        let mock = MockTransport::builder().rule(MockRule::any().respond(response)).build().unwrap();
        let client = mock.client::<Huawei>().region("cn-north-4").build().unwrap();
        let vpcs = client.list_vpcs().send().await.unwrap();
        assert_eq!((vpcs.total, vpcs.warnings().len()), (wanted, warned), "{header:?}");
        assert_eq!(vpcs.vpcs.as_deref(), Some(&["a".to_owned()][..]));
    }
    let ids = client::<Huawei>("[1,\"2\",null,\"x\"]").list_ids().send().await.unwrap();
    assert_eq!((&**ids, ids.warnings()[0].path()), (&[1, 2][..], "[3]"));
}

/// A response of the largest size with nothing but odd members is read, and its warnings are few.
#[tokio::test]
async fn a_large_odd_body_is_read_in_linear_time() {
    let body = format!("{{\"Numbers\":[{}\"x\"],\"Kept\":\"k\"}}", "\"x\",".repeat(4 * 1024 * 1024));
    let response = odd(&body).await.unwrap();
    assert_eq!((response.numbers.as_deref(), response.kept.as_deref()), (Some(&[][..]), Some("k")));
    assert_eq!(response.warnings().len(), 100);
    let body = format!("{{\"Map\":{{{}\"k\":1}}}}", "\"k\":\"x\",".repeat(1024 * 1024));
    let response = odd(&body).await.unwrap();
    assert_eq!((response.map.as_ref().unwrap()["k"], response.warnings().len()), (1, 100));
}

#[tokio::test]
async fn hostile_bodies_end_as_errors() {
    let deep = format!("{{\"Boxed\":{}1{}}}", "{\"Boxed\":".repeat(200), "}".repeat(200));
    let lists = format!("{{\"Items\":{}1{}}}", "{\"X\":[".repeat(100), "]}".repeat(100));
    for body in [deep, lists] {
        assert_eq!(odd(&body).await.unwrap_err().kind(), ErrorKind::Decode);
    }
}
