use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use axum::Extension;
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Actor, Role};
use sauro_search::model::{Doc, DocKey, Kind};
use sauro_search::{Answer, Limiter, Place, Rooms, SearchIndex, Searching, routes};
use sauro_store::Limits;
use sauro_testkit::{Engine, Official, TestApp, actor, on_sqlite};

/// The pages over some documents.
pub(crate) struct Stage {
    app: TestApp,
    pub(crate) index: SearchIndex,
    hidden: Arc<Hidden>,
    _home: tempfile::TempDir,
}

/// Rooms that hide what a test says.
#[derive(Default)]
struct Hidden(Mutex<HashSet<DocKey>>);

impl Rooms for Hidden {
    fn public<'a>(&'a self, keys: &'a [DocKey]) -> Answer<'a> {
        let hidden = self.0.lock().unwrap();
        let public = keys.iter().filter(|it| !hidden.contains(it)).cloned().collect();
        Box::pin(async move { Ok(public) })
    }
}

impl Stage {
    pub(crate) async fn new(engine: Engine, docs: &[Doc]) -> Self {
        let home = tempfile::TempDir::new().unwrap();
        let index = SearchIndex::open(home.path()).unwrap();
        index.put(docs).unwrap();
        index.commit(Place { position: 1, is_whole: true }).unwrap();
        let hidden = Arc::<Hidden>::default();
        let searching =
            Searching { index: index.clone(), rooms: hidden.clone(), limiter: Limiter::default() };
        let routes =
            routes().layer(Extension(searching)).layer(Extension(DirectoryHandle::default()));
        Self { app: TestApp::new(engine, routes).await, index, hidden, _home: home }
    }

    /// Somebody; who it is makes no difference to what is found.
    pub(crate) fn visitor(&self) -> Official<'_> {
        self.app.official(Actor::public())
    }

    fn hide(&self, id: &str) {
        self.hidden.0.lock().unwrap().insert(DocKey::new(Kind::Petition, id));
    }
}

/// A petition.
pub(crate) fn doc(id: &str, title: &str, text: &str) -> Doc {
    Doc {
        key: DocKey::new(Kind::Petition, id),
        address: format!("/phan-anh/{id}"),
        title: title.to_owned(),
        summary: format!("PA-{id}"),
        text: text.to_owned(),
        agency: String::new(),
        within: Vec::new(),
        field: ("giao-thong".to_owned(), "Giao thông".to_owned()),
        at: 1_780_000_000_000_000,
    }
}

#[tokio::test]
async fn the_page_marks_what_was_sought_and_text_stays_text() {
    let docs = [
        doc("1", "Đèn đường <script>alert(1)</script>", "Xã thay năm bộ đèn & kiểm tra \"dây\"."),
        doc("2", "Rác ở chợ", "Xe lấy rác hỏng."),
    ];
    let stage = Stage::new(on_sqlite(Limits::default()).await, &docs).await;
    let visitor = stage.visitor();
    let page = visitor.get("/tim-kiem?q=den%20duong").await;
    assert_eq!(page.status, 200);
    page.has_text("<mark>Đèn</mark> <mark>đường</mark> &#60;script&#62;");
    page.has_text("1 kết quả");
    page.has_text("<mark>đèn</mark> &#38; kiểm tra");
    assert!(!page.body().contains("<script>alert"));
    let page = visitor.get("/tim-kiem?q=%22%3E%3Cimg%3E&loai=khong-co&nam=x&trang=-9").await;
    assert_eq!(page.status, 200);
    assert!(!page.body().contains("\"><img>"));
    page.has_text("Không tìm thấy");
    visitor.get("/tim-kiem").await.has_text("Tìm được gì ở đây");
    visitor.get("/tim-kiem?linh-vuc=giao-thong").await.has_text("2 kết quả");
}

// I81
#[tokio::test]
async fn what_was_hidden_a_moment_ago_is_in_no_answer_though_the_index_still_has_it() {
    let docs = [doc("1", "Đèn đường không sáng", "Chờ."), doc("2", "Đèn đường mờ", "Chờ.")];
    let stage = Stage::new(on_sqlite(Limits::default()).await, &docs).await;
    let visitor = stage.visitor();
    let at = ["/tim-kiem?q=den", "/api/v1/tim-kiem?q=den", "/tim-kiem/goi-y?q=den%20du"];
    for path in at {
        visitor.get(path).await.has_text("không sáng");
    }
    stage.hide("1");
    for path in at {
        let page = visitor.get(path).await;
        assert!(!page.body().contains("không sáng"), "{path}: {}", page.body());
        page.has_text("mờ");
    }
}

#[tokio::test]
async fn programs_read_the_same_and_whoever_asks_for_ever_waits() {
    let stage =
        Stage::new(on_sqlite(Limits::default()).await, &[doc("1", "Đèn đường", "Xã thay.")]).await;
    let visitor = stage.visitor();
    let answer = visitor.get("/api/v1/tim-kiem?q=den+duong&loai=phan-anh").await;
    let json: serde_json::Value = serde_json::from_str(answer.body()).unwrap();
    assert_eq!(json["total"], 1);
    assert_eq!(json["hits"][0]["title"], "Đèn đường");
    assert_eq!(json["hits"][0]["url"], "http://localhost:8080/phan-anh/1");
    assert_eq!(json["kinds"]["phan-anh"], 1);
    let mut last = 200;
    for _ in 0..300 {
        last = visitor.get("/tim-kiem/goi-y?q=den").await.status;
    }
    assert_eq!(last, 429);
    let page = visitor.get("/tim-kiem?q=den").await;
    assert_eq!(page.status, 429);
    page.has_text("Chờ một phút");
}

#[tokio::test]
async fn editors_read_what_was_not_found_and_take_it_off_the_list() {
    let stage = Stage::new(on_sqlite(Limits::default()).await, &[]).await;
    let visitor = stage.visitor();
    visitor.get("/tim-kiem?q=b%E1%BA%BFn%20ph%C3%A0").await.has_text("Không tìm thấy");
    let app = &stage.app;
    let officer = app.official(actor(Role::Officer, "vn/xa"));
    let page = officer.get("/tim-kiem/khong-thay").await;
    page.has_text("bến phà");
    assert!(!page.body().contains("Đã xử lý"));
    let focal = app.official(actor(Role::FocalOfficer, "vn/xa"));
    focal.get("/tim-kiem/khong-thay").await.has_text("Đã xử lý");
    let done = focal.post("/tim-kiem/khong-thay", &[("chu", "ben pha")]).await;
    assert_eq!((done.status, done.location.as_str()), (303, "/tim-kiem/khong-thay"));
    officer.get("/tim-kiem/khong-thay").await.has_text("Chưa có chữ nào");
}
