//! Lists in every form, and what may stand around them.
#![deny(missing_docs, warnings)]

use cloudcall::{Client, Tencent, cloud_action, cloud_model};

/// By token; a field has the name of a method of the builder.
#[cloud_action(provider = "tencent", product = "x", version = "2017-03-12", response = Page<Row>,
               paginate(marker = marker, next_marker = info.next_marker, has_more = info.more, page_size = size, items = info.rows))]
pub struct ListThings {
    /// Where to begin.
    #[param(default)]
    pub marker: String,
    /// How many.
    pub size: Option<u32>,
    /// Which ones.
    pub items: Option<String>,
}

/// A page of anything.
#[cloud_model(provider = "tencent", response)]
pub struct Page<T> {
    /// The rest.
    pub info: Option<Box<Info<T>>>,
}

/// A list.
#[cloud_model(provider = "tencent", response)]
pub struct Info<T> {
    /// The next one.
    pub next_marker: Option<String>,
    /// Whether there is one.
    pub more: bool,
    /// The list.
    pub rows: Vec<T>,
}

/// An entry.
#[cloud_model(provider = "tencent", response)]
pub struct Row {
    /// Its name.
    pub name: String,
}

/// With generics and a lifetime.
#[cloud_action(provider = "tencent", product = "x", version = "2017-03-12", response = Page<Row>, method = false,
               paginate(page_number = page, items = info.rows, item = Row))]
pub struct ListOthers<'a, T: Copy> {
    /// Which page.
    pub page: u64,
    /// Anything.
    pub thing: &'a T,
}

/// Every way to read them.
pub async fn lists(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
    let rows: Vec<Row> = client.list_things().items_("x").items().collect_all().await?;
    drop(rows);
    let thing = 7_u8;
    let request = ListOthers::builder().page(1).thing(&thing).build();
    let mut pages = client.invoker(request).pages().max_pages(2);
    while let Some(page) = pages.next().await {
        drop(page?);
    }
    client.list_things().wait_until(|page| page.info.is_some()).await?;
    Ok(())
}

fn spawned(client: Client<Tencent>) -> impl Future<Output = ()> + Send + 'static {
    async move {
        let _ = lists(client).await;
    }
}

fn main() {
    let _ = spawned;
}
