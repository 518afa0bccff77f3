//! The doors of scores: a province scores its communes; nobody elsewhere knows of it.

use super::table::Far::{All, Hidden, Needs};
use super::table::Stranger::{Sees, SignsIn};
use super::table::{Door, get, post};
use sauro_kernel::Right::ManageScores;

pub(crate) const SCORE_DOORS: &[Door] = &[
    get("/xep-hang", "/xep-hang", SignsIn, All(200)),
    post("/xep-hang", "/xep-hang", "ten=", SignsIn, Needs(ManageScores, 422)),
    get("/xep-hang/cach-cham/{id}", "/xep-hang/cach-cham/{method}", SignsIn, Hidden),
    post(
        "/xep-hang/cach-cham/{id}",
        "/xep-hang/cach-cham/{method}",
        "viec=ban-moi",
        SignsIn,
        Hidden,
    ),
    get(
        "/xep-hang/cach-cham/{id}/mo-phong",
        "/xep-hang/cach-cham/{method}/mo-phong",
        SignsIn,
        Hidden,
    ),
    post(
        "/xep-hang/cach-cham/{id}/mo-ky",
        "/xep-hang/cach-cham/{method}/mo-ky",
        "ky-mo=2026-Q4",
        SignsIn,
        Hidden,
    ),
    get("/xep-hang/ky/{id}", "/xep-hang/ky/{ranking}.xlsx", SignsIn, Hidden),
    post("/xep-hang/ky/{id}", "/xep-hang/ky/{ranking}", "viec=chot&phien-ban=1", SignsIn, Hidden),
    get("/xep-hang/ky/{id}/{unit}", "/xep-hang/ky/{ranking}/UBND-32191", SignsIn, Hidden),
    post(
        "/xep-hang/ky/{id}/{unit}",
        "/xep-hang/ky/{ranking}/UBND-32191",
        "viec=dieu-chinh&tieu-chi=on_time&diem=5&ly-do-sua=x",
        SignsIn,
        Hidden,
    ),
    get("/xep-hang/phan-hoi", "/xep-hang/phan-hoi", SignsIn, All(200)),
    get("/xep-hang/phan-hoi/{id}", "/xep-hang/phan-hoi/{appeal}", SignsIn, Hidden),
    post(
        "/xep-hang/phan-hoi/{id}",
        "/xep-hang/phan-hoi/{appeal}",
        "quyet-dinh=giu&tra-loi=x",
        SignsIn,
        Hidden,
    ),
    get("/ket-qua/xep-hang", "/ket-qua/xep-hang", Sees(200), All(200)),
    get("/ket-qua/xep-hang/{id}", "/ket-qua/xep-hang/{ranking}", Sees(404), All(404)),
    get(
        "/ket-qua/xep-hang/{id}/{unit}",
        "/ket-qua/xep-hang/{ranking}/UBND-32191",
        Sees(404),
        All(404),
    ),
];
