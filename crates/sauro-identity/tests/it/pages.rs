use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, Response, header};
use axum::routing::get;
use sauro_identity::actions::{NewAccount, open_account};
use sauro_kernel::{Actor, Role};
use sauro_testkit::on_each_engine;
use sauro_ui::{Chrome, Site};
use tower::ServiceExt;

use crate::house::{House, PASSWORD, seat};

/// The room as the product mounts it, with a page that says who is there.
fn mounted(house: &House) -> Router {
    let whoami = async |chrome: Chrome| chrome.person().to_owned();
    Router::new()
        .route("/toi", get(whoami).post(whoami))
        .merge(sauro_identity::routes())
        .layer(house.identity.session_layer())
        .layer(house.identity.csrf_layer())
        .with_state(house.state.clone())
}

#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    pub(crate) cookies: Vec<(String, String)>,
}

pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Page {
    pub(crate) fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |it| it.to_str().unwrap())
    }
}

impl Browser {
    pub(crate) fn new(house: &House) -> Self {
        Self { router: mounted(house), cookies: Vec::new() }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&mut self, path: &str, body: &str) -> Page {
        self.post_from(path, body, "same-origin").await
    }

    /// The value of a cookie, or nothing.
    pub(crate) fn cookie(&self, name: &str) -> String {
        let found = self.cookies.iter().find(|(it, _)| it == name);
        found.map(|it| it.1.clone()).unwrap_or_default()
    }

    async fn post_from(&mut self, path: &str, body: &str, site: &str) -> Page {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", site);
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    async fn send(&mut self, mut request: Request<Body>) -> Page {
        let jar: Vec<String> = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
        request.headers_mut().insert(header::COOKIE, jar.join("; ").parse().unwrap());
        let response: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        for line in response.headers().get_all(header::SET_COOKIE) {
            let (name, rest) = line.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap().to_owned();
            self.cookies.retain(|(it, _)| it != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value));
            }
        }
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        Page { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    pub(crate) async fn enter(&mut self, login: &str) -> Page {
        let password = PASSWORD.replace(' ', "+");
        self.post("/dang-nhap", &format!("dang-nhap={login}&mat-khau={password}&tiep=/toi")).await
    }
}

#[tokio::test]
async fn a_person_signs_in_goes_where_they_wanted_and_signs_out() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        house.open("can.bo", Role::Officer, "T1").await;
        let mut browser = Browser::new(&house);
        assert!(browser.get("/dang-nhap?tiep=/toi").await.body.contains(r#"value="/toi""#));
        let page = browser.enter("can.bo").await;
        assert_eq!((page.status, page.location()), (303, "/toi"));
        let cookie = page.headers.get(header::SET_COOKIE).unwrap().to_str().unwrap();
        assert!(
            cookie.starts_with("sauro=") && cookie.contains("HttpOnly; SameSite=Lax"),
            "{cookie}"
        );
        let page = browser.get("/toi").await;
        assert_eq!(page.body, "Cán bộ can.bo");
        assert_eq!(page.headers.get(header::CACHE_CONTROL).unwrap(), "no-store");
        let account = browser.get("/tai-khoan").await;
        assert_eq!(account.status, 200);
        assert!(account.body.contains("Phiên này"));
        assert_eq!(browser.post("/dang-xuat", "").await.location(), "/dang-nhap");
        assert_eq!(browser.get("/toi").await.body, "");
        assert_eq!(browser.get("/tai-khoan").await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn a_refused_sign_in_answers_the_form_again_and_keeps_the_login_only() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let mut browser = Browser::new(&house);
        let page =
            browser.post("/dang-nhap", "dang-nhap=%22%3E%3Cscript%3E&mat-khau=bi+mat+lam").await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains("Tên đăng nhập hoặc mật khẩu không đúng"));
        assert!(!page.body.contains("<script>") && !page.body.contains("bi mat lam"));
        let page = browser.post("/dang-nhap", "").await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains("Có 2 chỗ cần sửa"), "{}", page.body);
    })
    .await;
}

#[tokio::test]
async fn a_form_from_another_site_is_refused_and_does_nothing() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        house.open("can.bo", Role::Officer, "T1").await;
        let mut browser = Browser::new(&house);
        browser.enter("can.bo").await;
        let page = browser.post_from("/tai-khoan/dang-xuat-het", "", "cross-site").await;
        assert_eq!(page.status, 403);
        assert!(page.body.contains("đến từ một trang khác"));
        assert_eq!(browser.get("/toi").await.body, "Cán bộ can.bo");
        assert_eq!(browser.post_from("/toi", "", "same-site").await.status, 403);
        assert_eq!(browser.post("/toi", "").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn sample_accounts_are_offered_in_a_demonstration_only() {
    on_each_engine(async |engine| {
        let site = Site { is_demo: true, ..Site::default() };
        let house = House::with_site(engine, site).await;
        house.open("that", Role::Leader, "T1").await;
        let sample = NewAccount {
            login: "mau".to_owned(),
            display_name: "Lãnh đạo mẫu".to_owned(),
            password: Some(PASSWORD.to_owned()),
            is_sample: true,
            seat: seat(Role::Leader, "T1"),
        };
        open_account(&house.system(), &house.identity, &sample).await.unwrap();
        let mut browser = Browser::new(&house);
        let page = browser.get("/dang-nhap").await;
        assert!(page.body.contains(r#"value="mau""#) && !page.body.contains(r#"value="that""#));
        assert_eq!(browser.post("/dang-nhap/mau", "dang-nhap=that").await.status, 404);
        assert_eq!(
            browser.post("/dang-nhap/mau", "dang-nhap=mau&tiep=/toi").await.location(),
            "/toi"
        );
        assert_eq!(browser.get("/toi").await.body, "Lãnh đạo mẫu");
    })
    .await;
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let mut browser = Browser::new(&house);
        assert!(!browser.get("/dang-nhap").await.body.contains("/dang-nhap/mau"));
        assert_eq!(browser.post("/dang-nhap/mau", "dang-nhap=mau").await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_opens_an_account_whose_holder_sets_a_password() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        house.open("qt", Role::Administrator, "T1").await;
        let mut admin = Browser::new(&house);
        admin.enter("qt").await;
        assert_eq!(admin.get("/quan-tri/tai-khoan/moi").await.status, 200);
        let page =
            admin.post("/quan-tri/tai-khoan", "dang-nhap=a&ten=&co-quan=T2&vai-tro=officer").await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains("Có 2 chỗ cần sửa"), "{}", page.body);
        let fields = "dang-nhap=moi.vao&ten=Chuy%C3%AAn+vi%C3%AAn&co-quan=X1&vai-tro=officer";
        let page = admin.post("/quan-tri/tai-khoan", fields).await;
        assert_eq!(page.status, 200);
        let (_, rest) = page.body.split_once(r#"id="mat-khau">"#).unwrap();
        let once = rest.split('<').next().unwrap().to_owned();
        let list = admin.get("/quan-tri/tai-khoan?q=chuyen").await;
        let (_, rest) = list.body.split_once(r#"href="/quan-tri/tai-khoan/0"#).unwrap();
        let href = format!("/quan-tri/tai-khoan/0{}", rest.split('"').next().unwrap());
        assert!(admin.get(&href).await.body.contains("chờ đổi mật khẩu"));

        let mut holder = Browser::new(&house);
        let page = holder
            .post("/dang-nhap", &format!("dang-nhap=moi.vao&mat-khau={once}&tiep=/toi"))
            .await;
        assert_eq!(page.location(), "/dang-nhap/mat-khau?tiep=/toi");
        assert_eq!(holder.get("/toi").await.body, "");
        assert_eq!(holder.get("/dang-nhap/mat-khau?tiep=/toi").await.status, 200);
        let page = holder
            .post("/dang-nhap/mat-khau", "mat-khau-moi=mot+cau+rieng&nhap-lai=khac&tiep=/toi")
            .await;
        assert_eq!(page.status, 422);
        let page = holder
            .post(
                "/dang-nhap/mat-khau",
                "mat-khau-moi=mot+cau+rieng&nhap-lai=mot+cau+rieng&tiep=/toi",
            )
            .await;
        assert_eq!(page.location(), "/toi");
        assert_eq!(holder.get("/toi").await.body, "Chuyên viên");
        assert_eq!(holder.get("/quan-tri/tai-khoan").await.status, 403);

        assert_eq!(admin.post(&format!("{href}/khoa"), "").await.status, 303);
        assert_eq!(holder.get("/toi").await.body, "");
        assert_eq!(
            admin.post(&format!("{href}/chuc-danh"), "co-quan=T2&vai-tro=leader").await.status,
            422
        );
    })
    .await;
}

#[tokio::test]
async fn one_lends_switches_and_protects_on_the_own_page() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        house.open("lanh.dao", Role::Leader, "T1").await;
        house.open("pho", Role::Officer, "X1").await;
        let mut leader = Browser::new(&house);
        leader.enter("lanh.dao").await;
        let page = leader.post("/tai-khoan/uy-quyen", "nguoi-nhan=pho&den-ngay=2020-01-01").await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains(r#"value="pho""#));
        let page = leader.post("/tai-khoan/uy-quyen", "nguoi-nhan=pho&den-ngay=2026-06-05").await;
        assert_eq!(page.location(), "/tai-khoan?xong=uy-quyen");
        let mut borrower = Browser::new(&house);
        borrower.enter("pho").await;
        let page = borrower.get("/tai-khoan").await;
        assert!(page.body.contains("Thay mặt Lãnh đạo (Cán bộ lanh.dao)"), "{}", page.body);
        let (_, rest) = page
            .body
            .split_once(
                r#"action="/tai-khoan/chuc-danh"><button class="btn quiet" name="post" value=""#,
            )
            .unwrap();
        let post = rest.split('"').next().unwrap().to_owned();
        assert_eq!(
            borrower.post("/tai-khoan/chuc-danh", &format!("post={post}")).await.status,
            303
        );
        assert_eq!(borrower.get("/toi").await.body, "Cán bộ pho, thay mặt Lãnh đạo");
        assert_eq!(borrower.post("/tai-khoan/chuc-danh", "post=x").await.status, 404);
        let page = leader.get("/tai-khoan/ma").await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("<svg class=\"qr\""));
        assert_eq!(leader.post("/tai-khoan/ma", "ma=1").await.status, 422);
        let page = leader
            .post(
                "/tai-khoan/mat-khau",
                "mat-khau-cu=sai&mat-khau-moi=mot+cau+moi+dai&nhap-lai=mot+cau+moi+dai",
            )
            .await;
        assert_eq!(page.status, 422);
        assert_eq!(leader.post("/tai-khoan/dang-xuat-het", "").await.location(), "/dang-nhap");
        assert_eq!(leader.get("/toi").await.body, "");
    })
    .await;
}

#[tokio::test]
async fn a_forged_cookie_is_nobody() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let mut browser = Browser::new(&house);
        browser.cookies.push(("sauro".to_owned(), "0".repeat(64)));
        assert_eq!(browser.get("/toi").await.body, "");
        assert_eq!(house.actor("").await.map(|it: Actor| it.account), None);
    })
    .await;
}
