use super::*;

/// The result of an expression over a document, as JSON.
fn found(text: &str, query: &str) -> String {
    let value: Value = text.parse().unwrap();
    Query::parse("query", query).unwrap().search(&value).unwrap().to_string()
}

#[test]
fn digits_and_the_order_of_members_stay() {
    let text = r#"{"Set": [{"Z": 12345678901234567890123, "A": 1.50}, {"Z": 2, "A": 1.5}]}"#;
    assert_eq!(found(text, "Set[0]"), r#"{"Z":12345678901234567890123,"A":1.50}"#);
    assert_eq!(found(text, "Set[].{Id: Z, Cost: A} | [0]"), r#"{"Id":12345678901234567890123,"Cost":1.50}"#);
    assert_eq!(found(text, "sort_by(Set, &Z)[].Z"), "[2,12345678901234567890123]");
    assert_eq!(found(text, "sum(Set[].Z)"), "12345678901234567890125");
    assert_eq!(found(text, "Set[0].A == Set[1].A"), "true");
    assert_eq!(found(text, "keys(Set[0])"), r#"["Z","A"]"#);
}

#[test]
fn expressions_select() {
    let text = r#"{"a": {"b": [{"n": "x", "s": 1, "t": ["p", "q"]}, {"n": "y", "s": 20, "t": []}, {"n": null}]}, "e": []}"#;
    for (query, wanted) in [
        ("a.b[0].n", r#""x""#),
        ("a.b[-1]", r#"{"n":null}"#),
        ("a.b[9]", "null"),
        ("a.b[-9]", "null"),
        ("a.b[*].n", r#"["x","y"]"#),
        ("a.b[].t[]", r#"["p","q"]"#),
        ("a.b[?s > `1`].n | [0]", r#""y""#),
        ("a.b[?n == 'x' || s == `20`].s", "[1,20]"),
        ("a.b[?n >= 'y'].n", r#"["y"]"#),
        ("a.b[::-1].n", r#"["y","x"]"#),
        ("a.b[1:].n", r#"["y"]"#),
        ("a.b[:-1:2].n", r#"["x"]"#),
        ("a.b[].[n, s]", r#"[["x",1],["y",20],[null,null]]"#),
        ("a.*[0].n", r#"["x"]"#),
        ("e || a.b[0].s", "1"),
        ("!e && length(a.b)", "3"),
        ("a.b[0].s < a", "null"),
        ("missing.x[*].y", "null"),
        ("\"a\".b[1].\"n\"", r#""y""#),
        ("@.e", "[]"),
    ] {
        assert_eq!(found(text, query), wanted, "{query}");
    }
}

#[test]
fn functions_compute() {
    let text = r#"{"n": [3, -1.5, 2], "t": ["b", "a"], "o": {"k": 1, "l": 2}, "i": [{"k": 2}, {"k": 1}]}"#;
    for (query, wanted) in [
        ("abs(n[1])", "1.5"),
        ("avg(n[::2])", "2.5"),
        ("avg(`[]`)", "null"),
        ("ceil(n[1])", "-1"),
        ("floor(n[1])", "-2"),
        ("contains(t, 'a')", "true"),
        ("contains('abc', 'bc')", "true"),
        ("ends_with('abc', 'bc')", "true"),
        ("starts_with('abc', 'bc')", "false"),
        ("join(', ', t)", r#""b, a""#),
        ("length('äb')", "2"),
        ("map(&k, i)", "[2,1]"),
        ("max(n)", "3"),
        ("min(t)", r#""a""#),
        ("max(`[]`)", "null"),
        ("max_by(i, &k)", r#"{"k":2}"#),
        ("min_by(i, &k)", r#"{"k":1}"#),
        ("merge(o, `{\"l\": 3, \"m\": 4}`)", r#"{"k":1,"l":3,"m":4}"#),
        ("not_null(x, o.k)", "1"),
        ("reverse(t)", r#"["a","b"]"#),
        ("reverse('ab')", r#""ba""#),
        ("sort(n)", "[-1.5,2,3]"),
        ("sort_by(i, &k)", r#"[{"k":1},{"k":2}]"#),
        ("sum(n)", "3.5"),
        ("to_array('a')", r#"["a"]"#),
        ("to_number('1.50')", "1.50"),
        ("to_number('x')", "null"),
        ("to_string(o)", r#""{\"k\":1,\"l\":2}""#),
        ("type(o)", r#""object""#),
        ("values(o)", "[1,2]"),
    ] {
        assert_eq!(found(text, query), wanted, "{query}");
    }
}

#[test]
fn mistakes_name_the_option_and_the_place() {
    let deep = "[".repeat(300);
    let chain = ".a".repeat(300);
    let long = "a.".repeat(4000);
    for (query, wanted) in [
        ("", "--query is not a JMESPath expression: "),
        ("a[", "at character"),
        ("a.", "at character"),
        ("a b", "at character"),
        ("`{`", "is not a JMESPath expression"),
        ("lenght(a)", "there is no function `lenght`, did you mean `length`?"),
        ("length(a, b)", "length() takes 1 arguments, not 2"),
        ("merge()", "merge() takes at least 1 arguments, not 0"),
        ("sort_by(a, b)", "argument 2 of sort_by() is an expression with `&`"),
        ("length(&a)", "an expression with `&` is an argument of map"),
        ("a[::0]", "step of a slice is 0"),
        (&deep, "nested deeper"),
        (&chain, "nested deeper"),
        (&long, "longer than"),
    ] {
        let message = Query::parse("query", query).unwrap_err().message;
        assert!(message.contains(wanted) && !message.contains('\n'), "{query}: {message}");
    }
    let value: Value = r#"{"a": null, "b": [1, "x"]}"#.parse().unwrap();
    for (query, wanted) in [
        ("length(a)", "argument 1 of length() takes a text, a list or an object, not null"),
        ("sum(b)", "argument 1 of sum() takes a list of numbers, not array"),
        ("sort_by(b, &@)", "sort_by() gives neither only numbers nor only texts"),
    ] {
        let message = Query::parse("wait", query).unwrap().search(&value).unwrap_err().message;
        assert!(message.contains(wanted) && message.contains("--wait does not fit"), "{query}: {message}");
    }
}

#[test]
fn the_deepest_expression_that_is_allowed_fits_the_stack() {
    for query in [
        format!("{}a{}", "(".repeat(DEEPEST), ")".repeat(DEEPEST)),
        format!("a{}", ".a".repeat(DEEPEST)),
        format!("a{}", "[]".repeat(DEEPEST)),
        format!("{}a", "!".repeat(DEEPEST)),
        format!("a{}", "||a".repeat(DEEPEST / 2)),
        format!("a{}", "|a".repeat(DEEPEST)),
        // A wide expression is not deep.
        format!("{{{}a: b}}", "a: b.c, ".repeat(400)),
    ] {
        let parsed = Query::parse("query", &query).unwrap_or_else(|failure| panic!("{}", failure.message));
        parsed.search(&Value::Null).unwrap();
    }
}
