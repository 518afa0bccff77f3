//! `sauro import`: a sound file comes in, a faulty one changes nothing.

use super::Place;

const SHIPPED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/");

fn shipped(name: &str) -> String {
    format!("{SHIPPED}{name}")
}

#[test]
fn the_shipped_catalogues_come_in_as_files() {
    let place = Place::new();
    place.sauro(&["import", "units", &shipped("units.csv")]).ok().says("Đã nạp 3355 dòng");
    place.sauro(&["import", "units", &shipped("province_predecessors.csv")]).ok();
    place.sauro(&["import", "agencies", &shipped("agencies.csv")]).ok().says("Đã nạp");
    place.sauro(&["import", "agencies", &shipped("province_agencies.csv")]).ok();
    place.sauro(&["import", "holidays", &shipped("holidays.csv")]).ok().says("Đã nạp");
    let open = ["user", "add", "dau.moi", "--name", "Cán bộ đầu mối", "--role", "focal-officer"];
    place.sauro(&[&open[..], &["--agency", "UBND-96"]].concat()).ok();
}

#[test]
fn figures_come_in_as_files_and_their_roll_ups_are_checked() {
    let place = Place::new();
    let indicators = shipped("indicators.csv");
    let observations = shipped("observations.csv");
    place.sauro(&["import", "indicators", &indicators]).ok().says("Đã nạp 81 chỉ số");
    place.sauro(&["import", "observations", &observations]).ok().says("Đã nạp 17 số liệu mới");
    place.sauro(&["import", "observations", &observations]).ok().says("Đã nạp 0 số liệu mới");
    place.sauro(&["rollup", "check"]).ok().says("8 số cộng gộp đều khớp");
    let faulty = place.put(
        "so-lieu.csv",
        "indicator,unit_code,period,value\nS-LOMSONG,VN,2026-01,NaN\nLA,VN,2026-01,1\n",
    );
    place
        .sauro(&["import", "observations", &faulty])
        .refused()
        .says("Dòng 2, cột value: “NaN” không phải số viết đủ")
        .says("Dòng 3, cột indicator")
        .says("có 2 lỗi, chưa nạp gì");
}

#[tokio::test]
async fn of_a_faulty_file_every_fault_is_named_and_nothing_is_taken() {
    let place = Place::new();
    let counts = async || {
        let db = place.db().await;
        let count = async |table: &str| {
            let sql = || sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
            let mut conn = db.read().await.unwrap();
            sauro_store::run!(conn, c => sqlx::query_scalar::<_, i64>(sql()).fetch_one(c).await)
                .unwrap()
        };
        (count("places").await, count("agencies").await, count("holidays").await)
    };
    let before = counts().await;
    let units = place.put(
        "don-vi.csv",
        "code,parent_code,level,type,name\n01,,1,tỉnh,Hà Nội\n00002,99,2,xã,Một\n00003,98,2,xã,Hai\n",
    );
    place
        .sauro(&["import", "units", &units])
        .refused()
        .says("Dòng 3, cột parent_code")
        .says("Dòng 4, cột parent_code")
        .says("có 2 lỗi, chưa nạp gì");
    let agencies = place.put(
        "co-quan.csv",
        "code,province_code,name,aliases,kind\nTU-01,01,Thành ủy,,province_party\n",
    );
    place.sauro(&["import", "agencies", &agencies]).refused().says("Dòng 2, cột province_code");
    let days = place.put(
        "lich.csv",
        "date,name,kind\n2026-12-02,Nghỉ,observed\n2026-02-30,Nghỉ,observed\nmai,Nghỉ,observed\n",
    );
    place
        .sauro(&["import", "holidays", &days])
        .refused()
        .says("Dòng 3, cột date: “2026-02-30”")
        .says("Dòng 4, cột date");
    let picture = place.put("lich.png", [0x89, b'P', b'N', b'G', 0xff, 0xfe]);
    place.sauro(&["import", "holidays", &picture]).refused().says("UTF-8");
    assert_eq!(counts().await, before);
}

const HEADING: &str =
    "TT,Nhiệm vụ,Cơ quan chủ trì,Cơ quan phối hợp,Sản phẩm,Thời hạn,Cấp có thẩm quyền\n";

#[tokio::test]
async fn a_table_of_tasks_becomes_drafts_of_the_agency_named() {
    let place = Place::new();
    let table = place.put(
        "phu-luc.csv",
        format!(
            "{HEADING}1,Ban hành quy chế dùng chung dữ liệu,Bộ Công an,Bộ Tư pháp,1 thông tư,30/09/2027,Thủ tướng Chính phủ\n\
             2,Xây dựng nền tảng học số,,,,,\n"
        ),
    );
    let import = |file: &str, programme: &str, owner: &str| {
        place.sauro(&["import", "tasks", file, "--programme", programme, "--as", owner])
    };
    import(&table, "bang-nhap", "UBND-96").refused().says("Không có chương trình bang-nhap");
    open_programme(&place).await;
    place.sauro(&["import", "tasks", &table, "--as", "UBND-96"]).refused().says("--programme");
    place.sauro(&["import", "tasks", &table, "--programme", "bang-nhap"]).refused().says("--as");
    import(&table, "bang-nhap", "KHONG-CO").refused().says("Không có cơ quan mang mã KHONG-CO");

    let faulty = place.put(
        "sai.csv",
        format!("{HEADING}1,Ban hành quy chế,Bộ Công an,,1 thông tư,31/02/2027,\n2,,Bộ Tư pháp,,1 nghị định,30/09/2027,\n"),
    );
    import(&faulty, "bang-nhap", "UBND-96")
        .refused()
        .says("Ô F2: ")
        .says("Ô B3: ")
        .says("có 2 ô sai, chưa nạp gì");
    assert_eq!(n_drafts(&place).await, 0);

    import(&table, "bang-nhap", "UBND-96")
        .ok()
        .says("Đã nạp 2 dự thảo")
        .says("1 dòng chưa đủ sáu rõ")
        .says("Dòng 3: thiếu");
    assert_eq!(n_drafts(&place).await, 2);
}

async fn open_programme(place: &Place) {
    use sauro_kernel::Role;
    let db = place.db().await;
    let files = place.at("data").join("files").display().to_string();
    let files = sauro_store::Files::open(&files).await.unwrap();
    let clock = std::sync::Arc::new(sauro::SystemClock);
    let world =
        crate::world::World::found(&db, &files, clock, std::sync::Arc::new(sauro::FreshIds)).await;
    let fields = sauro_tasks::actions::ProgrammeFields {
        code: "bang-nhap".into(),
        name: "Nhập từ bảng".into(),
        basis: "Kế hoạch mẫu".into(),
        is_public: false,
    };
    let leader = world.ctx(Role::Leader, crate::world::PROVINCE);
    sauro_tasks::actions::open_programme(&leader, &db, fields).await.unwrap();
}

async fn n_drafts(place: &Place) -> i64 {
    const SQL: &str = "SELECT COUNT(*) FROM task_drafts WHERE state = 'draft'";
    let db = place.db().await;
    let mut conn = db.read().await.unwrap();
    sauro_store::run!(conn, c => sqlx::query_scalar::<_, i64>(SQL).fetch_one(c).await).unwrap()
}

#[test]
fn a_map_is_kept_only_when_its_shapes_carry_codes() {
    let place = Place::new();
    let shape = |code: &str| {
        format!(r#"{{"type":"Polygon","arcs":[[0]],"properties":{{"code":"{code}"}}}}"#)
    };
    let topology = |shapes: &[String]| {
        format!(
            r#"{{"type":"Topology","objects":{{"don_vi":{{"type":"GeometryCollection","geometries":[{}]}}}},"arcs":[[[0,0],[1,0],[0,1],[0,0]]]}}"#,
            shapes.join(",")
        )
    };
    let good = place.put("tinh.topojson", topology(&[shape("96"), shape("01")]));
    place.sauro(&["import", "map", &good]).ok().says("Đã nạp bản đồ 2 đơn vị.");
    let kept = place.at("data").join("map").join("provinces.topojson");
    let before = std::fs::read(&kept).unwrap();
    for (content, words) in [
        ("không phải JSON".to_owned(), "Tệp không phải JSON"),
        (r#"{"type":"FeatureCollection","features":[]}"#.to_owned(), "không phải TopoJSON"),
        (topology(&[]), "không có hình nào"),
        (
            topology(&[shape("96"), r#"{"type":"Polygon","arcs":[[0]]}"#.to_owned()]),
            "1 trên 2 hình",
        ),
        (topology(&[shape("96"), shape("32191")]), "không lẫn nhau"),
    ] {
        let wrong = place.put("sai.topojson", content);
        place.sauro(&["import", "map", &wrong]).refused().says(words);
    }
    assert_eq!(std::fs::read(&kept).unwrap(), before, "a wrong file changes nothing");
}
