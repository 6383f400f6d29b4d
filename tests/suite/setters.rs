//! What setters take: every natural way to write a list, and the values of a call that cannot be sent.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use cloudcall::action::Param;
use cloudcall::testing::MockTransport;
use cloudcall::{Alibaba, Error, ErrorKind, cloud_action, cloud_model};

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
struct ModifyThings {
    ids: Option<Vec<String>>,
    filters: Option<Vec<Filter>>,
    ports: Option<Vec<i64>>,
    rows: Option<Vec<Vec<String>>>,
    tags: Option<BTreeMap<String, String>>,
    more: Option<HashMap<String, i64>>,
    data: Option<Vec<u8>>,
}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
struct ModifyAll {
    ids: Vec<String>,
    filters: Vec<Filter>,
    ports: Vec<i64>,
}

#[cloud_model(provider = "tencent", request)]
#[derive(Clone, PartialEq)]
struct Filter {
    name: String,
}

fn filter(name: &str) -> Filter {
    Filter::new(name)
}

#[test]
fn lists_of_texts_are_taken_as_they_are_written() {
    let wanted = Some(vec!["a".to_owned(), "b".to_owned()]);
    let owned = vec!["a".to_owned(), "b".to_owned()];
    let borrowed = vec!["a", "b"];
    for action in [
        ModifyThings::builder().ids(["a", "b"]).build(),
        ModifyThings::builder().ids(vec!["a", "b"]).build(),
        ModifyThings::builder().ids(&["a", "b"]).build(),
        ModifyThings::builder().ids(["a", "b"].map(String::from)).build(),
        ModifyThings::builder().ids(owned.clone()).build(),
        ModifyThings::builder().ids(&owned).build(),
        ModifyThings::builder().ids(owned.as_slice()).build(),
        ModifyThings::builder().ids(owned.iter()).build(),
        ModifyThings::builder().ids(owned.iter().map(|id| id.as_str())).build(),
        ModifyThings::builder().ids(&borrowed).build(),
        ModifyThings::builder().ids(borrowed.iter()).build(),
        ModifyThings::builder().ids(borrowed.iter().copied()).build(),
        ModifyThings::builder().ids(Some(owned.clone())).build(),
        ModifyThings::builder().ids(Some(vec!["a", "b"])).build(),
        ModifyThings::builder().ids(['a', 'b']).build(),
        ModifyThings::builder().ids(BTreeSet::from(["b", "a"])).build(),
    ] {
        assert_eq!(action.ids, wanted);
    }
    let none: Option<Vec<String>> = None;
    assert_eq!(ModifyThings::builder().ids(none).build().ids, None);
    // Its elements could be anything that becomes a text, so that they are named.
    assert_eq!(ModifyThings::builder().ids(Vec::<String>::new()).build().ids, Some(Vec::new()));
    let all = ModifyAll::builder().ids(&["a", "b"]).filters(vec![]).ports([]).build();
    assert_eq!((Some(all.ids), all.filters, all.ports), (wanted, vec![], vec![]));
}

#[test]
fn other_lists_are_taken_as_they_are_written_also_empty_ones() {
    let two = vec![filter("a"), filter("b")];
    for action in [
        ModifyThings::builder().filters([filter("a"), filter("b")]).build(),
        ModifyThings::builder().filters(two.clone()).build(),
        ModifyThings::builder().filters(&two).build(),
        ModifyThings::builder().filters(two.as_slice()).build(),
        ModifyThings::builder().filters(&[filter("a"), filter("b")]).build(),
        ModifyThings::builder().filters(["a", "b"].into_iter().map(filter)).build(),
        ModifyThings::builder().filters(VecDeque::from(two.clone())).build(),
        ModifyThings::builder().filters(Some(two.clone())).build(),
    ] {
        assert_eq!(action.filters, Some(two.clone()));
    }
    let empty = ModifyThings::builder().filters(vec![]).ports([]).rows(vec![]).build();
    assert_eq!((empty.filters, empty.ports, empty.rows), (Some(vec![]), Some(vec![]), Some(vec![])));
    let empty = ModifyThings::builder().filters([]).ports(Vec::new()).rows([vec![]]).build();
    assert_eq!((empty.filters, empty.ports, empty.rows), (Some(vec![]), Some(vec![]), Some(vec![vec![]])));
    let ports = ModifyThings::builder().ports([80, 443]).build();
    assert_eq!(ports.ports, Some(vec![80, 443]));
    assert_eq!(ModifyThings::builder().ports(vec![80, 443]).build().ports, ports.ports);
    assert_eq!(ModifyThings::builder().ports(80..82).build().ports, Some(vec![80, 81]));
    assert_eq!(ModifyThings::builder().data("text").build().data, Some(b"text".to_vec()));
}

#[test]
fn maps_are_taken_from_pairs_also_empty_ones() {
    let pair = || ("k".to_owned(), "v".to_owned());
    let tags = BTreeMap::from([pair()]);
    for action in [
        ModifyThings::builder().tags(tags.clone()).build(),
        ModifyThings::builder().tags([pair()]).build(),
        ModifyThings::builder().tags(vec![pair()]).build(),
        ModifyThings::builder().tags(HashMap::from([pair()])).build(),
    ] {
        assert_eq!(action.tags, Some(tags.clone()));
    }
    let empty = ModifyThings::builder().tags(BTreeMap::new()).more([]).build();
    assert_eq!((empty.tags, empty.more), (Some(BTreeMap::new()), Some(HashMap::new())));
}

/// Names that mean something to the compiler, to the standard library, or in generated code.
mod names {
    macro_rules! actions {
        ($($module:ident $name:ident $method:ident)+) => {$(
            mod $module {
                #[cloudcall::cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Reply,
                                          paginate(offset = offset, limit = limit, total = total, items = rows))]
                struct $name {
                    target: ::std::string::String,
                    name: i64,
                    r#type: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
                    r#gen: ::core::option::Option<bool>,
                    offset: ::core::option::Option<i64>,
                    limit: ::core::option::Option<i64>,
                }

                #[cloudcall::cloud_model(provider = "tencent", response)]
                struct Reply {
                    total: ::core::option::Option<i64>,
                    rows: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
                }

                #[test]
                fn is_built_and_called() {
                    let mock = cloudcall::testing::MockTransport::builder().build().unwrap();
                    let client = mock.client::<cloudcall::Tencent>().build().unwrap();
                    let call = client.$method().target("t").name(1).r#type(["x"]).r#gen(true).limit(2);
                    ::core::mem::drop(call.items());
                    let action = $name::builder().name(1).target("t").build();
                    ::core::assert_eq!(action.target, "t");
                }
            }
        )+};
    }

    actions! {
        r#gen Gen r#gen
        r#async Async r#async
        r#await Await r#await
        r#type Type r#type
        r#match Match r#match
        r#try Try r#try
        r#yield Yield r#yield
        r#dyn Dyn r#dyn
        r#box Box r#box
        r#move Move r#move
        a A a
        t T t
        s S s
        v V v
        e E e
        m M m
        client Client client
        target Target target
        way Way way
        given Given given
        bound Bound bound
        value Value value
        member Member member
        item Item item
        list List list
        option Option option
        vec Vec vec
        string String string
        result Result result
        ok Ok ok
        some Some some
        none None none
        default Default default
        clone Clone clone_
        send Send send
        sync Sync sync
        drop_ Drop drop
        debug Debug debug
        from From from
        into Into into_
        iterator Iterator iterator
        into_iterator IntoIterator into_iterator
        error Error error
        action Action action
        invoker Invoker invoker_
        invoke Invoke invoke
        raw Raw raw_
        raw_action RawAction raw_action_
        try_into TryInto try_into_
        to_owned ToOwned to_owned_
        response Response response
        fields Fields fields
        param Param param
        builder Builder builder
        region Region region_
        run Run run_
        build Build build
        new New new
        core_ Core core
        std_ Std std
        serde_ Serde serde
        cloudcall_ Cloudcall cloudcall
        output Output output
        provider Provider provider
        caller Caller caller
    }
}

/// Type parameters under names that generated code has, too.
#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
struct Gen2<A, T, V, Target> {
    a: A,
    t: T,
    v: Option<V>,
    target: Option<Target>,
}

#[test]
fn type_parameters_may_have_any_name() {
    let action = Gen2::<i64, String, bool, Vec<i64>>::builder().a(1).t("x".to_owned()).target(vec![]).build();
    assert_eq!((action.a, &*action.t, action.v, action.target), (1, "x", None, Some(vec![])));
}

#[cloud_action(provider = "alibaba", product = "bpstudio", version = "2021-09-31", style = "rpc")]
struct ListTemplates {
    ratio: f64,
    ratios: Option<Vec<f64>>,
    by_name: Option<BTreeMap<String, f32>>,
    model: Option<Ratio>,
}

#[cloud_model(provider = "alibaba", request)]
struct Ratio {
    deep: Option<Vec<Option<f64>>>,
}

#[test]
fn a_number_that_is_none_is_an_error_that_names_the_parameter() {
    let mock = MockTransport::builder().build().unwrap();
    let client = mock.client::<Alibaba>().region("cn-hangzhou").build().unwrap();
    let call = |ratio: f64| client.list_templates().ratio(ratio);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let failed = |error: Option<Error>, name: &str| {
        let error = error.unwrap();
        assert_eq!(error.kind(), ErrorKind::Config, "{error}");
        assert!(error.message().contains(&format!("`{name}`")), "{error}");
        assert!(error.message().contains("NaN") || error.message().contains("inf"), "{error}");
    };
    let sent = |call: cloudcall::call::Invoker<ListTemplates>| runtime.block_on(call.invoke()).err();
    failed(sent(call(f64::NAN).invoker()), "Ratio");
    failed(sent(call(1.0).ratios([1.0, f64::INFINITY]).invoker()), "Ratios");
    failed(sent(call(1.0).by_name([("a".to_owned(), f32::NEG_INFINITY)]).invoker()), "ByName");
    let model = Ratio { deep: Some(vec![Some(1.0), None, Some(f64::NAN)]) };
    failed(sent(call(1.0).model(model).invoker()), "Model");

    let raw = || client.raw("ecs", "2014-05-26", "DescribeThings");
    failed(runtime.block_on(raw().param(Param::new("Ratio"), f64::NAN).invoke()).err(), "Ratio");
    failed(runtime.block_on(raw().param(Param::new("Ratio"), [Some(f32::INFINITY)]).invoke()).err(), "Ratio");
    let error = runtime.block_on(raw().json(BTreeMap::from([("Ratio", f64::NAN)])).invoke()).err().unwrap();
    assert!(error.kind() == ErrorKind::Config && error.message().contains("NaN"), "{error}");
    assert!(mock.requests().is_empty(), "nothing is sent");
}
