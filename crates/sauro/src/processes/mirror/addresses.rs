//! Pages that show many things, and what every page is dressed in.

/// Drawn again at each look; each lies at its address. Pages with a form that must be sent are not mirrored:
/// nobody is there to take it.
pub(super) const LISTS: [&str; 30] = [
    "/",
    "/ket-qua",
    "/ket-qua.csv",
    "/ket-qua.json",
    "/ket-qua/danh-sach",
    "/ket-qua/cach-tinh",
    "/ket-qua/chi-so",
    "/ket-qua/bao-cao",
    "/ket-qua/bang",
    "/ket-qua/xep-hang",
    "/phan-anh",
    "/phan-anh.atom",
    "/phan-anh.feed.json",
    "/phan-anh.geojson",
    "/phan-anh/co-quan",
    "/tra-cuu",
    "/sang-kien",
    "/sang-kien.csv",
    "/sang-kien.json",
    "/dat-hang",
    "/tro-giup",
    "/tin",
    "/tin.atom",
    "/tin.feed.json",
    "/tin/tat-ca",
    "/van-ban",
    "/lay-y-kien",
    "/phan-anh/ban-do",
    "/robots.txt",
    "/sitemap.xml",
];

/// The files that `page` shows or leads to; of a picture every size that it offers.
pub(super) fn files_of(page: &[u8]) -> Vec<String> {
    let page = String::from_utf8_lossy(page);
    let local = page.split("=\"/").skip(1).filter_map(|it| it.split('"').next());
    let one = |it: &str| {
        let address = it.split([' ', '?']).next().unwrap_or_default();
        // An English page leads to the same files.
        address.strip_prefix("en/").unwrap_or(address).to_owned()
    };
    let each = local.flat_map(|it| it.split(", ")).map(|it| one(it.trim_start_matches('/')));
    let is_file = |it: &String| {
        it.starts_with("tep-cong/")
            || is_shared(&format!("/{it}"))
            || it.starts_with("phan-anh/") && it.contains("/anh/")
    };
    let mut files: Vec<String> = each.filter(is_file).map(|it| format!("/{it}")).collect();
    files.sort();
    files.dedup();
    files
}

/// Whether what lies at `address` may be shown by several things: one that no longer shows it says nothing of the
/// others.
pub(super) fn is_shared(address: &str) -> bool {
    address.starts_with("/anh-cong/")
}

/// The parts that a site map names.
pub(super) fn maps_of(map: &[u8]) -> Vec<String> {
    let map = String::from_utf8_lossy(map);
    let parts = map.split("<loc>").skip(1).filter_map(|it| it.split("</loc>").next());
    parts
        .filter_map(|it| it.find("/sitemap/").and_then(|at| it.get(at..)))
        .map(str::to_owned)
        .collect()
}

/// Guides, their pictures, and what every page is dressed in.
pub(super) fn compiled_in() -> impl Iterator<Item = String> {
    let guides = sauro_help::model::guides().iter().map(|it| format!("/tro-giup/{}", it.name));
    let pictures = sauro_help::model::pictures().map(|it| format!("/tro-giup/hinh/{it}"));
    let dress = sauro_ui::asset_addresses().map(str::to_owned);
    guides.chain(pictures).chain(dress)
}

#[cfg(test)]
mod tests {
    use super::files_of;

    #[test]
    fn every_size_of_a_picture_and_every_paper_is_a_file_of_its_page() {
        let page = br#"<a href="/tep-cong/1">x</a><a href="/en/tep-cong/8">x</a><a href="/tin/khac">y</a><source srcset="/anh-cong/2/320.webp 320w,
            /anh-cong/2/640.webp 640w, /anh-cong/2/960.webp 960w"><img src="/anh-cong/2/640.jpg"
            srcset="/anh-cong/2/320.jpg 320w, /anh-cong/2/640.jpg 640w"><img src="/phan-anh/3/anh/4">"#;
        let page = String::from_utf8_lossy(page).replace(",\n            ", ", ");
        let files = files_of(page.as_bytes());
        let expected = [
            "/anh-cong/2/320.jpg",
            "/anh-cong/2/320.webp",
            "/anh-cong/2/640.jpg",
            "/anh-cong/2/640.webp",
            "/anh-cong/2/960.webp",
            "/phan-anh/3/anh/4",
            "/tep-cong/1",
            "/tep-cong/8",
        ];
        assert_eq!(files, expected);
    }
}
