//! The doors of search: everybody finds what is public; what was not found is for those who work here.

use sauro_kernel::Right::{PrepareTasks, ReadTasks};

use super::table::Far::{All, Needs};
use super::table::Stranger::{Sees, SignsIn};
use super::table::{Door, get, post};

pub(crate) const SEARCH_DOORS: &[Door] = &[
    get("/tim-kiem", "/tim-kiem?q=ca+mau", Sees(200), All(200)),
    get("/tim-kiem/goi-y", "/tim-kiem/goi-y?q=ca+mau", Sees(200), All(200)),
    get("/api/v1/tim-kiem", "/api/v1/tim-kiem?q=ca+mau", Sees(200), All(200)),
    get("/tim-kiem/khong-thay", "/tim-kiem/khong-thay", SignsIn, Needs(ReadTasks, 200)),
    post(
        "/tim-kiem/khong-thay",
        "/tim-kiem/khong-thay",
        "chu=khong+co",
        SignsIn,
        Needs(PrepareTasks, 303),
    ),
];
