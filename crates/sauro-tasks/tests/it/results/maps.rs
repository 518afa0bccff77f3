use sauro_kernel::Role;
use sauro_testkit::{actor, on_sqlite};

use super::world::World;

/// Two communes side by side, and a special zone far out at sea.
const COMMUNES: &str = r#"{"type":"Topology","transform":{"scale":[0.01,0.01],"translate":[105,9]},
    "arcs":[[[10,0],[0,10]],[[10,10],[-10,0],[0,-10],[10,0]],[[10,0],[10,0],[0,10],[-10,0]],
        [[700,400],[10,0],[0,10],[-10,-10]]],
    "objects":{"x":{"type":"GeometryCollection","geometries":[
        {"type":"Polygon","arcs":[[0,1]],"id":"31957","properties":{"p":"96","n":"Phường An Xuyên"}},
        {"type":"Polygon","arcs":[[2,-1]],"id":"32191","properties":{"p":"96","n":"Xã <Năm Căn>"}},
        {"type":"Polygon","arcs":[[3]],"id":"22736","properties":{"p":"96","n":"Đặc khu Trường Sa"}}]}}}"#;

#[tokio::test]
async fn the_map_of_the_nation_draws_34_provinces_and_names_both_archipelagos() {
    let world = World::new(on_sqlite(Default::default()).await, 400).await;
    let text = world.get("/ket-qua").await.text();
    let map = text.split("class=\"map geo\"").nth(1).unwrap().split("</svg>").next().unwrap();
    assert_eq!(map.matches("<path d=\"M").count(), 34);
    assert_eq!(map.matches("<circle cx=").count(), 15 + 2, "islands, and the dots of two cities");
    for words in ["Quần đảo Hoàng Sa (Đà Nẵng)", "Quần đảo Trường Sa (Khánh Hòa)", "Biển Đông"]
    {
        assert!(map.contains(words), "{words}");
    }
    assert!(map.contains("aria-label=\"Cà Mau: "), "each province says its share");
    assert!(map.contains("url(#gach)"), "what cannot be assessed is hatched");
    assert!(text.contains("không dùng để xác định địa giới"));
    // Links keep the day and the view.
    let past = world.get("/ket-qua?ngay=2026-04-30").await.text();
    assert!(past.contains("href=\"/ket-qua/tinh/96?ngay=2026-04-30\""));
    let leader = actor(Role::StandingAgency, "vn");
    let inside = world.send("/ket-qua?pham-vi=noi-bo", &[], Some(leader)).await.text();
    assert!(inside.contains("href=\"/ket-qua/tinh/96?pham-vi=noi-bo\""));
}

#[tokio::test]
async fn the_map_of_a_province_draws_its_communes_once_their_outlines_are_there() {
    let world = World::new(on_sqlite(Default::default()).await, 400).await;
    let before = world.get("/ket-qua/tinh/96").await.text();
    assert!(!before.contains("class=\"map geo"), "no outlines, no map");
    assert!(before.contains("href=\"/ket-qua/co-quan/UBND-31957\""), "but a table of communes");
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join(sauro_directory::MAP_FILES[1]), COMMUNES).unwrap();
    assert!(world.directory.maps().follow(home.path(), &world.directory));
    assert!(!world.directory.maps().follow(home.path(), &world.directory), "read once");
    let after = world.get("/ket-qua/tinh/96").await.text();
    let map = after.split("class=\"map geo communes\"").nth(1).unwrap();
    let map = map.split("</svg>").next().unwrap();
    assert_eq!(map.matches("<path d=\"M").count(), 2);
    assert!(map.contains("<a href=\"/ket-qua/co-quan/UBND-31957\" aria-label=\"Phường An Xuyên: "));
    assert!(
        map.contains("<g role=\"img\" aria-label=\"Xã &#60;Năm Căn&#62;: chưa đánh giá được\">")
    );
    assert!(map.contains("Đặc khu Trường Sa"), "what lies far out has a frame of its own");
    assert!(after.contains("Nơi xa bờ nằm trong khung riêng"));
    assert!(!world.get("/ket-qua/tinh/44").await.text().contains("class=\"map geo"));
    // A file that is taken away, or broken, leaves the table.
    std::fs::write(home.path().join(sauro_directory::MAP_FILES[1]), "{}").unwrap();
    let later = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1);
    let file =
        std::fs::File::options().write(true).open(home.path().join(sauro_directory::MAP_FILES[1]));
    file.unwrap().set_modified(later).unwrap();
    assert!(world.directory.maps().follow(home.path(), &world.directory));
    assert!(!world.get("/ket-qua/tinh/96").await.text().contains("class=\"map geo"));
}

#[tokio::test]
async fn communes_stand_with_their_counts_and_bounds_and_lead_back_to_their_province() {
    let world = World::new(on_sqlite(Default::default()).await, 400).await;
    let page = world.get("/ket-qua/tinh/96").await;
    let text = page.text();
    let row = text.split("href=\"/ket-qua/co-quan/UBND-31957\"").nth(1).unwrap();
    let row = row.split("</tr>").next().unwrap();
    assert!(row.contains('/') && row.contains('–'), "counts and bounds: {row}");
    let json = world.get("/ket-qua/tinh/96.json").await.json();
    assert_eq!(json["communes"][0]["code"], "UBND-31957");
    assert!(json["units"].as_array().unwrap().iter().all(|it| it["code"] != "UBND-31957"));
    assert!(world.get("/ket-qua/tinh/96.csv").await.text().contains("\nxa,UBND-31957,"));
    let commune = world.get("/ket-qua/co-quan/UBND-31957").await.text();
    assert!(commune.contains("<a href=\"/ket-qua/tinh/96\">Cà Mau</a>"));
    assert!(commune.contains("href=\"/ket-qua/danh-sach?co-quan=UBND-31957\""));
    let doubts = commune.find("Tự nhận xanh, dữ liệu chưa xanh").unwrap();
    assert!(commune.find("Bốn ô").unwrap() < doubts);
}
