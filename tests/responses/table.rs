//! What each odd member reads as: the table of `docs/responses.md`. The rest of the response is there in every case.

use std::collections::HashMap;

use cloudcall::ErrorKind;

use crate::support::{Item, Odd, State, User, odd, paths};

/// Reads `{MEMBER, "Kept": "k"}`, wants what `change` makes of an empty response, and warnings at these paths.
async fn reads(member: &str, warned: &[&str], change: impl FnOnce(&mut Odd)) {
    let mut wanted = Odd { kept: Some("k".into()), ..Odd::default() };
    change(&mut wanted);
    for body in [format!("{{{member},\"Kept\":\"k\"}}"), format!("{{ \"Kept\" : \"k\",\n{member} }}")] {
        let response = odd(&body).await.unwrap_or_else(|error| panic!("{body}: {error}"));
        assert_eq!(*response, wanted, "{body}");
        assert_eq!(paths(&response), warned, "{body}");
    }
}

fn item(key: &str) -> Item {
    Item { key: Some(key.into()), ..Item::default() }
}

fn some<T: Into<String>>(text: T) -> Option<String> {
    Some(text.into())
}

#[tokio::test]
async fn nothing_for_a_number_or_a_flag() {
    for nothing in ["\"\"", "\"  \"", "null"] {
        for member in ["Count", "Small", "Ratio", "Ok"] {
            reads(&format!("\"{member}\":{nothing}"), &[], |_| {}).await;
        }
    }
    for (found, members) in [
        ("\"N/A\"", ["Count", "Small", "Big", "Ratio", "Ok"].as_slice()),
        ("\"-\"", &["Count", "Ratio", "Ok"]),
        ("{}", &["Count", "Ratio", "Ok"]),
        ("{\"a\":[1,{}]}", &["Count", "Ratio", "Ok"]),
        ("[]", &["Count", "Ratio", "Ok"]),
        ("[5]", &["Count", "Ratio"]),
        ("true", &["Count", "Ratio"]),
        ("2", &["Ok"]),
        ("1e400", &["Count", "Ratio", "Ok"]),
    ] {
        for member in members {
            reads(&format!("\"{member}\":{found}"), &[member], |_| {}).await;
        }
    }
}

#[tokio::test]
async fn integers_are_whole_and_exact() {
    for (literal, wanted) in [
        ("7", Some(7)),
        ("\"7\"", Some(7)),
        ("\" 7 \"", Some(7)),
        ("1.0", Some(1)),
        ("\"1.0\"", Some(1)),
        ("1e3", Some(1000)),
        ("-0", Some(0)),
        ("9007199254740993.0", Some(9_007_199_254_740_993)),
        ("9223372036854775807", Some(i64::MAX)),
        ("\"9223372036854775807\"", Some(i64::MAX)),
        ("1.5", None),
        ("\"1.5\"", None),
        ("2.14E-4", None),
        ("9223372036854775808", None),
        ("\"9223372036854775808\"", None),
        ("12345678901234567890123", None),
        ("1e30", None),
    ] {
        let warned: &[&str] = if wanted.is_some() { &[] } else { &["Count"] };
        reads(&format!("\"Count\":{literal}"), warned, |odd| odd.count = wanted).await;
    }
    reads("\"Small\":256", &["Small"], |_| {}).await;
    reads("\"Small\":-1", &["Small"], |_| {}).await;
    reads("\"Small\":255", &[], |odd| odd.small = Some(255)).await;
    reads("\"Big\":18446744073709551615", &[], |odd| odd.big = Some(u64::MAX)).await;
    reads("\"Numbers\":[1,\"2\",3.0,\"x\",null,4.5,5]", &["Numbers[3]", "Numbers[5]"], |odd| {
        odd.numbers = Some(vec![1, 2, 3, 5]);
    })
    .await;
}

#[tokio::test]
async fn floats_are_exact() {
    for k in 1..=300_u32 {
        let percent = f64::from(k) / 301.0 * 100.0;
        reads(&format!("\"Ratio\":{percent:?}"), &[], |odd| odd.ratio = Some(percent)).await;
        reads(&format!("\"Ratio\":\"{percent:?}\""), &[], |odd| odd.ratio = Some(percent)).await;
    }
    reads("\"Ratio\":99.99999999999999", &[], |odd| odd.ratio = Some(99.999_999_999_999_99)).await;
    reads("\"Ratio\":9007199254740993", &[], |odd| odd.ratio = Some(9_007_199_254_740_992.0)).await;
}

#[tokio::test]
async fn texts_keep_the_literal() {
    for literal in [
        "7",
        "-0",
        "1.10",
        "12.50",
        "1E5",
        "1e+5",
        "100000000000000000000",
        "12345678901234567890123",
        "123456789012345678.9",
        "18446744073709551616",
        "1e400",
        "true",
        "false",
    ] {
        reads(&format!("\"Name\":{literal}"), &[], |odd| odd.name = some(literal)).await;
        let list = format!("\"Tags\":[\"a\",{literal}]");
        reads(&list, &[], |odd| odd.tags = Some(vec!["a".into(), literal.into()])).await;
    }
    reads("\"State\":1.10", &[], |odd| odd.state = Some(State::Other("1.10".into()))).await;
    reads("\"Name\":\"\"", &[], |odd| odd.name = some("")).await;
    reads("\"Name\":null", &[], |_| {}).await;
}

#[tokio::test]
async fn an_object_or_a_list_for_a_text_is_its_json() {
    for json in [
        r#"{"a":"b"}"#,
        r#"["a"]"#,
        "{}",
        "[]",
        r#"{"z":1.10,"a":[12345678901234567890123,null,{"q":"\"\n"}]}"#.trim(),
    ] {
        let json = json.replace('\n', "\\n");
        reads(&format!("\"Name\":{json}"), &["Name"], |odd| odd.name = some(&*json)).await;
    }
    reads("\"State\":{\"a\":1}", &["State"], |odd| odd.state = Some(State::Other("{\"a\":1}".into()))).await;
}

#[tokio::test]
async fn empty_things_for_structures_lists_and_maps() {
    for empty in ["\"\"", "\" \"", "[]", "null"] {
        reads(&format!("\"Item\":{empty}"), &[], |_| {}).await;
        reads(&format!("\"Map\":{empty}"), &[], |_| {}).await;
        reads(&format!("\"User\":{empty}"), &[], |_| {}).await;
    }
    reads("\"Item\":{}", &[], |odd| odd.item = Some(Item::default())).await;
    reads("\"User\":{}", &[], |_| {}).await;
    reads("\"Map\":{}", &[], |odd| odd.map = Some(HashMap::new())).await;
    for (member, empty) in [("Tags", "\"\""), ("Items", "\"\""), ("Tags", "null"), ("Items", "null")] {
        reads(&format!("\"{member}\":{empty}"), &[], |_| {}).await;
    }
    reads("\"Tags\":{}", &[], |odd| odd.tags = Some(vec![])).await;
    reads("\"Items\":{}", &[], |odd| odd.items = Some(vec![])).await;
    reads("\"Maybe\":{}", &[], |odd| odd.maybe = Some(vec![])).await;
    reads("\"Items\":[{\"Key\":\"a\"},\"\",[],{\"Key\":\"b\"}]", &[], |odd| {
        odd.items = Some(vec![item("a"), item("b")]);
    })
    .await;
}

#[tokio::test]
async fn one_object_for_a_list_and_a_list_of_one_for_an_object() {
    reads("\"Items\":{\"Key\":\"a\"}", &[], |odd| odd.items = Some(vec![item("a")])).await;
    reads("\"Items\":{\"Unknown\":1,\"Key\":\"a\"}", &[], |odd| odd.items = Some(vec![item("a")])).await;
    reads("\"Maybe\":{\"Key\":\"a\"}", &[], |odd| odd.maybe = Some(vec![Some(item("a"))])).await;
    reads("\"Tags\":\"a\"", &[], |odd| odd.tags = Some(vec!["a".into()])).await;
    reads("\"Numbers\":\"7\"", &[], |odd| odd.numbers = Some(vec![7])).await;
    reads("\"Item\":[{\"Key\":\"a\"}]", &[], |odd| odd.item = Some(item("a"))).await;
    reads("\"Item\":[{\"Key\":\"a\"},{\"Key\":\"b\"}]", &["Item"], |_| {}).await;
    reads("\"Item\":\"text\"", &["Item"], |_| {}).await;
    reads("\"Items\":7", &["Items"], |_| {}).await;
    reads("\"Map\":[1]", &["Map"], |_| {}).await;
}

#[tokio::test]
async fn wrappers_are_taken_off() {
    for wrapper in ["X", "Instance", "member"] {
        let both = format!("\"Items\":{{\"{wrapper}\":[{{\"Key\":\"a\"}},{{\"Key\":\"b\"}}]}}");
        reads(&both, &[], |odd| odd.items = Some(vec![item("a"), item("b")])).await;
        let one = format!("\"Items\":{{\"{wrapper}\":{{\"Key\":\"a\"}}}}");
        reads(&one, &[], |odd| odd.items = Some(vec![item("a")])).await;
        for empty in ["[]", "{}", "null", "\"\""] {
            reads(&format!("\"Items\":{{\"{wrapper}\":{empty}}}"), &[], |odd| odd.items = Some(vec![])).await;
        }
        let texts = format!("\"Tags\":{{\"{wrapper}\":[\"a\",\"b\"]}}");
        reads(&texts, &[], |odd| odd.tags = Some(vec!["a".into(), "b".into()])).await;
        let numbers = format!("\"Numbers\":{{\"{wrapper}\":[1,2]}}");
        reads(&numbers, &[], |odd| odd.numbers = Some(vec![1, 2])).await;
        let lists = format!("\"Matrix\":{{\"{wrapper}\":[[1.5],[2]]}}");
        reads(&lists, &[], |odd| odd.matrix = Some(vec![vec![1.5], vec![2.0]])).await;
    }
    // `Item` is a member of the element's type, so that this is one element.
    reads("\"Items\":{\"Item\":[{\"Key\":\"a\"}]}", &[], |odd| {
        odd.items = Some(vec![Item { item: Some(vec![item("a")]), ..Item::default() }]);
    })
    .await;
    reads("\"Items\":{\"X\":1,\"Y\":2}", &["Items"], |_| {}).await;
    reads("\"Items\":{\"X\":{\"Z\":1}}", &["Items"], |_| {}).await;
}

#[tokio::test]
async fn null_in_lists_and_maps_is_left_out() {
    reads("\"Tags\":[\"a\",null,\"b\"]", &[], |odd| odd.tags = Some(vec!["a".into(), "b".into()])).await;
    reads("\"Items\":[{\"Key\":\"a\"},null]", &[], |odd| odd.items = Some(vec![item("a")])).await;
    reads("\"Maybe\":[{\"Key\":\"a\"},null]", &[], |odd| odd.maybe = Some(vec![Some(item("a")), None])).await;
    reads("\"Matrix\":[[1,null],null]", &[], |odd| odd.matrix = Some(vec![vec![1.0]])).await;
    reads("\"Map\":{\"a\":1,\"b\":null,\"c\":\"x\"}", &["Map.c"], |odd| {
        odd.map = Some(HashMap::from([("a".into(), 1)]));
    })
    .await;
    reads("\"ByName\":{\"a\":{\"Key\":\"a\",\"Size\":\"x\"},\"b\":null}", &["ByName.a.Size"], |odd| {
        odd.by_name = Some(HashMap::from([("a".into(), item("a"))]));
    })
    .await;
}

#[tokio::test]
async fn of_a_member_that_comes_twice_the_last_counts() {
    reads("\"Name\":\"a\",\"Count\":1,\"Name\":\"b\"", &["Name"], |odd| {
        (odd.name, odd.count) = (some("b"), Some(1));
    })
    .await;
    reads("\"Name\":\"a\",\"Name\":null", &["Name"], |_| {}).await;
    reads("\"Items\":[{\"Key\":\"a\"},{\"Key\":\"x\",\"Key\":\"b\"}]", &["Items[1].Key"], |odd| {
        odd.items = Some(vec![item("a"), item("b")]);
    })
    .await;
}

#[tokio::test]
async fn half_a_surrogate_pair_is_replaced() {
    reads(r#""Name":"a\ud83d","Count":1"#, &["Name"], |odd| {
        (odd.name, odd.count) = (some("a\u{fffd}"), Some(1));
    })
    .await;
    reads(r#""Items":[{"Key":"\udc00b"}],"Name":"\ud83d\ude00""#, &["Items[0].Key"], |odd| {
        (odd.items, odd.name) = (Some(vec![item("\u{fffd}b")]), some("😀"));
    })
    .await;
    // A member that the type does not have is not looked at.
    reads(r#""Unknown":"\ud83d""#, &[], |_| {}).await;
}

#[tokio::test]
async fn odd_members_at_any_depth() {
    reads(
        r#""Boxed":{"Items":[{"Size":"x"},{"Size":1.5,"Key":1.10}],"Boxed":{"Ok":"maybe","Name":"n"}}"#,
        &["Boxed.Items[0].Size", "Boxed.Items[1].Size", "Boxed.Boxed.Ok"],
        |odd| {
            let inner = Odd { name: some("n"), ..Odd::default() };
            let items = Some(vec![Item::default(), item("1.10")]);
            odd.boxed = Some(Box::new(Odd { items, boxed: Some(Box::new(inner)), ..Odd::default() }));
        },
    )
    .await;
}

#[tokio::test]
async fn a_member_that_has_to_be_there_is_still_needed() {
    reads(r#""User":{"Id":7.50,"Level":"x","Groups":null}"#, &["User.Level"], |odd| {
        odd.user = Some(User { id: "7.50".into(), level: 0, groups: vec![] });
    })
    .await;
    for (body, named) in [
        (r#"{"User":{"Groups":[]}}"#, "`User.Id`: found nothing, expected a text"),
        (r#"{"User":{"Id":null,"Groups":[]}}"#, "`User.Id`: found null, expected a text"),
        (r#"{"User":{"Id":"i","Groups":7.5,"Level":1}}"#, "Groups"),
        (r#"{"User":{"Id":"i"}}"#, "`User.Groups`: found nothing, expected a list"),
    ] {
        match odd(body).await {
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
                assert!(error.message().contains(named), "{body}: {error}");
            }
            // A lone number is a list of one.
            Ok(response) => assert_eq!(response.user.as_ref().unwrap().groups, ["7.5"], "{body}"),
        }
    }
}

#[tokio::test]
async fn warnings_say_what_was_found_and_never_the_value() {
    let body = r#"{"Count":"planted-value","Name":{"a":"planted-value"},"Items":[{"Size":true}]}"#;
    let response = odd(body).await.unwrap();
    let shown: Vec<String> = response.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "`Count`: found a text, expected an integer",
            "`Name`: found an object, expected a text",
            "`Items[0].Size`: found a flag, expected an integer",
        ]
    );
    assert!(!format!("{:?}", response.warnings()).contains("planted"));
    let many = format!("{{\"Numbers\":[{}]}}", vec!["\"x\""; 5000].join(","));
    assert_eq!(odd(&many).await.unwrap().warnings().len(), 100);
}
