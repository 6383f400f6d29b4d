//! What all targets of this folder do. Each holds some product-versions, few enough for the memory of one compiler: their
//! modules, made by `actions!` with a star, and the name of every action that must be in them.
//!
//! The list of names is written from the catalogue. After a wanted change of it: `models/catalogue-tests`, and read the diff.

use std::fmt::Debug;

use cloudcall::Error;
use cloudcall::action::ActionInfo;
use cloudcall::provider::Provider;
use cloudcall::testing::read_response;
use cloudcall_generator::find;

/// A product-version, such as `tencent cvm 2017-03-12`, with what was compiled of it.
pub(crate) type Compiled = (&'static str, &'static [Action]);

/// An action without its type.
pub(crate) struct Action {
    pub(crate) info: &'static ActionInfo,
    /// Whether its cloud wraps responses into a member.
    pub(crate) wrapped: fn() -> bool,
    /// What a body reads as, and how many warnings there are.
    pub(crate) read: fn(&str) -> Result<(String, usize), Error>,
}

/// `ALL`, from `"tencent cvm 2017-03-12" in tencent::cvm::v2017_03_12: DescribeZones, RunInstances;`
macro_rules! product_versions {
    ($($name:literal in $cloud:ident::$product:ident::$version:ident: $($action:ident),+;)+) => {
        static ALL: &[crate::check::Compiled] = &[$(
            ($name, {
                use crate::$cloud::$product::$version::*;
                &[$(crate::check::action::<$action>()),+]
            })
        ),+];
    };
}
pub(crate) use product_versions;

pub(crate) const fn action<A>() -> Action
where
    A: cloudcall::action::Action<Output: Debug, Provider: Default>,
{
    Action { info: A::INFO, wrapped: wrapped::<A>, read: read::<A> }
}

fn wrapped<A: cloudcall::action::Action<Provider: Default>>() -> bool {
    A::Provider::default().envelope().member.is_some()
}

fn read<A>(body: &str) -> Result<(String, usize), Error>
where
    A: cloudcall::action::Action<Output: Debug, Provider: Default>,
{
    read_response::<A>(body).map(|(value, warnings)| (format!("{value:?}"), warnings.len()))
}

/// Each action of the catalogue was compiled, and is the one that its name says.
pub(crate) fn all_is_there(compiled: &[Compiled], actions: usize) {
    assert_eq!(compiled.iter().map(|(_, infos)| infos.len()).sum::<usize>(), actions);
    for (name, infos) in compiled {
        let names: Vec<&str> = name.split(' ').collect();
        let &[cloud, product, version] = names.as_slice() else {
            panic!("{name}: three words were expected")
        };
        let entry = find(cloud, product, version).unwrap();
        let description = entry.open().unwrap();
        let wanted: Vec<_> = description.actions().map(|action| (entry.service, action.name)).collect();
        let found: Vec<_> = infos.iter().map(|action| (action.info.product(), action.info.name())).collect();
        assert_eq!(found, wanted, "{name}: write the targets anew, see tests/catalogue/check.rs");
        assert_eq!(found.len(), entry.actions, "{name}");
    }
}
