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

/// The files that `page` shows or leads to.
pub(super) fn files_of(page: &[u8]) -> Vec<String> {
    let page = String::from_utf8_lossy(page);
    let local = page.split("=\"/").skip(1).filter_map(|it| it.split('"').next());
    let is_file = |it: &&str| {
        it.starts_with("tep-cong/") || it.starts_with("phan-anh/") && it.contains("/anh/")
    };
    let mut files: Vec<String> = local.filter(is_file).map(|it| format!("/{it}")).collect();
    files.sort();
    files.dedup();
    files
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
