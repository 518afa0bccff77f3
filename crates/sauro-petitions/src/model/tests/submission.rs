use crate::model::{Channel, Field, Submission, email, phone};

fn fields() -> Vec<Field> {
    let field = |code: &str, allows_anonymous| Field {
        code: code.to_owned(),
        name: code.to_owned(),
        words: Vec::new(),
        agency_code: String::new(),
        allows_anonymous,
    };
    vec![field("moi-truong", true), field("ho-tich", false)]
}

fn filled() -> Submission {
    Submission {
        matter: "feedback".to_owned(),
        title: "Đèn đường hỏng đã hai tháng".to_owned(),
        body: "Đoạn trước trường tiểu học tối om, đã báo hai lần.".to_owned(),
        name: "Nguyễn Thị Lan".to_owned(),
        contact: "0912 345 678".to_owned(),
        may_contact: true,
        ..Submission::default()
    }
}

fn faults(it: &Submission) -> Vec<String> {
    match it.checked(Channel::Web, &fields()) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.into_iter().map(|it| it.0).collect(),
    }
}

#[test]
fn what_is_filled_in_is_taken_and_the_number_is_written_in_one_way() {
    let sound = filled().checked(Channel::Web, &fields()).unwrap();
    assert_eq!(sound.sender.phone, "0912345678");
    assert!(faults(&Submission { contact: "Lan@DonVi.vn".to_owned(), ..filled() }).is_empty());
}

#[test]
fn an_empty_form_names_everything_at_once() {
    assert_eq!(
        faults(&Submission::default()),
        ["loai", "tom-tat", "noi-dung", "ho-ten", "lien-lac", "dong-y"]
    );
}

#[test]
fn signs_alone_and_endless_texts_are_refused_with_what_to_do() {
    let refused = [
        ("noi-dung", Submission { body: "😡".repeat(400), ..filled() }),
        ("noi-dung", Submission { body: "a".repeat(50_000), ..filled() }),
        ("tom-tat", Submission { title: "!!! ???".to_owned(), ..filled() }),
        ("tom-tat", Submission { title: "rất ".repeat(200), ..filled() }),
        ("lien-lac", Submission { contact: "gọi cho tôi".to_owned(), ..filled() }),
        ("lien-lac", Submission { contact: "a@b".to_owned(), ..filled() }),
        ("so-dinh-danh", Submission { id_number: "12".to_owned(), ..filled() }),
        ("linh-vuc", Submission { field: "khong-co".to_owned(), ..filled() }),
    ];
    for (field, it) in refused {
        assert_eq!(faults(&it), [field]);
    }
    let three = "Đèn hỏng. The lamp is broken. 路灯坏了，请修理。".to_owned();
    assert!(faults(&Submission { body: three, ..filled() }).is_empty());
}

#[test]
fn without_a_name_only_where_the_field_allows_it() {
    let silent = Submission {
        is_anonymous: true,
        name: String::new(),
        contact: String::new(),
        may_contact: false,
        ..filled()
    };
    assert_eq!(faults(&Submission { field: "ho-tich".to_owned(), ..silent.clone() }), ["an-danh"]);
    assert!(faults(&Submission { field: "moi-truong".to_owned(), ..silent }).is_empty());
}

#[test]
fn telephones_and_addresses_are_what_they_say() {
    assert_eq!(phone("+84 912 345 678").as_deref(), Some("0912345678"));
    assert_eq!(phone("024-3823-4567").as_deref(), Some("02438234567"));
    for wrong in ["", "91234", "0912 345 67a", "12345678901234"] {
        assert_eq!(phone(wrong), None, "{wrong}");
    }
    for wrong in ["@", "a@", "@b.vn", "a b@c.vn", "a@b..vn", "a@.vn", "a@b.vn\r\nBcc: c@d.vn"] {
        assert_eq!(email(wrong), None, "{wrong}");
    }
    for right in ["lan+pa@donvi.vn", "o'lan=x/y@thu-dien.tu.vn"] {
        assert_eq!(email(right).as_deref(), Some(right));
    }
}

#[test]
fn a_sender_who_was_sealed_before_mail_was_read_still_opens() {
    let old =
        r#"{"name":"Lan","phone":"","email":"","address":"","id_number":"","spot":"","code":"PA"}"#;
    let sender: crate::model::Sender = serde_json::from_str(old).unwrap();
    assert_eq!((sender.name.as_str(), sender.message_id.as_str()), ("Lan", ""));
}
