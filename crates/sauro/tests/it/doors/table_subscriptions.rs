//! The doors of subscriptions: everybody asks, whoever has a link changes and leaves, editors see counts.

use super::table::Far::{All, Needs};
use super::table::Stranger::{Sees, SignsIn};
use super::table::{Door, get, post};
use sauro_kernel::Right::WritePortal;

pub(crate) const SUBSCRIPTION_DOORS: &[Door] = &[
    get("/theo-doi-tin", "/theo-doi-tin?chu-de=khong-co&co-quan=x", Sees(200), All(200)),
    post("/theo-doi-tin", "/theo-doi-tin", "thu=a@b.vn", Sees(404), All(404)),
    get("/theo-doi-tin/da-gui", "/theo-doi-tin/da-gui", Sees(200), All(200)),
    get("/theo-doi-tin/xac-nhan/{link}", "/theo-doi-tin/xac-nhan/abc", Sees(410), All(410)),
    post("/theo-doi-tin/xac-nhan/{link}", "/theo-doi-tin/xac-nhan/abc", "", Sees(410), All(410)),
    post("/theo-doi-tin/may-nay", "/theo-doi-tin/may-nay", "endpoint=x", Sees(404), All(404)),
    post(
        "/theo-doi-tin/may-nay/thoi",
        "/theo-doi-tin/may-nay/thoi",
        "endpoint=x",
        Sees(204),
        All(204),
    ),
    get("/theo-doi-tin/{link}", "/theo-doi-tin/abc", Sees(404), All(404)),
    post("/theo-doi-tin/{link}", "/theo-doi-tin/abc", "nhip=ngay", Sees(404), All(404)),
    get("/theo-doi-tin/{link}/du-lieu", "/theo-doi-tin/abc/du-lieu", Sees(404), All(404)),
    get("/theo-doi-tin/{link}/thoi", "/theo-doi-tin/abc/thoi", Sees(200), All(200)),
    post("/theo-doi-tin/{link}/thoi", "/theo-doi-tin/abc/thoi", "", Sees(200), All(200)),
    get("/sw.js", "/sw.js", Sees(200), All(200)),
    get("/bien-tap/nguoi-nhan-tin", "/bien-tap/nguoi-nhan-tin", SignsIn, Needs(WritePortal, 200)),
];
