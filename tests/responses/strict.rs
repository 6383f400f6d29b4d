//! Without tolerance.

use cloudcall::{Alibaba, ErrorKind, Tencent, cloud_action, cloud_model};

use crate::support::{client, responses};

#[cloud_model(provider = "alibaba", response, strict)]
#[derive(PartialEq)]
struct Exact {
    name: Option<String>,
    count: Option<i64>,
    items: Option<Vec<Inner>>,
}

#[cloud_model(provider = "alibaba", response)]
#[derive(PartialEq)]
struct Inner {
    size: Option<i64>,
}

#[cloud_model(provider = "alibaba", response)]
struct Outer {
    exact: Option<Exact>,
    count: Option<i64>,
}

#[cloud_action(provider = "alibaba", product = "ecs", version = "2014-05-26", response = Exact)]
struct DescribeExact {}

#[cloud_action(provider = "alibaba", product = "ecs", version = "2014-05-26", response = Outer)]
struct DescribeOuter {}

/// Odd members, and where the error says they are.
const ODD: [(&str, &str); 12] = [
    (r#"{"Count":"7"}"#, "`Count`: found a text, expected an integer"),
    (r#"{"Count":""}"#, "`Count`: found an empty text, expected an integer"),
    (r#"{"Count":1.0}"#, "`Count`: found a fraction, expected an integer"),
    (r#"{"Count":9223372036854775808}"#, "`Count`: found a number out of range, expected an integer"),
    (r#"{"Name":7}"#, "`Name`: found a number, expected a text"),
    (r#"{"Name":["a"]}"#, "`Name`: found a list, expected a text"),
    (r#"{"Items":{"Size":1}}"#, "`Items`: found an object, expected a list"),
    (r#"{"Items":[null]}"#, "`Items[0]`: found null, expected an object"),
    (r#"{"Items":""}"#, "`Items`: found an empty text, expected a list"),
    (r#"{"Items":[{"Size":1},{"Size":true}]}"#, "`Items[1].Size`: found a flag, expected an integer"),
    (r#"{"Name":"a","Name":"b"}"#, "`Name`: found the member more than once"),
    (r#"{"Name":"\ud83d"}"#, "`Name`: found half a surrogate pair"),
];

#[tokio::test]
async fn a_strict_model_takes_nothing_odd() {
    for (body, wanted) in ODD {
        let error = client::<Alibaba>(body).describe_exact().send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.message().contains(wanted), "{body}: {error}");
        // Also within a tolerant one.
        let body = format!("{{\"Count\":\"x\",\"Exact\":{body}}}");
        let error = client::<Alibaba>(body).describe_outer().send().await.unwrap_err();
        assert!(error.message().contains(&wanted.replacen('`', "`Exact.", 1)), "{error}");
    }
    let body = r#"{"Name":null,"Count":7,"Items":[{"Size":1}],"Unknown":"\u00e9"}"#;
    let exact = client::<Alibaba>(body).describe_exact().send().await.unwrap();
    assert_eq!((exact.count, exact.items.as_ref().unwrap()[0].size), (Some(7), Some(1)));
    let outer =
        client::<Alibaba>(r#"{"Count":"x","Exact":{"Count":1}}"#).describe_outer().send().await.unwrap();
    assert_eq!(
        (outer.count, outer.exact.as_ref().unwrap().count, outer.warnings().len()),
        (None, Some(1), 1)
    );
}

#[tokio::test]
async fn a_strict_client_takes_nothing_odd() {
    for (body, wanted) in ODD {
        let body = format!("{{\"Exact\":{body}}}");
        let client = responses::<Alibaba>(200, body).strict_responses(true).build().unwrap();
        let error = client.describe_outer().send().await.unwrap_err();
        assert!(error.message().contains(&wanted.replacen('`', "`Exact.", 1)), "{error}");
    }
    let client = |body: &str| responses::<Alibaba>(200, body).strict_responses(true).build().unwrap();
    let error = client(r#"{"Count":"7"}"#).describe_outer().send().await.unwrap_err();
    assert!(error.message().contains("`Count`: found a text, expected an integer"), "{error}");
    assert_eq!(client(r#"{"Count":7}"#).describe_outer().send().await.unwrap().count, Some(7));
}

#[tokio::test]
async fn a_strict_client_still_sees_errors_of_the_service() {
    let body = r#"{"Response":{"Error":{"Code":"AuthFailure.X","Message":"m"},"RequestId":"r"}}"#;
    let client = responses::<Tencent>(200, body).strict_responses(true).build().unwrap();
    let error = client.raw("cvm", "2017-03-12", "DescribeIt").send().await.unwrap_err();
    assert_eq!(error.code(), Some("AuthFailure.X"));
}
