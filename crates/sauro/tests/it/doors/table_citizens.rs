//! The doors of identity providers. This house has none, so that nobody is offered one and nothing is there.

use super::table::Far::All;
use super::table::Stranger::{Sees, SignsIn};
use super::table::{Door, get, post};

pub(crate) const CITIZEN_DOORS: &[Door] = &[
    get("/dang-nhap/qua/{provider}", "/dang-nhap/qua/vneid", Sees(404), All(404)),
    get("/dang-nhap/qua/{provider}/ve", "/dang-nhap/qua/vneid/ve?code=x", Sees(404), All(404)),
    get("/dang-nhap/nguoi-dan", "/dang-nhap/nguoi-dan", Sees(404), All(404)),
    get("/dang-nhap/nguoi-dan/da-ra", "/dang-nhap/nguoi-dan/da-ra", Sees(404), All(404)),
    post("/dang-nhap/nguoi-dan/ra", "/dang-nhap/nguoi-dan/ra", "", Sees(303), All(303)),
    get("/cua-toi", "/cua-toi", Sees(404), All(404)),
    post("/cua-toi", "/cua-toi", "ma=PA-00000-00000", Sees(404), All(404)),
    get("/cua-toi/{number}", "/cua-toi/PA-2026-000001", Sees(404), All(404)),
    post("/cua-toi/{number}", "/cua-toi/PA-2026-000001", "", Sees(404), All(404)),
    get("/cua-toi/sang-kien", "/cua-toi/sang-kien", Sees(404), All(404)),
    get("/cua-toi/tai-khoan", "/cua-toi/tai-khoan", Sees(404), All(404)),
    get("/cua-toi/tai-khoan/du-lieu.json", "/cua-toi/tai-khoan/du-lieu.json", Sees(404), All(404)),
    post(
        "/cua-toi/tai-khoan/dang-xuat-het",
        "/cua-toi/tai-khoan/dang-xuat-het",
        "",
        Sees(404),
        All(404),
    ),
    post("/cua-toi/tai-khoan/xoa", "/cua-toi/tai-khoan/xoa", "chac-chan=1", Sees(404), All(404)),
    post(
        "/tai-khoan/dinh-danh/{provider}",
        "/tai-khoan/dinh-danh/vneid",
        "mat-khau-lien-ket=sai",
        SignsIn,
        All(404),
    ),
    post(
        "/tai-khoan/dinh-danh/{provider}/go",
        "/tai-khoan/dinh-danh/vneid/go",
        "",
        SignsIn,
        All(303),
    ),
];
