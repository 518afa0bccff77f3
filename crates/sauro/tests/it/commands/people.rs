use super::{Place, Run};

fn password(run: &Run) -> &str {
    let line = run.out.lines().find(|it| it.starts_with("Mật khẩu dùng một lần: ")).unwrap();
    line.rsplit(' ').next().unwrap()
}

#[test]
fn accounts_are_opened_listed_and_given_new_passwords() {
    let place = Place::new();
    let add = |login: &str, role: &str, agency: &str| {
        place.sauro(&[
            "user",
            "add",
            login,
            "--name",
            "Chuyên viên Phòng Văn hóa",
            "--role",
            role,
            "--agency",
            agency,
        ])
    };
    let opened = add("van.hoa", "officer", "UBND-32191").ok().says("Đã mở tài khoản van.hoa.");
    assert!(password(&opened).chars().count() >= 10, "{}", opened.out);
    place
        .sauro(&["user", "list"])
        .ok()
        .says("van.hoa")
        .says("Chuyên viên Phòng Văn hóa")
        .says("Chuyên viên · Ủy ban nhân dân xã Năm Căn")
        .lacks(password(&opened));
    let reset = place.sauro(&["user", "reset", "van.hoa"]).ok();
    assert_ne!(password(&reset), password(&opened));

    add("van.hoa", "officer", "UBND-32191").refused();
    add("van hoa", "officer", "UBND-32191").refused();
    add("nguoi.moi", "officer", "UBND-KHONG-CO").refused();
    assert_eq!(add("nguoi.moi", "vua", "UBND-32191").code, 2, "no such role");
    place.sauro(&["user", "reset", "khong.co"]).refused().says("sauro user list");
    place.sauro(&["user", "list"]).ok().lacks("nguoi.moi");
}
