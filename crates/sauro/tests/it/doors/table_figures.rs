//! The doors of figures and of periodic reports.

use super::table::Far::{All, Hidden, HiddenFrom, Needs};
use super::table::Stranger::{Sees, SignsIn};
use super::table::{Door, get, post};
use sauro_kernel::Right::{ManageForms, ManageIndicators, ReadTasks, ReportFigures};

pub(crate) const FIGURE_DOORS: &[Door] = &[
    // Figures: everybody inside reads them, the unit reports, others appraise.
    get("/chi-so", "/chi-so", SignsIn, All(200)),
    get("/chi-so/nap-tep", "/chi-so/nap-tep", SignsIn, Needs(ReportFigures, 200)),
    post("/chi-so/nap-tep", "/chi-so/nap-tep", "bang=", SignsIn, Needs(ReportFigures, 422)),
    post(
        "/chi-so/nap-tep/danh-dau",
        "/chi-so/nap-tep/danh-dau",
        "bang=",
        SignsIn,
        HiddenFrom(ReportFigures),
    ),
    // A form is none of the kinds of content that a program sends.
    post("/api/v1/figures", "/api/v1/figures", "", SignsIn, All(415)),
    get("/chi-so/mau.xlsx", "/chi-so/mau.xlsx?ky=x", SignsIn, HiddenFrom(ReportFigures)),
    get("/chi-so/xuat", "/chi-so/xuat", SignsIn, All(200)),
    get("/chi-so/{code}", "/chi-so/S-LOMSONG", SignsIn, All(200)),
    get("/chi-so/{code}/bao-so", "/chi-so/N57-04a/bao-so", SignsIn, HiddenFrom(ReportFigures)),
    post(
        "/chi-so/{code}/bao-so",
        "/chi-so/N57-04a/bao-so",
        "don-vi=VN&ky=2025&so=50&nguon=x",
        SignsIn,
        HiddenFrom(ReportFigures),
    ),
    get(
        "/chi-so/{code}/chi-tieu",
        "/chi-so/S-LOMSONG/chi-tieu",
        SignsIn,
        HiddenFrom(ManageIndicators),
    ),
    post(
        "/chi-so/{code}/chi-tieu",
        "/chi-so/S-LOMSONG/chi-tieu",
        "viec=giao&don-vi=VN&chi-tieu=1",
        SignsIn,
        HiddenFrom(ManageIndicators),
    ),
    post(
        "/chi-so/{code}/chi-tieu/duyet",
        "/chi-so/S-LOMSONG/chi-tieu/duyet",
        "de-nghi={evidence}&duyet=dong-y",
        SignsIn,
        HiddenFrom(ManageIndicators),
    ),
    get("/so-lieu/{id}", "/so-lieu/{figure}", SignsIn, All(200)),
    post(
        "/so-lieu/{id}/dinh-chinh",
        "/so-lieu/{figure}/dinh-chinh",
        "so=1&nguon=x&ghi-chu=x&phien-ban=1",
        SignsIn,
        All(403),
    ),
    post(
        "/so-lieu/{id}/tham-dinh",
        "/so-lieu/{figure}/tham-dinh",
        "so=1&da-kiem=x&phien-ban=1",
        SignsIn,
        All(403),
    ),
    // Periodic reports: the province asks, a commune writes; nobody else knows of it.
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
    get(
        "/bao-cao-ky/{round}/{unit}/van-ban.pdf",
        "/bao-cao-ky/{round}/UBND-32191/van-ban.pdf",
        SignsIn,
        Hidden,
    ),
];
