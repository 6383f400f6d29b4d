//! Untyped responses: what the service sent, and nothing else.

use cloudcall::json::json;
use cloudcall::{Alibaba, ErrorKind, Huawei, Tencent, Value};

use crate::support::{client, odd, paths};

const BODY: &str = r#"{"Z":12345678901234567890123,"A":[1.10,12.50,1E5,-0,9223372036854775808],"M":{"b":null,"a":"x"},"RequestId":"r"}"#;

#[tokio::test]
async fn digits_and_order_stay() {
    let wrapped = format!("{{\"Response\":{BODY}}}");
    let tencent = client::<Tencent>(wrapped).raw("cvm", "2017-03-12", "DescribeIt").send().await.unwrap();
    let alibaba = client::<Alibaba>(BODY).raw("ecs", "2014-05-26", "DescribeIt").send().await.unwrap();
    for response in [tencent, alibaba] {
        assert_eq!(response.to_string(), BODY);
        assert_eq!(response.to_json().unwrap().to_string(), BODY);
        assert_eq!(response.request_id(), Some("r"));
        assert_eq!(response["Z"].to_string(), "12345678901234567890123");
        assert_eq!(response["A"][4].as_u64(), Some(1 << 63));
        assert!(response.warnings().is_empty());
    }
    let typed = odd(BODY).await.unwrap();
    assert_eq!(typed.to_json().unwrap().to_string(), BODY);
}

#[tokio::test]
async fn odd_texts_are_read() {
    let body = r#"{"Response":{"Name":"a\ud83d","Count":1,"Name":"b","RequestId":"r"}}"#;
    let response = client::<Tencent>(body).raw("cvm", "2017-03-12", "DescribeIt").send().await.unwrap();
    assert_eq!(*response, json!({"Name": "b", "Count": 1, "RequestId": "r"}));
    assert_eq!(paths(&response), ["Response.Name", "Response.Name"]);
    let value: Value = response.into_inner();
    assert_eq!(value["Count"], 1);
}

#[tokio::test]
async fn what_is_no_document_is_no_success() {
    for body in [
        "{\"Response\":null}",
        "{\"Response\":7}",
        "{\"Response\":\"ok\"}",
        "{\"Response\":[]}",
        "{}",
        "7",
        "\"ok\"",
        "null",
        "true",
        "",
        "  ",
        "[]",
        "{\"Response\":{}} x",
        "{\"Response\":{\"a\":1}",
        "NaN",
    ] {
        let error = client::<Tencent>(body).raw("cvm", "2017-03-12", "DescribeIt").send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error}");
    }
    for body in ["7", "\"ok\"", "null", "true", "", "  ", "{\"a\":1", "[1"] {
        let error = client::<Alibaba>(body).raw("ecs", "2014-05-26", "DescribeIt").send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error}");
    }
    let vpcs = cloudcall::action::ActionInfo::new("vpc", "v3", "ListVpcs")
        .with_method(cloudcall::http::Method::GET)
        .with_path("/v3/vpcs");
    for body in ["7", "\"ok\"", "true", "{\"a\":1", "[1"] {
        let error = client::<Huawei>(body).raw_action(vpcs.clone()).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error}");
    }
    for body in ["", " \r\n", "null", " null\n", "\"\"", "{}"] {
        let response = client::<Huawei>(body).raw_action(vpcs.clone()).send().await.unwrap();
        assert_eq!(*response, json!({}), "{body:?}");
    }
    assert_eq!(
        *client::<Huawei>("[1.10]").raw_action(vpcs).send().await.unwrap(),
        "[1.10]".parse::<Value>().unwrap()
    );
}
