//! The product in English: the same addresses under `/en`.

use axum::body::Body;
use axum::http::{Request, header};
use sauro_kernel::Role;
use sauro_testkit::on_each_engine;

use super::nodes::node;
use super::{Answer, ask, send};
use crate::doors::house::Doors;
use crate::world::{PROVINCE, open_account};

/// Links of a page that leave its language, but for what is no page.
fn strays(page: &Answer) -> Vec<String> {
    let tags = page.text().split('<').filter(|it| it.starts_with("a ") || it.starts_with("form "));
    let marked = tags.filter(|it| !it.contains("data-tongue"));
    let addresses = marked.flat_map(|it| {
        ["href=\"/", "action=\"/"].into_iter().filter_map(move |name| it.split(name).nth(1))
    });
    let paths = addresses.map(|it| format!("/{}", it.split('"').next().unwrap()));
    paths.filter(|it| it != "/en" && !it.starts_with("/en/") && !it.starts_with("/en?")).collect()
}

#[tokio::test]
async fn every_page_has_its_english_and_leads_back() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let (front, pages) = node(&doors).await;
        open_account(&doors.world, &doors.rooms, "lanh.dao.tinh", Role::Leader, PROVINCE).await;
        let cookie = doors.enter("lanh.dao.tinh").await;
        let open = [
            "/",
            "/tin",
            "/van-ban",
            "/phan-anh",
            "/phan-anh/gui",
            "/ket-qua",
            "/tim-kiem",
            "/dang-nhap",
            "/tro-giup",
        ];
        let own = ["/viec", "/nhiem-vu", "/bien-tap", "/thong-bao", "/tai-khoan"];
        let all =
            open.map(|it| (it, None)).into_iter().chain(own.map(|it| (it, Some(cookie.as_str()))));
        for (path, cookie) in all {
            let cookie: Vec<_> = cookie.map(|it| (header::COOKIE, it)).into_iter().collect();
            let vi = ask(&front, path, &cookie).await;
            let en = ask(&front, &format!("/en{path}"), &cookie).await;
            assert_eq!((vi.status, en.status), (200, 200), "{path}");
            assert!(
                vi.text().contains("<html lang=\"vi\"") && en.text().contains("<html lang=\"en\"")
            );
            assert_eq!(en.header("content-language"), "en");
            assert!(
                vi.text().contains(&format!("href=\"/en{path}\" hreflang=\"en\" lang=\"en\"")),
                "{path}"
            );
            assert!(
                en.text().contains(&format!("href=\"{path}\" hreflang=\"vi\" lang=\"vi\"")),
                "{path}"
            );
            assert!(
                en.text().contains(">Tiếng Việt<") && !en.text().contains(">Tin tức, văn bản<"),
                "{path}"
            );
            assert_eq!(strays(&en), Vec::<String>::new(), "{path}");
        }
        assert_eq!(ask(&front, "/enx", &[]).await.status, 404);
        assert_eq!(ask(&front, "/en/khong-co", &[]).await.status, 404);
        // Whoever is not signed in is led to the door in the same language, and what is no page is the same in both.
        let led = ask(&front, "/en/viec", &[]).await;
        assert!(led.header("location").starts_with("/en/dang-nhap"), "{}", led.header("location"));
        let feeds = (ask(&front, "/tin.atom", &[]).await, ask(&front, "/en/tin.atom", &[]).await);
        assert_eq!(feeds.0.body, feeds.1.body);
        // Pages that are kept are kept in each language.
        let before = pages.size().await.0;
        ask(&front, "/en/chu-de", &[]).await;
        let kept = ask(&front, "/en/tin", &[(header::ACCEPT_ENCODING, "br")]).await;
        assert_eq!(kept.header("content-encoding"), "br");
        assert!(pages.size().await.0 >= before);
    })
    .await;
}

#[tokio::test]
async fn a_form_is_refused_in_the_language_it_was_sent_in_with_what_was_typed() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let (front, _) = node(&doors).await;
        let form = |path: &str| {
            Request::post(path)
                .header("sec-fetch-site", "same-origin")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from("tiep=&dang-nhap=ai-do&mat-khau=Sai%20m%E1%BA%ADt%20kh%E1%BA%A9u"))
                .unwrap()
        };
        let vi = send(&front, form("/dang-nhap")).await;
        let en = send(&front, form("/en/dang-nhap")).await;
        assert_eq!(vi.status, en.status);
        assert!(vi.text().contains("value=\"ai-do\"") && en.text().contains("value=\"ai-do\""));
        assert!(en.text().contains("<html lang=\"en\"") && !en.text().contains("Đăng nhập"));
    })
    .await;
}
