//! Which guide helps on which page. The guides themselves are served by the room of help.

/// Where a page begins, and the guide that says most of it; the first that fits is taken.
const OF_PAGES: [(&str, &str); 34] = [
    ("/", "nguoi-dan"),
    ("/bien-tap", "bien-tap"),
    ("/tin", "nguoi-dan"),
    ("/van-ban", "nguoi-dan"),
    ("/theo-doi-tin", "nguoi-dan"),
    ("/lay-y-kien", "nguoi-dan"),
    ("/tim-kiem", "nguoi-dan"),
    ("/phan-anh-den", "phan-anh"),
    ("/phan-anh", "nguoi-dan"),
    ("/tra-cuu", "nguoi-dan"),
    ("/sang-kien", "sang-kien"),
    ("/dat-hang", "sang-kien"),
    ("/ho-so-sang-kien", "sang-kien"),
    ("/bai-toan", "sang-kien"),
    ("/hoi-dong", "sang-kien"),
    ("/xep-hang", "xep-hang"),
    ("/ket-qua/xep-hang", "xep-hang"),
    ("/ket-qua", "cach-tinh"),
    ("/lanh-dao", "lanh-dao"),
    ("/nghiem-thu", "tham-dinh"),
    ("/chi-dao", "co-quan-thuong-truc"),
    ("/chuong-trinh", "co-quan-thuong-truc"),
    ("/bao-cao-thang", "co-quan-thuong-truc"),
    ("/bieu-mau", "co-quan-thuong-truc"),
    ("/bao-cao-ky", "chuyen-vien"),
    ("/chi-so", "chuyen-vien"),
    ("/so-lieu", "chuyen-vien"),
    ("/nhiem-vu", "chuyen-vien"),
    ("/quan-tri", "kiem-tra-quan-tri"),
    ("/nhat-ky", "kiem-tra-quan-tri"),
    ("/viec", "bat-dau"),
    ("/thong-bao", "bat-dau"),
    ("/tai-khoan", "bat-dau"),
    ("/bang", "bat-dau"),
];

/// The address of the guide for the page at `path`, or of the list of guides.
pub(crate) fn help_for(path: &str) -> String {
    let is_at = |place: &str| {
        path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
    };
    let found = OF_PAGES.iter().find(|(place, _)| is_at(place));
    found.map_or_else(|| "/tro-giup".to_owned(), |(_, guide)| format!("/tro-giup/{guide}"))
}

/// The names of all guides that a page leads to.
pub fn guides_named() -> impl Iterator<Item = &'static str> {
    OF_PAGES.iter().map(|(_, guide)| *guide)
}
