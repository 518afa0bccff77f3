//! Dashboards on both engines: what needs no tile to be filled. What tiles show is tested with the rooms
//! that it comes from, in the product.

#![expect(clippy::unwrap_used, reason = "the helpers of tests are tests")]

mod making;
