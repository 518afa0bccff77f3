//! Help: the guides of `docs/`, as pages beside the product. There is one text, which people read in the
//! repository and in the product alike.

pub mod model;
mod pages;

pub use pages::routes;
