//! Typed actions of Tencent Cloud, Huawei Cloud, Alibaba Cloud and Volcengine for [`cloudcall`].
//!
//! The whole catalogue (1 416 product-versions, 79 190 actions) is in this crate as compressed descriptions.
//! [`actions!`] makes code of those that you name, and of nothing else: that is what your build pays for.

/// Makes typed actions of the catalogue.
///
/// ```no_run
/// use cloudcall_models::cloudcall::{Client, Tencent};
///
/// cloudcall_models::actions! {
///     tencent cvm "2017-03-12": DescribeZones, RunInstances;
///     huawei vpc "v3": ListVpcs;
///     alibaba ecs "2014-05-26": DescribeRegions;
/// }
///
/// use tencent::cvm::*;
///
/// # async fn run() -> Result<(), cloudcall_models::cloudcall::Error> {
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").build()?;
/// let zones = client.describe_zones().send().await?;
/// println!("{:?}", zones.total_count);
/// let disk = SystemDisk::new().disk_size(50);
/// let request = client.run_instances().placement(Placement::new("ap-guangzhou-3")).system_disk(disk);
/// request.image_id("img-1").send().await?;
/// # Ok(())
/// # }
/// ```
///
/// A statement names a cloud, a product as the vendor's package calls it (`r-kvstore`), a version, and its actions; `*`
/// stands for all of them. It becomes the module `tencent::cvm::v2017_03_12`, and `tencent::cvm` has the same names; of several
/// versions, those of the product's main version, or of the newest if the main version is not among them. The main version is
/// the newest one that has at least two thirds of the actions of the largest: that of `dysmsapi` is `2017-05-25` with 80 actions, and
/// not `2018-05-01` with 6. The modules hold the actions as [`cloud_action`](cloudcall::cloud_action) structures
/// and the types that they need as [`cloud_model`](cloudcall::cloud_model)s: written if a request needs them, read if an answer does.
///
/// Bring the methods of the client into scope with `use tencent::cvm::*`. If two products have a method of the same name, use one
/// in each scope, or go by `client.invoker(request)`.
///
/// An action that cannot be called is refused with the reason, such as a gateway that has a signature of its own; `*` leaves it out.
///
/// Only parameters that the vendor requires are no `Option`. A type in requests is made by `new`, which takes the required members,
/// and has a setter for each of the others: `Filter::new("zone", ["ap-guangzhou-3"])`. If it is also part of responses, all its members
/// are `Option`s. A wrong name is an error where it stands, with the names that are near.
///
/// Values that the vendor's texts name are constants of the type: `StopInstances::STOP_TYPE_SOFT_FIRST`. Other values can be sent, too.
///
/// The error codes that the vendor lists for these actions (Tencent Cloud, Alibaba Cloud) are constants of the
/// module `error_codes`:
///
/// ```no_run
/// use cloudcall_models::cloudcall::{Client, Tencent};
///
/// cloudcall_models::actions! {
///     tencent cvm "2017-03-12": StartInstances;
/// }
///
/// use tencent::cvm::{StartInstancesExt as _, error_codes};
///
/// # async fn run(client: Client<Tencent>) {
/// match client.start_instances().instance_ids(["ins-1"]).send().await {
///     Ok(_) => println!("started"),
///     Err(error) => match error.code() {
///         Some(error_codes::INVALID_INSTANCE_ID_NOT_FOUND) => println!("there is no such instance"),
///         Some(error_codes::UNSUPPORTED_OPERATION_INSTANCE_STATE_RUNNING) => println!("it runs already"),
///         _ => println!("{error}"),
///     },
/// }
/// # }
/// ```
///
/// What retries and paging go by is inferred from names. Braces after an action say it otherwise, with the keys of `#[cloud_action]`:
/// `RunInstances { idempotency_token = false }`, `DescribeInstanceVncUrl { readonly = false }`, `TerminateInstances { idempotent }`,
/// `DescribeInstances { paginate = false }`.
///
/// `file "api/my.json": ListBoxes;` names a description file of yours in place of cloud, product and version. Its path is relative to the folder of your
/// `Cargo.toml`, and a change of the file builds your crate again. `docs/models.md` describes the format.
///
/// `json;` at the beginning makes actions and types that are also written and read as JSON, by
/// [`ToJson`](cloudcall::action::ToJson) and [`FromJson`](cloudcall::action::FromJson). They take up to twice the time to check. Actions that
/// need a file, and those with two parameters of one name, do without.
///
/// `crate = path;` at the beginning says where `cloudcall` is, if this crate was renamed.
///
/// `docs/models.md` in the repository tells how to find actions, and what is inferred of them.
pub use cloudcall_models_macros::actions;

pub use cloudcall;

/// What generated code names. Not part of the public interface.
#[doc(hidden)]
pub mod __private {
    pub use cloudcall;
}
