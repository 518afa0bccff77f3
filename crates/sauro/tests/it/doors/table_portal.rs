//! The doors of the portal: everybody reads what is let out, seats of one agency write.

use super::table::Far::{All, HiddenFrom, Needs};
use super::table::Stranger::{Sees, SignsIn};
use super::table::{Door, get, post};
use sauro_kernel::Right::{ManagePortal, WritePortal};

pub(crate) const PORTAL_DOORS: &[Door] = &[
    get("/tin", "/tin?sau=x.y", Sees(200), All(200)),
    get("/tin.atom", "/tin.atom", Sees(200), All(200)),
    get("/tin.feed.json", "/tin.feed.json", Sees(200), All(200)),
    get("/tin/tat-ca", "/tin/tat-ca?sau=x.y", Sees(301), All(301)),
    get("/tin/{slug}", "/tin/{slug}", Sees(404), All(404)),
    get("/trang/{slug}", "/trang/{slug}", Sees(404), All(404)),
    get("/van-ban", "/van-ban?so=57&nam=x&sau=y", Sees(200), All(200)),
    get("/van-ban/{slug}", "/van-ban/{slug}", Sees(404), All(404)),
    get("/lay-y-kien", "/lay-y-kien", Sees(200), All(200)),
    get("/lay-y-kien/{slug}", "/lay-y-kien/khong-co", Sees(404), All(404)),
    post("/lay-y-kien/{slug}", "/lay-y-kien/{slug}", "y-kien=tan-thanh", Sees(404), All(404)),
    get("/chu-de/{slug}", "/chu-de/khong-co", Sees(404), All(404)),
    get("/tep-cong/{id}", "/tep-cong/{evidence}", Sees(404), All(404)),
    get("/xem-truoc/{token}", "/xem-truoc/0.1.2.ab", Sees(404), All(404)),
    get("/robots.txt", "/robots.txt", Sees(200), All(200)),
    get("/sitemap.xml", "/sitemap.xml", Sees(200), All(200)),
    get("/sitemap/{after}", "/sitemap/dau.xml", Sees(200), All(200)),
    get("/bien-tap", "/bien-tap", SignsIn, Needs(WritePortal, 200)),
    post("/bien-tap", "/bien-tap", "tieu-de=", SignsIn, Needs(WritePortal, 422)),
    get("/bien-tap/chuyen-muc", "/bien-tap/chuyen-muc", SignsIn, Needs(ManagePortal, 200)),
    post(
        "/bien-tap/chuyen-muc",
        "/bien-tap/chuyen-muc",
        "viec=mo&ten=",
        SignsIn,
        Needs(ManagePortal, 422),
    ),
    get("/bien-tap/{id}", "/bien-tap/{item}", SignsIn, HiddenFrom(WritePortal)),
    post("/bien-tap/{id}", "/bien-tap/{item}", "viec=ghi", SignsIn, HiddenFrom(WritePortal)),
    post(
        "/bien-tap/{id}/buoc",
        "/bien-tap/{item}/buoc",
        "viec=trinh-bien-tap&dau=1",
        SignsIn,
        HiddenFrom(WritePortal),
    ),
    get("/bien-tap/{id}/phien-ban", "/bien-tap/{item}/phien-ban", SignsIn, HiddenFrom(WritePortal)),
    get(
        "/bien-tap/{id}/so-sanh",
        "/bien-tap/{item}/so-sanh?a=1&b=1",
        SignsIn,
        HiddenFrom(WritePortal),
    ),
    get("/bien-tap/{id}/y-kien", "/bien-tap/{item}/y-kien", SignsIn, HiddenFrom(WritePortal)),
];
