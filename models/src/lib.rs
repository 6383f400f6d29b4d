//! Typed actions for [`cloudcall`].
//!
//! The catalogue of actions arrives with a later release; until then declare the actions you
//! call with [`cloudcall::cloud_action`].
