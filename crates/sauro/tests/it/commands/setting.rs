use super::{Place, program, run, sauro};

#[test]
fn the_configuration_hides_passwords() {
    let place = Place::new();
    let url = "postgres://sauro:mat-ma-dai@db.example.vn/sauro";
    place
        .sauro(&["config", "--database", url])
        .ok()
        .says("postgres://sauro:•••@db.example.vn/sauro")
        .lacks("mat-ma-dai");
    let url = "postgres://db.example.vn/sauro?user=sauro&password=mat-ma-dai&sslmode=require";
    place.sauro(&["config", "--database", url]).ok().says("sslmode=require").lacks("mat-ma-dai");
}

#[test]
fn a_variable_beats_the_file_and_an_option_beats_both() {
    let place = Place::new();
    let file = place.put(
        "sauro.toml",
        "[http]\nlisten = \"127.0.0.1:4001\"\n[site]\nname = \"Trang thử\"\n[store]\ndata = \"tu-tep\"\n",
    );
    let shown = run(program()
        .args(["config", "--config", &file])
        .env("SAURO_LISTEN", "127.0.0.1:4002")
        .env("SAURO_DATA", "tu-bien"));
    shown
        .ok()
        .says("listen = \"127.0.0.1:4002\"")
        .says("name = \"Trang thử\"")
        .says("data = \"tu-bien\"");
    let shown = run(program()
        .args(["config", "--config", &file, "--data", "tu-lenh"])
        .env("SAURO_DATA", "tu-bien"));
    shown.ok().says("data = \"tu-lenh\"");
}

#[test]
fn the_file_in_the_data_folder_is_read_without_being_named() {
    let place = Place::new();
    std::fs::create_dir(place.at("data")).unwrap();
    std::fs::write(place.at("data").join("sauro.toml"), "[site]\nname = \"Tự tìm\"\n").unwrap();
    place.sauro(&["config"]).ok().says("name = \"Tự tìm\"");
}

#[test]
fn faults_of_the_configuration_are_named() {
    let place = Place::new();
    let file = place.put("sauro.toml", "[http]\nlisen = \"127.0.0.1:1\"\n");
    sauro(&["config", "--config", &file]).refused().says("lisen").says("sauro.toml");
    let file = place.put("sauro.toml", "[http\n");
    sauro(&["config", "--config", &file]).refused().says("dòng 1");
    sauro(&["config", "--config", "/khong/co.toml"]).refused().says("Không đọc được tệp cấu hình");
    run(program().arg("config").env("SAURO_TIMEOUT_SECONDS", "lâu"))
        .refused()
        .says("SAURO_TIMEOUT_SECONDS");
}

#[test]
fn check_says_what_is_wrong_and_how_to_mend_it() {
    let place = Place::new();
    place.sauro(&["check"]).refused().says("chưa có cơ quan nào").says("sauro import agencies");
    place.sauro(&["user", "list"]).ok();
    let sound = place.sauro(&["check"]);
    // A machine of tests may be short of room; everything else must be well.
    if !sound.out.contains("LỖI  Đĩa") {
        sound.ok().says("Mọi thứ sẵn sàng.").lacks("LỖI");
    }
    place
        .sauro(&["check", "--database", "postgres://sauro:mat-ma-dai@127.0.0.1:9/sauro"])
        .refused()
        .says("LỖI  Cơ sở dữ liệu: không mở được")
        .says("Kiểm tra --database")
        .lacks("mat-ma-dai");
    let open = run(program()
        .args(["check", "--data"])
        .arg(place.at("data"))
        .env("SAURO_LISTEN", "0.0.0.0:5757"));
    open.refused().says("SAURO_SECURE_COOKIES=true");
    let wrong = run(program()
        .args(["check", "--data"])
        .arg(place.at("data"))
        .env("SAURO_LISTEN", "cong-chinh"));
    wrong.refused().says("Viết như 127.0.0.1:5757");
}

#[test]
fn check_finds_a_data_folder_that_cannot_be_written() {
    let place = Place::new();
    // A file stands where the folder should be: not even root can write into it.
    place.put("data", "đây là tệp");
    place
        .sauro(&["check"])
        .refused()
        .says("LỖI  Thư mục dữ liệu: không ghi được")
        .says("đổi --data");
}
