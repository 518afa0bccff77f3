//! The public doors of petitions: sending and following need no account, and a code of nothing opens nothing.

use super::table::Far::All;
use super::table::Stranger::Sees;
use super::table::{Door, get, post};

pub(crate) const PETITION_DOORS: &[Door] = &[
    get("/phan-anh", "/phan-anh", Sees(200), All(200)),
    get("/phan-anh.csv", "/phan-anh.csv", Sees(200), All(200)),
    get("/phan-anh.json", "/phan-anh.json", Sees(200), All(200)),
    get("/phan-anh.geojson", "/phan-anh.geojson", Sees(200), All(200)),
    get("/phan-anh.atom", "/phan-anh.atom", Sees(200), All(200)),
    get("/phan-anh.feed.json", "/phan-anh.feed.json", Sees(200), All(200)),
    get("/phan-anh/gui", "/phan-anh/gui", Sees(200), All(200)),
    post("/phan-anh/gui", "/phan-anh/gui", "loai=feedback", Sees(422), All(422)),
    get("/phan-anh/tuong-tu", "/phan-anh/tuong-tu?noi-dung=duong", Sees(200), All(200)),
    post(
        "/phan-anh/da-co-tra-loi",
        "/phan-anh/da-co-tra-loi",
        "vu-viec=PA-2026-000001",
        Sees(404),
        All(404),
    ),
    get("/phan-anh/ban-do", "/phan-anh/ban-do", Sees(200), All(200)),
    get("/phan-anh/chon-noi", "/phan-anh/chon-noi", Sees(200), All(200)),
    post("/phan-anh/vi-tri", "/phan-anh/vi-tri", "lat=12&long=112", Sees(404), All(404)),
    get("/phan-anh/co-quan", "/phan-anh/co-quan", Sees(200), All(200)),
    get("/phan-anh/co-quan/{code}", "/phan-anh/co-quan/UBND-32191", Sees(200), All(200)),
    get("/phan-anh/{number}", "/phan-anh/PA-2026-000001", Sees(404), All(404)),
    get(
        "/phan-anh/{number}/anh/{file}",
        "/phan-anh/PA-2026-000001/anh/{evidence}",
        Sees(404),
        All(404),
    ),
    get("/tra-cuu", "/tra-cuu", Sees(200), All(200)),
    post("/tra-cuu", "/tra-cuu", "ma=PA-00000-00000", Sees(404), All(404)),
    get("/tra-cuu/quen-ma", "/tra-cuu/quen-ma", Sees(200), All(200)),
    // Where nobody can be told there is nothing to ask.
    post("/tra-cuu/quen-ma", "/tra-cuu/quen-ma", "so=PA-2026-000001", Sees(404), All(404)),
    get("/tra-cuu/{code}", "/tra-cuu/PA-2026-000001", Sees(404), All(404)),
    post("/tra-cuu/{code}", "/tra-cuu/PA-2026-000001", "viec=danh-gia", Sees(404), All(404)),
    get(
        "/tra-cuu/{code}/du-lieu.json",
        "/tra-cuu/PA-2026-000001/du-lieu.json",
        Sees(404),
        All(404),
    ),
    get(
        "/tra-cuu/{code}/tep/{file}",
        "/tra-cuu/PA-2026-000001/tep/01900000-0000-7000-8000-000000000001",
        Sees(404),
        All(404),
    ),
];
