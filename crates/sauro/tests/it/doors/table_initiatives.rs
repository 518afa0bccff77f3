//! The doors of initiatives: anybody sends and follows, desks see what concerns them.

use super::table::Far::{All, Hidden, HiddenFrom, Needs};
use super::table::Stranger::{Sees, SignsIn};
use super::table::{Door, get, post};
use sauro_kernel::Right::{ApplyInitiatives, ChairCouncils, HandleInitiatives, SendInitiatives};

pub(crate) const INITIATIVE_DOORS: &[Door] = &[
    get("/sang-kien", "/sang-kien?tim=ho+tro&chang=x&sau=y", Sees(200), All(200)),
    get("/sang-kien.csv", "/sang-kien.csv", Sees(200), All(200)),
    get("/sang-kien.json", "/sang-kien.json", Sees(200), All(200)),
    get("/sang-kien/gui", "/sang-kien/gui", Sees(200), All(200)),
    post("/sang-kien/gui", "/sang-kien/gui", "ten=", Sees(422), Needs(SendInitiatives, 422)),
    get("/sang-kien/tra-cuu", "/sang-kien/tra-cuu?ma=SK-2222-2222", Sees(404), All(404)),
    get("/sang-kien/{code}", "/sang-kien/{initiative}", Sees(404), All(404)),
    post("/sang-kien/{code}", "/sang-kien/SK-7K2M-94QX", "bo-sung=x", Sees(404), All(404)),
    get(
        "/sang-kien/{code}/bien-nhan.json",
        "/sang-kien/SK-7K2M-94QX/bien-nhan.json",
        Sees(404),
        All(404),
    ),
    get(
        "/sang-kien/{code}/bang-diem.csv",
        "/sang-kien/SK-7K2M-94QX/bang-diem.csv",
        Sees(404),
        All(404),
    ),
    get(
        "/sang-kien/{code}/bang-diem.xlsx",
        "/sang-kien/SK-7K2M-94QX/bang-diem.xlsx",
        Sees(404),
        All(404),
    ),
    get(
        "/sang-kien/{code}/chung-nhan/{check}",
        "/sang-kien/SK-7K2M-94QX/chung-nhan/0123456789abcdef",
        Sees(404),
        All(404),
    ),
    post(
        "/sang-kien/{code}/chung-nhan/{check}",
        "/sang-kien/SK-7K2M-94QX/chung-nhan/0123456789abcdef",
        "ten=x",
        Sees(404),
        All(404),
    ),
    post(
        "/sang-kien/{code}/ung-ho",
        "/sang-kien/SK-7K2M-94QX/ung-ho",
        "viec=ung-ho",
        SignsIn,
        All(404),
    ),
    get("/sang-kien/{code}/tep/{n}", "/sang-kien/SK-7K2M-94QX/tep/1", Sees(404), All(404)),
    get("/dat-hang", "/dat-hang?linh-vuc=x&sau=1.x", Sees(200), All(200)),
    get("/dat-hang/{number}", "/dat-hang/DH-2026-000099", Sees(404), All(404)),
    get("/bai-toan", "/bai-toan", SignsIn, Needs(HandleInitiatives, 200)),
    get("/bai-toan/moi", "/bai-toan/moi", SignsIn, Needs(HandleInitiatives, 200)),
    post("/bai-toan/moi", "/bai-toan/moi", "ten=", SignsIn, Needs(HandleInitiatives, 422)),
    get("/bai-toan/{id}", "/bai-toan/{initiative}", SignsIn, HiddenFrom(HandleInitiatives)),
    post(
        "/bai-toan/{id}",
        "/bai-toan/{initiative}",
        "viec=rut&ly-do=x&phien-ban=1",
        SignsIn,
        HiddenFrom(HandleInitiatives),
    ),
    get("/ho-so-sang-kien", "/ho-so-sang-kien", SignsIn, All(200)),
    get("/ho-so-sang-kien/{id}", "/ho-so-sang-kien/{initiative}", SignsIn, Hidden),
    post(
        "/ho-so-sang-kien/{id}",
        "/ho-so-sang-kien/{initiative}",
        "viec=hinh-thuc&quyet-dinh=bo-sung&ly-do=x&phien-ban=1",
        SignsIn,
        Hidden,
    ),
    post(
        "/ho-so-sang-kien/{id}/ap-dung",
        "/ho-so-sang-kien/{initiative}/ap-dung",
        "viec=dung&tu-ngay=2026-11-01",
        SignsIn,
        HiddenFrom(ApplyInitiatives),
    ),
    post(
        "/ho-so-sang-kien/{id}/chung-nhan",
        "/ho-so-sang-kien/{initiative}/chung-nhan",
        "viec=cap",
        SignsIn,
        Hidden,
    ),
    get(
        "/ho-so-sang-kien/{id}/chung-nhan.json",
        "/ho-so-sang-kien/{initiative}/chung-nhan.json",
        SignsIn,
        Hidden,
    ),
    get(
        "/ho-so-sang-kien/{id}/chung-nhan.pdf",
        "/ho-so-sang-kien/{initiative}/chung-nhan.pdf",
        SignsIn,
        Hidden,
    ),
    get("/hoi-dong-sang-kien", "/hoi-dong-sang-kien", SignsIn, All(200)),
    post("/hoi-dong-sang-kien", "/hoi-dong-sang-kien", "ten=", SignsIn, Needs(ChairCouncils, 422)),
    get("/hoi-dong-sang-kien/{id}", "/hoi-dong-sang-kien/{initiative}", SignsIn, Hidden),
    post(
        "/hoi-dong-sang-kien/{id}",
        "/hoi-dong-sang-kien/{initiative}",
        "viec=chot&phien-ban=1",
        SignsIn,
        Hidden,
    ),
];
