//! The time that tests hold in their hands: users have the same one.

pub use cloudcall::testing::FakeTime;
