//! Scores on both engines, with facts that the tests give. What tasks and figures come to is tested with
//! their rooms, in the product.

#![expect(clippy::unwrap_used, reason = "the helpers of tests are tests")]

mod appealing;
mod publishing;
mod ranking;
mod world;
