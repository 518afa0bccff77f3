//! Every route, and who comes in. A new route must be added here.

use sauro_kernel::Right;

/// What happens to somebody who is not signed in.
#[derive(Clone, Copy)]
pub(crate) enum Stranger {
    /// Answered with this status.
    Sees(u16),
    /// A reader is led to the sign-in page and back, a sender is answered 401.
    SignsIn,
}

/// What happens to somebody with a seat in an agency that has nothing to do with the thing.
#[derive(Clone, Copy)]
pub(crate) enum Far {
    /// Every role is answered with this status.
    All(u16),
    /// 403 without the right in one's own agency, else this status.
    Needs(Right, u16),
    /// 403 without the right in one's own agency, else 404.
    HiddenFrom(Right),
    /// 404 for every role: one must not learn that the thing exists.
    Hidden,
}

pub(crate) struct Door {
    pub(crate) method: &'static str,
    /// As the router has it.
    pub(crate) route: &'static str,
    /// As it is asked for; words in braces stand for things of the world.
    pub(crate) path: &'static str,
    pub(crate) stranger: Stranger,
    pub(crate) far: Far,
    /// The form that is sent.
    pub(crate) form: &'static str,
}

use Far::{All, Hidden, HiddenFrom, Needs};
use Right::{
    DraftReports, IssueTasks, ManageAccounts, ManageDashboards, ManageProgrammes, PrepareTasks,
    PressTasks, ReadTasks,
};
use Stranger::{Sees, SignsIn};

pub(super) const fn get(
    route: &'static str,
    path: &'static str,
    stranger: Stranger,
    far: Far,
) -> Door {
    Door { method: "GET", route, path, stranger, far, form: "" }
}

pub(super) const fn post(
    route: &'static str,
    path: &'static str,
    form: &'static str,
    stranger: Stranger,
    far: Far,
) -> Door {
    Door { method: "POST", route, path, stranger, far, form }
}

pub(crate) const DOORS: &[Door] = &[
    // The house.
    get("/", "/", Sees(200), All(303)),
    get("/suc-khoe", "/suc-khoe", Sees(200), All(200)),
    get("/song", "/song", SignsIn, All(503)),
    get("/tai-san/{file}", "/tai-san/khong-co.js", Sees(404), All(404)),
    // Help is for everybody.
    get("/tro-giup", "/tro-giup", Sees(200), All(200)),
    get("/tro-giup/{name}", "/tro-giup/nguoi-dan", Sees(200), All(200)),
    get("/tro-giup/hinh/{file}", "/tro-giup/hinh/viec-1440.webp", Sees(200), All(200)),
    get("/xem-thu", "/xem-thu", Sees(404), All(404)),
    get("/he-thong-giao-dien", "/he-thong-giao-dien", Sees(404), All(404)),
    // Results are for everybody.
    get("/ket-qua", "/ket-qua", Sees(200), All(200)),
    get("/ket-qua.csv", "/ket-qua.csv", Sees(200), All(200)),
    get("/ket-qua.json", "/ket-qua.json", Sees(200), All(200)),
    get("/ket-qua/{*rest}", "/ket-qua/chuong-trinh/diem-ho-tro", Sees(200), All(200)),
    get("/ket-qua/chi-so", "/ket-qua/chi-so", Sees(200), All(200)),
    get("/ket-qua/chi-so.csv", "/ket-qua/chi-so.csv", Sees(200), All(200)),
    get("/ket-qua/chi-so.json", "/ket-qua/chi-so.json", Sees(200), All(200)),
    get("/ket-qua/bang", "/ket-qua/bang", Sees(200), All(200)),
    get("/ket-qua/bang/{id}", "/ket-qua/bang/{dashboard}", Sees(404), Hidden),
    // Dashboards: the list is for all, one that an agency keeps for itself is not there for others.
    get("/bang", "/bang", SignsIn, All(200)),
    post("/bang", "/bang", "ten=", SignsIn, Needs(ManageDashboards, 422)),
    get("/bang/{id}", "/bang/{dashboard}", SignsIn, Hidden),
    get("/bang/{id}/o/{n}", "/bang/{dashboard}/o/1.png", SignsIn, Hidden),
    get("/bang/{id}/sua", "/bang/{dashboard}/sua", SignsIn, Hidden),
    post("/bang/{id}/sua", "/bang/{dashboard}/sua", "viec=ten&ten=x&phien-ban=1", SignsIn, Hidden),
    // The catalogue. The calendar is the nation's: no province may change it.
    get("/co-quan", "/co-quan", SignsIn, All(200)),
    get("/co-quan/tim", "/co-quan/tim?q=ca+mau", SignsIn, All(200)),
    get("/co-quan/{id}", "/co-quan/{agency}", SignsIn, All(200)),
    get("/quan-tri/lich", "/quan-tri/lich", SignsIn, All(403)),
    post("/quan-tri/lich", "/quan-tri/lich", "ngay=&ten=&loai=", SignsIn, All(403)),
    post("/quan-tri/lich/bo", "/quan-tri/lich/bo", "ngay=2026-12-31", SignsIn, All(403)),
    // Signing in.
    get("/dang-nhap", "/dang-nhap", Sees(200), All(303)),
    post("/dang-nhap", "/dang-nhap", "dang-nhap=ai&mat-khau=do", Sees(422), All(422)),
    post("/dang-nhap/mau", "/dang-nhap/mau", "dang-nhap=officer", Sees(404), All(404)),
    get("/dang-nhap/ma", "/dang-nhap/ma", Sees(303), All(303)),
    post("/dang-nhap/ma", "/dang-nhap/ma", "ma=000000", Sees(303), All(303)),
    get("/dang-nhap/mat-khau", "/dang-nhap/mat-khau", Sees(303), All(303)),
    post(
        "/dang-nhap/mat-khau",
        "/dang-nhap/mat-khau",
        "mat-khau-moi=a&nhap-lai=a",
        Sees(303),
        All(303),
    ),
    // One's own account.
    get("/tai-khoan", "/tai-khoan", SignsIn, All(200)),
    post("/tai-khoan/chuc-danh", "/tai-khoan/chuc-danh", "chuc-danh={evidence}", SignsIn, All(404)),
    post(
        "/tai-khoan/mat-khau",
        "/tai-khoan/mat-khau",
        "mat-khau-cu=sai&mat-khau-moi=a&nhap-lai=b",
        SignsIn,
        All(422),
    ),
    post("/tai-khoan/phien", "/tai-khoan/phien", "phien=khong-co", SignsIn, All(303)),
    get("/tai-khoan/ma", "/tai-khoan/ma", SignsIn, All(200)),
    post("/tai-khoan/ma", "/tai-khoan/ma", "ma=000000", SignsIn, All(422)),
    post("/tai-khoan/ma/tat", "/tai-khoan/ma/tat", "mat-khau-tat-ma=sai", SignsIn, All(422)),
    post(
        "/tai-khoan/uy-quyen",
        "/tai-khoan/uy-quyen",
        "nguoi-nhan=khong-co",
        SignsIn,
        Needs(Right::Delegate, 422),
    ),
    post(
        "/tai-khoan/uy-quyen/thu-hoi",
        "/tai-khoan/uy-quyen/thu-hoi",
        "chuc-danh={evidence}",
        SignsIn,
        All(404),
    ),
    // Notices for one's own desk.
    get("/thong-bao", "/thong-bao", SignsIn, All(200)),
    get("/thong-bao/cai-dat", "/thong-bao/cai-dat", SignsIn, All(200)),
    post("/thong-bao/cai-dat", "/thong-bao/cai-dat", "nhan-thu=1&dia-chi=sai", SignsIn, All(422)),
    post("/thong-bao/{id}", "/thong-bao/{evidence}", "", SignsIn, Hidden),
    post("/thong-bao/doc-het", "/thong-bao/doc-het", "", SignsIn, All(303)),
    // Accounts, of administrators.
    get("/quan-tri/tai-khoan", "/quan-tri/tai-khoan", SignsIn, Needs(ManageAccounts, 200)),
    post(
        "/quan-tri/tai-khoan",
        "/quan-tri/tai-khoan",
        "dang-nhap=ke.moi&ten=Ai&co-quan=UBND-32191&vai-tro=leader",
        SignsIn,
        Needs(ManageAccounts, 422),
    ),
    get("/quan-tri/tai-khoan/moi", "/quan-tri/tai-khoan/moi", SignsIn, Needs(ManageAccounts, 200)),
    get(
        "/quan-tri/tai-khoan/{id}",
        "/quan-tri/tai-khoan/{account}",
        SignsIn,
        HiddenFrom(ManageAccounts),
    ),
    post(
        "/quan-tri/tai-khoan/{id}/chuc-danh",
        "/quan-tri/tai-khoan/{account}/chuc-danh",
        "co-quan=UBND-01&vai-tro=officer",
        SignsIn,
        HiddenFrom(ManageAccounts),
    ),
    post(
        "/quan-tri/tai-khoan/{id}/ket-thuc",
        "/quan-tri/tai-khoan/{account}/ket-thuc",
        "chuc-danh={post}",
        SignsIn,
        Hidden,
    ),
    post(
        "/quan-tri/tai-khoan/{id}/mat-khau",
        "/quan-tri/tai-khoan/{account}/mat-khau",
        "",
        SignsIn,
        HiddenFrom(ManageAccounts),
    ),
    post(
        "/quan-tri/tai-khoan/{id}/khoa",
        "/quan-tri/tai-khoan/{account}/khoa",
        "",
        SignsIn,
        HiddenFrom(ManageAccounts),
    ),
    post(
        "/quan-tri/tai-khoan/{id}/mo",
        "/quan-tri/tai-khoan/{account}/mo",
        "",
        SignsIn,
        HiddenFrom(ManageAccounts),
    ),
    // From text to tasks.
    get("/chi-dao/moi", "/chi-dao/moi", SignsIn, Needs(PrepareTasks, 200)),
    post("/chi-dao/moi", "/chi-dao/moi", "multipart", SignsIn, Needs(PrepareTasks, 422)),
    get("/nhiem-vu/nhap", "/nhiem-vu/nhap", SignsIn, Needs(PrepareTasks, 200)),
    post("/nhiem-vu/nhap", "/nhiem-vu/nhap", "multipart", SignsIn, Needs(PrepareTasks, 422)),
    post(
        "/nhiem-vu/nhap/danh-dau",
        "/nhiem-vu/nhap/danh-dau",
        "bang=rac",
        SignsIn,
        HiddenFrom(PrepareTasks),
    ),
    get("/nhiem-vu/nhap/mau.xlsx", "/nhiem-vu/nhap/mau.xlsx", SignsIn, All(200)),
    get("/chuong-trinh", "/chuong-trinh", SignsIn, All(200)),
    get("/chuong-trinh/moi", "/chuong-trinh/moi", SignsIn, Needs(ManageProgrammes, 200)),
    post(
        "/chuong-trinh/moi",
        "/chuong-trinh/moi",
        "ma=&ten=",
        SignsIn,
        Needs(ManageProgrammes, 422),
    ),
    // The programme of the doors' world is public: everybody may look, nobody else may change it.
    get("/chuong-trinh/{code}", "/chuong-trinh/{programme}", SignsIn, All(200)),
    get("/chuong-trinh/{code}/sua", "/chuong-trinh/{programme}/sua", SignsIn, Hidden),
    post("/chuong-trinh/{code}/sua", "/chuong-trinh/{programme}/sua", "ten=Chiếm", SignsIn, Hidden),
    get("/chuong-trinh/{code}/cach-lam", "/chuong-trinh/{programme}/cach-lam", SignsIn, Hidden),
    post(
        "/chuong-trinh/{code}/cach-lam",
        "/chuong-trinh/{programme}/cach-lam",
        "truoc-han=3",
        SignsIn,
        Hidden,
    ),
    get("/chi-dao", "/chi-dao", SignsIn, Needs(Right::ReadTasks, 200)),
    get("/chi-dao/{id}", "/chi-dao/{directive}", SignsIn, Hidden),
    post("/chi-dao/{id}/trinh", "/chi-dao/{directive}/trinh", "", SignsIn, Hidden),
    post("/chi-dao/{id}/giao", "/chi-dao/{directive}/giao", "", SignsIn, Hidden),
    post("/chi-dao/{id}/tra-lai", "/chi-dao/{directive}/tra-lai", "ly-do=vi", SignsIn, Hidden),
    post(
        "/chi-dao/{id}/gop",
        "/chi-dao/{directive}/gop",
        "du-thao={draft}&du-thao={draft}",
        SignsIn,
        Hidden,
    ),
    post("/chi-dao/{id}/them", "/chi-dao/{directive}/them", "", SignsIn, Hidden),
    get("/chi-dao/{id}/tep", "/chi-dao/{directive}/tep", SignsIn, Hidden),
    get("/chi-dao/du-thao", "/chi-dao/du-thao", SignsIn, Needs(Right::ReadTasks, 200)),
    post("/chi-dao/du-thao/trinh", "/chi-dao/du-thao/trinh", "du-thao={draft}", SignsIn, Hidden),
    post("/chi-dao/du-thao/giao", "/chi-dao/du-thao/giao", "du-thao={draft}", SignsIn, Hidden),
    post(
        "/chi-dao/du-thao/tra-lai",
        "/chi-dao/du-thao/tra-lai",
        "du-thao={draft}&ly-do=vi",
        SignsIn,
        Hidden,
    ),
    get("/chi-dao/du-thao/{id}", "/chi-dao/du-thao/{draft}", SignsIn, Hidden),
    post("/chi-dao/du-thao/{id}", "/chi-dao/du-thao/{draft}", "viec=Chiếm", SignsIn, Hidden),
    post("/chi-dao/du-thao/{id}/tach", "/chi-dao/du-thao/{draft}/tach", "", SignsIn, Hidden),
    post("/chi-dao/du-thao/{id}/bo", "/chi-dao/du-thao/{draft}/bo", "ly-do=vi", SignsIn, Hidden),
    get("/nhiem-vu/moi", "/nhiem-vu/moi", SignsIn, Needs(PrepareTasks, 200)),
    post("/nhiem-vu/moi", "/nhiem-vu/moi", "viec=", SignsIn, Needs(PrepareTasks, 422)),
    get("/nhiem-vu/{code}/ky", "/nhiem-vu/{task}/ky", SignsIn, Hidden),
    get("/nhiem-vu/{code}/quy-tac", "/nhiem-vu/{task}/quy-tac", SignsIn, Hidden),
    post("/nhiem-vu/{code}/quy-tac", "/nhiem-vu/{task}/quy-tac", "quy-tac=all", SignsIn, Hidden),
    get("/nhiem-vu/{code}/giao-xuong", "/nhiem-vu/{task}/giao-xuong", SignsIn, Hidden),
    post("/nhiem-vu/{code}/giao-xuong", "/nhiem-vu/{task}/giao-xuong", "", SignsIn, Hidden),
    // Doing and verifying.
    get("/viec", "/viec", SignsIn, All(200)),
    get("/viec/{muc}", "/viec/qua-han", SignsIn, Needs(DraftReports, 200)),
    post("/viec/{muc}", "/viec/duyet-giao", "chon={draft}", SignsIn, Needs(IssueTasks, 422)),
    get("/nhiem-vu", "/nhiem-vu", SignsIn, All(200)),
    post("/nhiem-vu/don-doc", "/nhiem-vu/don-doc", "gui=da-chon", SignsIn, Needs(PressTasks, 422)),
    get("/nhiem-vu/xuat.csv", "/nhiem-vu/xuat.csv", SignsIn, All(200)),
    get("/nhiem-vu/xuat.xlsx", "/nhiem-vu/xuat.xlsx", SignsIn, All(200)),
    get("/nhiem-vu/xuat.docx", "/nhiem-vu/xuat.docx", SignsIn, All(200)),
    get("/nhiem-vu/xuat.pdf", "/nhiem-vu/xuat.pdf", SignsIn, All(200)),
    get("/bao-cao-thang", "/bao-cao-thang", SignsIn, Needs(PrepareTasks, 200)),
    post("/bao-cao-thang", "/bao-cao-thang", "ky=", SignsIn, Needs(PrepareTasks, 422)),
    get("/nhiem-vu/tien-do", "/nhiem-vu/tien-do", SignsIn, All(200)),
    get("/nhiem-vu/cach-xem", "/nhiem-vu/cach-xem", SignsIn, All(200)),
    post(
        "/nhiem-vu/cach-xem",
        "/nhiem-vu/cach-xem",
        "ten=&loc=tt%3Dover",
        SignsIn,
        Needs(ReadTasks, 422),
    ),
    post(
        "/nhiem-vu/cach-xem/{id}",
        "/nhiem-vu/cach-xem/{evidence}",
        "viec=bo",
        SignsIn,
        HiddenFrom(ReadTasks),
    ),
    get("/lanh-dao", "/lanh-dao", SignsIn, Needs(IssueTasks, 200)),
    get("/nhiem-vu/{code}", "/nhiem-vu/{task}", SignsIn, Hidden),
    post("/nhiem-vu/{code}/bao-nhanh", "/nhiem-vu/{task}/bao-nhanh", "ban=1", SignsIn, Hidden),
    get("/nhiem-vu/{code}/dien-bien", "/nhiem-vu/{task}/dien-bien", SignsIn, Hidden),
    get(
        "/nhiem-vu/{code}/bien-nhan/{receipt}",
        "/nhiem-vu/{task}/bien-nhan/{receipt}",
        SignsIn,
        Hidden,
    ),
    get("/nhiem-vu/{code}/gia-han", "/nhiem-vu/{task}/gia-han", SignsIn, Hidden),
    post("/nhiem-vu/{code}/gia-han", "/nhiem-vu/{task}/gia-han", "viec=de-nghi", SignsIn, Hidden),
    get("/nhiem-vu/{code}/giai-trinh", "/nhiem-vu/{task}/giai-trinh", SignsIn, Hidden),
    post(
        "/nhiem-vu/{code}/giai-trinh",
        "/nhiem-vu/{task}/giai-trinh",
        "viec=yeu-cau",
        SignsIn,
        Hidden,
    ),
    get("/nhiem-vu/{code}/dieu-hanh", "/nhiem-vu/{task}/dieu-hanh", SignsIn, Hidden),
    post(
        "/nhiem-vu/{code}/dieu-hanh",
        "/nhiem-vu/{task}/dieu-hanh",
        "viec=don-doc",
        SignsIn,
        Hidden,
    ),
    get("/nhiem-vu/{code}/nghiem-thu", "/nhiem-vu/{task}/nghiem-thu", SignsIn, Hidden),
    post(
        "/nhiem-vu/{code}/nghiem-thu",
        "/nhiem-vu/{task}/nghiem-thu",
        "sp-1=accepted&da-kiem-tra-1=xem",
        SignsIn,
        Hidden,
    ),
    get("/minh-chung/{id}", "/minh-chung/{evidence}", SignsIn, Hidden),
    get("/nhiem-vu/{code}/bao-cao", "/nhiem-vu/{task}/bao-cao", SignsIn, Hidden),
    post(
        "/nhiem-vu/{code}/bao-cao",
        "/nhiem-vu/{task}/bao-cao",
        "bao-cao={report}&version=1&viec=gui",
        SignsIn,
        Hidden,
    ),
    post(
        "/nhiem-vu/{code}/bao-cao/nhap",
        "/nhiem-vu/{task}/bao-cao/nhap",
        "bao-cao={report}&version=1",
        SignsIn,
        Hidden,
    ),
    post(
        "/api/v1/tasks/{code}/reports",
        "/api/v1/tasks/{task}/reports",
        "results=Xong",
        SignsIn,
        Hidden,
    ),
    // These end the session, so they come last.
    post("/tai-khoan/dang-xuat-het", "/tai-khoan/dang-xuat-het", "", SignsIn, All(303)),
    post("/dang-xuat", "/dang-xuat", "", Sees(303), All(303)),
];
