//! The rules of paging, page by page.

use super::*;

const NONE: Facts = Facts { count: 0, total: None, next: None, has_more: None };

fn total(count: u64, total: u64) -> Facts {
    Facts { count, total: Some(total), ..NONE }
}

fn items(count: u64) -> Facts {
    Facts { count, ..NONE }
}

fn token(count: u64, next: &str) -> Facts {
    Facts { count, next: Some(Cursor::Text(next.to_owned())), ..NONE }
}

/// Where each page leads to.
fn walk(form: PageForm, size: Option<u64>, pages: impl IntoIterator<Item = Facts>) -> Vec<String> {
    from(form, None, size, pages)
}

fn from(
    form: PageForm,
    first: Option<u64>,
    size: Option<u64>,
    pages: impl IntoIterator<Item = Facts>,
) -> Vec<String> {
    let mut walk = Walk::new(form, None, "X");
    walk.open(first.map(Cursor::Number), size.map(Cursor::Number)).unwrap();
    pages
        .into_iter()
        .map(|page| match walk.advance(&page) {
            Ok(()) => match &walk.position.place {
                Place::At(cursor) => cursor.clone(),
                Place::End => "end".to_owned(),
                Place::Start => "start".to_owned(),
            },
            Err(error) => error.message().to_owned(),
        })
        .collect()
}

#[test]
fn offsets_go_by_the_items_that_came() {
    let by = |size, pages: &[Facts]| walk(PageForm::Offset, size, pages.iter().cloned());
    assert_eq!(by(Some(20), &[total(20, 45), total(20, 45), total(5, 45)]), ["20", "40", "end"]);
    // The service lowers the limit, or gives more than was asked for.
    assert_eq!(by(Some(100), &[total(50, 120), total(50, 120), total(20, 120)]), ["50", "100", "end"]);
    assert_eq!(by(Some(20), &[total(25, 30), total(5, 30)]), ["25", "end"]);
    // The total grows, shrinks, is 0, is too small to be true.
    assert_eq!(by(Some(2), &[total(2, 3), total(2, 5), total(1, 5)]), ["2", "4", "end"]);
    assert_eq!(by(Some(2), &[total(2, 100), total(2, 4)]), ["2", "end"]);
    assert_eq!(by(Some(2), &[total(2, 100), total(2, 3), total(0, 3)]), ["2", "4", "end"]);
    assert_eq!(by(Some(2), &[total(2, 0), total(2, 0), total(1, 0)]), ["2", "4", "end"]);
    assert_eq!(by(Some(2), &[total(0, 0)]), ["end"]);
}

#[test]
fn without_a_total_a_short_page_ends_only_where_pages_are_known_to_be_longer() {
    let by = |size, pages: &[Facts]| walk(PageForm::Offset, size, pages.iter().cloned());
    assert_eq!(by(Some(20), &[items(20), items(20), items(5)]), ["20", "40", "end"]);
    assert_eq!(by(Some(1000), &[items(100), items(100), items(0)]), ["100", "200", "end"]);
    assert_eq!(by(Some(1000), &[items(100), items(37)]), ["100", "end"]);
    assert_eq!(by(Some(20), &[items(5), items(0)]), ["5", "end"]);
    assert_eq!(by(Some(20), &[items(25), items(20), items(1)]), ["25", "45", "end"]);
    assert_eq!(by(None, &[items(10), items(10), items(3)]), ["10", "20", "end"]);
    assert_eq!(by(None, &[items(0)]), ["end"]);
}

#[test]
fn an_empty_page_is_stepped_over_while_the_total_says_that_more_follow() {
    let by = |size, pages: &[Facts]| walk(PageForm::Offset, size, pages.iter().cloned());
    let [first, second, end] =
        by(Some(20), &[total(20, 50), total(0, 50), total(10, 50)]).try_into().unwrap();
    assert_eq!([&*first, &*second], ["20", "40"]);
    assert!(end.contains("30 of 50 items"), "{end}");
    assert_eq!(by(Some(20), &[total(0, 50), total(20, 50)]), ["20", "40"]);
    let [first] = by(None, &[total(0, 50)]).try_into().unwrap();
    assert!(first.contains("total 50"), "{first}");
    let many = walk(PageForm::Number, Some(1), std::iter::repeat_n(total(0, 5000), 100));
    assert_eq!(many[98], "100");
    assert!(many[99].contains("100 consecutive pages have no items"), "{}", many[99]);
}

#[test]
fn page_numbers_count_the_items() {
    let by = |first, size, pages: &[Facts]| from(PageForm::Number, first, size, pages.iter().cloned());
    assert_eq!(by(None, Some(2), &[total(2, 5), total(2, 5), total(1, 5)]), ["2", "3", "end"]);
    assert_eq!(by(Some(0), Some(2), &[total(2, 3), total(1, 3)]), ["1", "end"]);
    assert_eq!(by(Some(3), Some(2), &[total(1, 5)]), ["end"]);
    // Lowered from 100 to 50.
    assert_eq!(by(Some(2), Some(100), &[total(50, 170), total(50, 170), total(20, 170)]), ["3", "4", "end"]);
    let more = Facts { has_more: Some(true), ..items(2) };
    let last = Facts { has_more: Some(false), ..items(2) };
    assert_eq!(by(None, None, &[more, last]), ["2", "end"]);
}

#[test]
fn tokens_end_where_none_comes() {
    let by = |size, pages: &[Facts]| walk(PageForm::Token, size, pages.iter().cloned());
    assert_eq!(by(None, &[token(2, "a"), token(0, "b"), token(1, "")]), ["a", "b", "end"]);
    assert_eq!(by(None, &[items(2)]), ["end"]);
    let zero = Facts { next: Some(Cursor::Number(0)), ..items(2) };
    assert_eq!(by(None, &[zero]), ["end"]);
    assert_eq!(by(None, &[Facts { has_more: Some(false), ..token(2, "a") }]), ["end"]);
    let [more] = by(None, &[Facts { has_more: Some(true), ..items(2) }]).try_into().unwrap();
    assert!(more.contains("no token"), "{more}");
    let [alone] = by(None, &[total(2, 9)]).try_into().unwrap();
    assert!(alone.contains("2 of 9 items") && alone.contains("set a page size"), "{alone}");
}

#[test]
fn a_token_that_came_before_ends_in_an_error() {
    let pages = [token(1, "a"), token(1, "b"), token(1, "a")];
    let seen = walk(PageForm::Token, None, pages);
    assert_eq!(seen[..2], ["a", "b"]);
    assert!(seen[2].contains("same token") && seen[2].contains("\"a\", after page 3"), "{}", seen[2]);
    let mut own = Walk::new(PageForm::Token, None, "X");
    own.open(Some(Cursor::Text("t".into())), None).unwrap();
    assert!(own.advance(&token(1, "t")).is_err());
    assert_eq!((own.position.index, own.position.before), (1, 0));
}

#[test]
fn what_the_request_says_must_be_numbers() {
    let open = |cursor: Option<&str>, size: Option<Cursor>| {
        let mut walk = Walk::new(PageForm::Offset, None, "X");
        let opened = walk.open(cursor.map(|text| Cursor::Text(text.to_owned())), size);
        opened.err().map(|error| error.message().to_owned())
    };
    assert_eq!(open(Some("40"), Some(Cursor::Number(1))), None);
    assert!(open(Some("-1"), None).unwrap().contains("\"-1\""));
    assert!(open(None, Some(Cursor::Number(0))).unwrap().contains("at least 1"));
}

fn end(form: PageForm, size: Option<u64>, pages: impl IntoIterator<Item = Facts>) -> String {
    walk(form, size, pages).pop().unwrap()
}

#[test]
fn fewer_items_than_the_total_are_an_error() {
    let more = |more, facts| Facts { has_more: Some(more), ..facts };
    for (form, size, pages, told) in [
        // A page beyond the end, with numbers taken for offsets or the reverse.
        (PageForm::Number, Some(10), vec![total(10, 60), total(10, 60), total(0, 20)], None),
        (
            PageForm::Offset,
            Some(10),
            vec![total(10, 60), total(0, 60), total(0, 60), total(0, 60), total(0, 60), total(0, 60)],
            Some("10 of 60"),
        ),
        (PageForm::Offset, None, vec![total(10, 20), total(0, 20)], Some("10 of 20")),
        // Items that were filtered out.
        (PageForm::Number, Some(10), vec![total(10, 20), total(8, 20), total(0, 20)], Some("18 of 20")),
        // Another fact shows the end.
        (PageForm::Number, Some(10), vec![more(false, total(10, 60))], Some("10 of 60")),
        (
            PageForm::Token,
            Some(10),
            vec![Facts { total: Some(60), ..token(10, "a") }, total(10, 60)],
            Some("20 of 60"),
        ),
        (PageForm::Token, None, vec![Facts { total: Some(20), ..token(10, "a") }, total(10, 20)], None),
        // The list shrank meanwhile, or the last response does not count.
        (PageForm::Token, None, vec![Facts { total: Some(21), ..token(10, "a") }, total(10, 20)], None),
        (
            PageForm::Token,
            None,
            vec![
                Facts { total: Some(20), ..token(10, "a") },
                Facts { total: Some(21), ..token(5, "b") },
                total(5, 0),
            ],
            None,
        ),
        (PageForm::Offset, Some(10), vec![total(10, 30), total(0, 0)], None),
        // The total stands in the first response only.
        (PageForm::Offset, Some(10), vec![total(10, 25), items(10), items(5)], None),
        (PageForm::Number, Some(10), vec![total(10, 25), items(9), items(6)], None),
    ] {
        let shown = format!("{form:?} {size:?} {pages:?}");
        let end = end(form, size, pages);
        match told {
            Some(told) => assert!(end.contains(told), "{shown}: {end}"),
            None => assert_eq!(end, "end", "{shown}"),
        }
    }
}

#[test]
fn a_total_is_not_compared_where_it_cannot_be_or_shall_not_be() {
    let walked = |first: Option<Cursor>, ignore: bool, pages: &[Facts]| {
        let mut walk = Walk::new(PageForm::Token, None, "X");
        walk.ignore_total = ignore;
        walk.open(first, None).unwrap();
        pages
            .iter()
            .map(|page| walk.advance(page))
            .collect::<Result<Vec<_>, _>>()
            .map(|_| walk.position.to_string())
    };
    assert_eq!(walked(None, true, &[total(2, 9)]).unwrap(), "X:2:0:end");
    // The number of items before a token of the caller is not known, also after a resume.
    let text = walked(Some(Cursor::Text("t".into())), false, &[token(2, "u")]).unwrap();
    assert_eq!(text, "X:~2:0:at:u");
    let mut walk = Walk::new(PageForm::Token, None, "X");
    walk.resume(text.parse().unwrap());
    walk.open(None, None).unwrap();
    assert!(walk.advance(&total(2, 9)).is_ok());
    // A page number of the caller's: empty pages up to the total, and no error.
    let pages = std::iter::once(total(4, 35)).chain((0..5).map(|_| total(0, 35)));
    assert_eq!(from(PageForm::Number, Some(4), Some(10), pages).pop().unwrap(), "end");
}

#[test]
fn a_full_page_that_reaches_a_cap_is_not_the_last() {
    let full = |count: u64| (0..count).map(|_| total(1000, 10_000));
    assert_eq!(
        end(PageForm::Offset, Some(1000), full(10).chain([total(1000, 10_000), total(7, 10_000)])),
        "end"
    );
    assert_eq!(end(PageForm::Offset, Some(1000), full(10)), "10000");
    assert_eq!(end(PageForm::Offset, Some(1000), full(10).chain([total(0, 10_000)])), "end");
    // A short page is the last, and so is the one that reaches any other total.
    assert_eq!(
        end(PageForm::Number, Some(4000), [4000, 4000, 2000].map(|count| total(count, 10_000))),
        "end"
    );
    assert_eq!(end(PageForm::Number, Some(100), (0..10).map(|_| total(100, 1000))), "end");
}

#[test]
fn lists_begin_where_the_action_says() {
    let by = |form, first, own: Option<u64>, pages: &[Facts]| {
        let mut walk = Walk::new(form, Some(first), "X");
        walk.open(own.map(Cursor::Number), Some(Cursor::Number(2))).unwrap();
        let places = pages.iter().map(|page| walk.advance(page).map(|()| walk.position.place.clone()));
        let places = places.map(|place| match place {
            Ok(Place::At(cursor)) => cursor,
            Ok(place) => format!("{place:?}"),
            Err(error) => error.message().to_owned(),
        });
        places.collect::<Vec<_>>()
    };
    let pages = [total(2, 5), total(2, 5), total(1, 5)];
    assert_eq!(by(PageForm::Number, 0, None, &pages), ["1", "2", "End"]);
    assert_eq!(by(PageForm::Number, 0, Some(0), &pages), ["1", "2", "End"]);
    assert_eq!(by(PageForm::Offset, 1, None, &pages), ["3", "5", "End"]);
    assert_eq!(by(PageForm::Offset, 1, Some(3), &pages[1..]), ["5", "End"]);
    // Page 0 is page 1.
    assert_eq!(by(PageForm::Number, 1, Some(0), &pages), ["2", "3", "End"]);
}

#[test]
fn a_token_that_comes_again_ends_the_list_where_no_items_came_or_the_caller_says_so() {
    let pages = [token(1, "a"), token(1, "b"), token(0, "b")];
    assert_eq!(walk(PageForm::Token, None, pages.clone()), ["a", "b", "end"]);
    // The response has more pages or has items, so this is not the end.
    let more = Facts { has_more: Some(true), ..token(0, "b") };
    assert!(end(PageForm::Token, None, [token(1, "a"), token(1, "b"), more]).contains("same token"));
    let again = [token(1, "a"), token(1, "b"), token(1, "b")];
    assert!(end(PageForm::Token, None, again.clone()).contains("end_at_repeated_token()"));
    let mut walk = Walk::new(PageForm::Token, None, "X");
    walk.end_at_repeated = true;
    walk.open(None, None).unwrap();
    assert!(again.iter().all(|page| walk.advance(page).is_ok()) && walk.position.is_end());
    // The total holds then, too.
    let short = Facts { total: Some(5), ..token(0, "b") };
    assert!(end(PageForm::Token, None, [token(1, "a"), token(1, "b"), short]).contains("2 of 5"));
}
