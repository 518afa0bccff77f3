//! The doors of petitions for desks: a case of a commune is not there for anybody elsewhere.

use super::table::Far::{Hidden, Needs};
use super::table::Stranger::SignsIn;
use super::table::{Door, get, post};
use sauro_kernel::Right::{ManageAccounts, ManagePetitions, ReadPetitions, SortPetitions};

pub(crate) const PETITION_DESK_DOORS: &[Door] = &[
    get("/phan-anh-den", "/phan-anh-den", SignsIn, Needs(ReadPetitions, 200)),
    post("/phan-anh-den", "/phan-anh-den", "viec=tiep-nhan", SignsIn, Needs(SortPetitions, 422)),
    get("/phan-anh-den/khoa", "/phan-anh-den/khoa", SignsIn, Needs(ManageAccounts, 404)),
    post("/phan-anh-den/khoa", "/phan-anh-den/khoa", "ten=x", SignsIn, Needs(ManageAccounts, 404)),
    get("/phan-anh-den/moi", "/phan-anh-den/moi", SignsIn, Needs(SortPetitions, 200)),
    post("/phan-anh-den/moi", "/phan-anh-den/moi", "kenh=", SignsIn, Needs(SortPetitions, 422)),
    get("/phan-anh-den/thoi-han", "/phan-anh-den/thoi-han", SignsIn, Needs(ReadPetitions, 200)),
    post(
        "/phan-anh-den/thoi-han",
        "/phan-anh-den/thoi-han",
        "handle=9",
        SignsIn,
        Needs(ManagePetitions, 404),
    ),
    get("/phan-anh-den/so-lieu", "/phan-anh-den/so-lieu", SignsIn, Needs(ReadPetitions, 200)),
    get("/phan-anh-den/noi-dau", "/phan-anh-den/noi-dau", SignsIn, Needs(ReadPetitions, 200)),
    get("/phan-anh-den/{id}", "/phan-anh-den/{petition}", SignsIn, Hidden),
    post("/phan-anh-den/{id}", "/phan-anh-den/{petition}", "viec=tiep-nhan", SignsIn, Hidden),
    get("/phan-anh-den/{id}/tra-loi", "/phan-anh-den/{petition}/tra-loi", SignsIn, Hidden),
    post(
        "/phan-anh-den/{id}/tra-loi",
        "/phan-anh-den/{petition}/tra-loi",
        "viec=trinh&ket-qua=solved",
        SignsIn,
        Hidden,
    ),
    get(
        "/phan-anh-den/{id}/tep/{file}",
        "/phan-anh-den/{petition}/tep/{evidence}",
        SignsIn,
        Hidden,
    ),
    get(
        "/phan-anh-den/{id}/tep/{file}/anh",
        "/phan-anh-den/{petition}/tep/{evidence}/anh",
        SignsIn,
        Hidden,
    ),
    get(
        "/phan-anh-den/{id}/tep/{file}/che",
        "/phan-anh-den/{petition}/tep/{evidence}/che",
        SignsIn,
        Hidden,
    ),
    post(
        "/phan-anh-den/{id}/tep/{file}/che",
        "/phan-anh-den/{petition}/tep/{evidence}/che",
        "viec=thoi",
        SignsIn,
        Hidden,
    ),
];
