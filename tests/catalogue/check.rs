//! What all targets of this folder do. Each target contains some product-versions, few enough for the memory of one compiler.
//!
//! A target is one call of [`target!`], which has the name of every action and of every list. The names are written from the
//! catalogue. After a wanted change of it, run `models/catalogue-tests` and read the diff.
//!
//! Clippy does not read the targets: it would compile them a second time, and it is not meant for generated code.

pub(crate) mod odd;
pub(crate) mod paging;

use std::fmt::Debug;

use cloudcall::Error;
use cloudcall::action::ActionInfo;
use cloudcall::provider::Provider;
use cloudcall::testing::read_response;
use cloudcall_generator::find;

/// A product-version, such as `tencent cvm 2017-03-12`, and its compiled actions.
pub(crate) type Compiled = (&'static str, &'static [Action]);

/// An action without its type.
pub(crate) struct Action {
    pub(crate) info: &'static ActionInfo,
    /// Whether its provider wraps responses into a member.
    pub(crate) wrapped: fn() -> bool,
    /// Reads a body. Returns the value as text, and the number of warnings.
    pub(crate) read: fn(&str) -> Result<(String, usize), Error>,
}

/// Compiles product-versions and tests them: every action, every response with odd members, and every list.
///
/// ```text
/// 21 actions;
///
/// tencent cvm "2017-03-12" in v2017_03_12 as tencent_cvm_2017_03_12 {
///     actions { DescribeZones, RunInstances }
///     lists { DescribeInstances; }
/// }
/// ```
///
/// The name after `as` is that of the module with the test of the lists. A list with required fields has their setters, as in
/// `ListTagResources.region_id("x")`. A product-version without lists has no `lists`.
macro_rules! target {
    ($count:literal actions; $(
        $cloud:ident $product:ident $version:tt in $module:ident as $name:ident {
            actions { $($action:ident),+ }
            $(lists { $($list:ident $(.$setter:ident($value:expr))*;)+ })?
        }
    )+) => {
        cloudcall_models::actions! { $($cloud $product $version: *;)+ }

        static ALL: &[crate::check::Compiled] =
            &[$((concat!(stringify!($cloud), " ", stringify!($product), " ", $version), $name::ACTIONS)),+];

        #[test]
        fn every_action_compiles() {
            crate::check::all_is_there(ALL, $count);
        }

        crate::check::odd::no_odd_member_costs_the_rest!(first 0, second 1, third 2, fourth 3; of 4);

        $(mod $name {
            use crate::$cloud::$product::$module::*;

            pub(super) const ACTIONS: &[crate::check::Action] = &[$(crate::check::action::<$action>()),+];

            $(#[test]
            fn every_list_is_walked() {
                $(crate::check::paging::walk(
                    concat!(stringify!($cloud), " ", stringify!($product), " ", $version),
                    || $list::builder()$(.$setter($value))*.build(),
                );)+
            })?
        })+
    };
}
pub(crate) use target;
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
