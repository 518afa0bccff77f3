//! The doors of periodic reports: the province asks, a commune writes; nobody else knows of it.

use super::table::Far::{All, Hidden, HiddenFrom, Needs};
use super::table::Stranger::{Sees, SignsIn};
use super::table::{Door, get, post};
use sauro_kernel::Right::{ManageForms, ReadTasks};

pub(crate) const REPORT_DOORS: &[Door] = &[
    get("/ket-qua/bao-cao", "/ket-qua/bao-cao", Sees(200), All(200)),
    get("/ket-qua/bao-cao/{id}", "/ket-qua/bao-cao/{round}", Sees(404), All(404)),
    get("/bao-cao-ky", "/bao-cao-ky", SignsIn, Needs(ReadTasks, 200)),
    get("/bieu-mau", "/bieu-mau", SignsIn, Needs(ManageForms, 200)),
    get("/bieu-mau/moi", "/bieu-mau/moi", SignsIn, Needs(ManageForms, 200)),
    post("/bieu-mau/moi", "/bieu-mau/moi", "ma=", SignsIn, Needs(ManageForms, 422)),
    get("/bieu-mau/{code}", "/bieu-mau/BC-96", SignsIn, HiddenFrom(ManageForms)),
    post("/bieu-mau/{code}", "/bieu-mau/BC-96", "ten=x", SignsIn, HiddenFrom(ManageForms)),
    post(
        "/bieu-mau/{code}/mo-dot",
        "/bieu-mau/BC-96/mo-dot",
        "ky=2026-10",
        SignsIn,
        HiddenFrom(ManageForms),
    ),
    get("/bao-cao-ky/{round}", "/bao-cao-ky/{round}", SignsIn, Hidden),
    post("/bao-cao-ky/{round}", "/bao-cao-ky/{round}", "don-vi=UBND-32191", SignsIn, Hidden),
    post(
        "/bao-cao-ky/{round}/khoa",
        "/bao-cao-ky/{round}/khoa",
        "khoa=2026-11-01",
        SignsIn,
        HiddenFrom(ManageForms),
    ),
    post(
        "/bao-cao-ky/{round}/gui-muon",
        "/bao-cao-ky/{round}/gui-muon",
        "don-vi=UBND-32191&den-ngay=2026-12-01&ly-do=x",
        SignsIn,
        HiddenFrom(ManageForms),
    ),
    get("/bao-cao-ky/{round}/{unit}", "/bao-cao-ky/{round}/UBND-32191", SignsIn, Hidden),
    post(
        "/bao-cao-ky/{round}/{unit}",
        "/bao-cao-ky/{round}/UBND-32191",
        "viec=gui&phien-ban=1",
        SignsIn,
        Hidden,
    ),
    get("/bao-cao-ky/{round}/{unit}/soan", "/bao-cao-ky/{round}/UBND-32191/soan", SignsIn, Hidden),
    post(
        "/bao-cao-ky/{round}/{unit}/soan",
        "/bao-cao-ky/{round}/UBND-32191/soan",
        "phien-ban=1&van-ket-qua=x",
        SignsIn,
        Hidden,
    ),
    get(
        "/bao-cao-ky/{round}/{unit}/tong-hop",
        "/bao-cao-ky/{round}/UBND-96/tong-hop",
        SignsIn,
        Hidden,
    ),
    post(
        "/bao-cao-ky/{round}/{unit}/tong-hop",
        "/bao-cao-ky/{round}/UBND-96/tong-hop",
        "phien-ban=0&cau-ket-qua=x",
        SignsIn,
        Hidden,
    ),
    get(
        "/bao-cao-ky/{round}/{unit}/van-ban.docx",
        "/bao-cao-ky/{round}/UBND-32191/van-ban.docx",
        SignsIn,
        Hidden,
    ),
];
