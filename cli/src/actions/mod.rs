//! Actions of the catalogue as the command uses them: found by names in any case, and turned into calls.

mod hosts;
mod info;
mod regions;
mod resolve;
mod skeleton;

pub(crate) use info::{info, is_file, param};
pub(crate) use regions::regions;
pub(crate) use resolve::{FILE, action_name, near, own, plain, resolve, versions};
pub(crate) use skeleton::{example_response, skeleton};
