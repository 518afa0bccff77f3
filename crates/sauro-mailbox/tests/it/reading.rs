use sauro_mailbox::model::{Own, Skip, doubt_of, plain_of, read};

use crate::world::{ADDRESS, letter, raw};

fn own() -> Own {
    Own { addresses: vec![ADDRESS.to_owned()], server_id: String::new() }
}

#[test]
fn a_text_comes_out_the_same_whatever_its_letters_are_packed_in() {
    let wanted = "Đường ấp 3 ngập, xe không qua được.";
    let utf8 = "text/plain; charset=utf-8";
    // Windows-1258: "Đ", "ươ" and "ậ" are single bytes or a letter and a mark.
    let old = b"\xD0\xFD\xF5\xCCng \xE2\xECp 3 ng\xE2\xF2p, xe kh\xF4ng qua \xF0\xFD\xF5\xF2c.";
    let packed: [(&str, &str, Vec<u8>); 4] = [
        (utf8, "8bit", wanted.as_bytes().to_vec()),
        (utf8, "base64", b"xJDGsOG7nW5nIOG6pXAgMyBuZ+G6rXAsIHhlIGtow7RuZyBxdWEgxJHGsOG7o2Mu".to_vec()),
        (
            utf8,
            "quoted-printable",
            b"=C4=90=C6=B0=E1=BB=9Dng =E1=BA=A5p 3 ng=E1=BA=ADp, xe kh=C3=B4ng qua =\r\n=C4=91=C6=B0=E1=BB=A3c.".to_vec(),
        ),
        ("text/plain; charset=windows-1258", "8bit", old.to_vec()),
    ];
    for (kind, encoding, body) in packed {
        let head = format!("Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n");
        let it = read(&raw(&head, &body), &own());
        let text = sauro_kernel::Prose::parse(&it.text).unwrap();
        assert_eq!(text.as_str(), wanted, "{kind} {encoding}");
        assert_eq!(it.skip, None);
    }
}

#[test]
fn subject_and_name_are_decoded_and_an_address_stands_for_a_missing_name() {
    let it = read(&letter(), &own());
    assert_eq!(it.subject, "Đèn đường hỏng");
    assert_eq!(it.name, "Người Gửi Mẫu");
    assert_eq!(it.address, "gui.mau@example.vn");
    assert_eq!(it.message_id, "mot@example.vn");
    let bare = String::from_utf8(letter()).unwrap();
    let from = bare.lines().find(|it| it.starts_with("From:")).unwrap();
    let bare = bare.replace(from, "From: <Gui.Mau@Example.VN>");
    let it = read(bare.as_bytes(), &own());
    assert_eq!(
        (it.name.as_str(), it.address.as_str()),
        ("gui.mau@example.vn", "gui.mau@example.vn")
    );
}

#[test]
fn of_nested_parts_the_plain_text_is_taken_and_what_is_attached_is_attached() {
    let body = "--a\r\nContent-Type: multipart/related; boundary=b\r\n\r\n\
        --b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n\
        --c\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nCầu ấp 3 gãy.\r\n> Lời cũ được trích\r\n\
        --c\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Cầu ấp 3 <b>gãy</b>.</p>\r\n--c--\r\n\
        --b\r\nContent-Type: image/png; name=\"logo.png\"\r\nContent-ID: <x>\r\nContent-Disposition: inline\r\n\
        Content-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n--b--\r\n\
        --a\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''bi%C3%AAn%20b%E1%BA%A3n.pdf\r\n\r\n%PDF-1.7\r\n\
        --a--\r\n";
    let it = read(&raw("Content-Type: multipart/mixed; boundary=a\r\n", body.as_bytes()), &own());
    assert_eq!(it.text, "Cầu ấp 3 gãy.\n> Lời cũ được trích");
    let names: Vec<&str> = it.files.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(names, ["biên bản.pdf", "logo.png"]);
}

#[test]
fn marked_up_text_is_read_as_people_see_it() {
    let html = "<html><head><style>p{color:red}</style><title>x</title></head><body><div>Chào ông bà</div>\
        <div>Đường <b>hỏng</b>&nbsp;nặng &amp; ngập</div><!-- giấu --><script>alert(1)</script>\
        <ul><li>một</li><li>hai</li></ul><table><tr><td>ấp</td><td>3</td></tr></table><p>Cảm ơn</p></body></html>";
    let plain = plain_of(html).replace('\u{a0}', " ");
    assert_eq!(
        plain.lines().filter(|it| !it.is_empty()).map(str::trim).collect::<Vec<_>>(),
        ["Chào ông bà", "Đường hỏng nặng & ngập", "một", "hai", "ấp 3", "Cảm ơn"]
    );
    for odd in ["<", "<<>>", "</", "&#xZZ;", "&", "<div", "< div>x", "<!-- <p>", "a<b>&#9999999;"] {
        plain_of(odd);
    }
    // What never ends is read in one go.
    assert!(plain_of(&"<div>".repeat(200_000)).is_empty());
}

#[test]
fn what_nobody_wrote_is_left_aside() {
    let with = |head: &str| read(&raw(head, b"Noi dung dai du de la mot phan anh."), &own()).skip;
    for (head, skip) in [
        ("Auto-Submitted: auto-replied\r\n", Skip::Automatic),
        ("auto-submitted: Auto-Generated; x=y\r\n", Skip::Automatic),
        ("X-Auto-Response-Suppress: OOF\r\n", Skip::Automatic),
        ("X-Autoreply: yes\r\n", Skip::Automatic),
        ("Precedence: Bulk\r\n", Skip::Bulk),
        ("Precedence: junk\r\n", Skip::Bulk),
        ("List-Id: <tin.example.vn>\r\n", Skip::Bulk),
        ("Return-Path: <>\r\n", Skip::Bounce),
        (
            "Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n",
            Skip::Bounce,
        ),
        ("X-Loop: phananh@donvi.example.vn\r\n", Skip::Own),
    ] {
        assert_eq!(with(head), Some(skip), "{head}");
    }
    for head in ["Auto-Submitted: no\r\n", "Precedence: normal\r\n", "Return-Path: <a@b.vn>\r\n"] {
        assert_eq!(with(head), None, "{head}");
    }
    let text = String::from_utf8(letter()).unwrap();
    for (from, skip) in [
        ("From: MAILER-DAEMON@example.vn", Skip::Bounce),
        ("From: PhanAnh@donvi.example.vn", Skip::Own),
        ("From: undisclosed", Skip::NoSender),
        ("X-From: a@b.vn", Skip::NoSender),
    ] {
        let line = text.lines().find(|it| it.starts_with("From:")).unwrap();
        let it = read(text.replace(line, from).as_bytes(), &own());
        assert_eq!(it.skip, Some(skip), "{from}");
    }
    assert_eq!(read(b"", &own()).skip, Some(Skip::Broken));
}

#[test]
fn only_the_own_server_is_heard_about_an_address_and_only_what_it_holds_against_it() {
    let of = |headers: &[&str], server: &str| {
        doubt_of(&headers.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>(), server)
    };
    let bad = "mx.donvi.vn; spf=fail (x; dmarc=pass) smtp.mailfrom=a@b.vn; dkim=none; dmarc=fail (p=none) header.from=b.vn";
    let words = "Địa chỉ gửi chưa được xác nhận: máy chủ thư báo spf=fail, dmarc=fail.";
    assert_eq!(of(&[bad], ""), words);
    assert_eq!(of(&[bad, "forged.example; dmarc=pass"], ""), words);
    assert_eq!(of(&["forged.example; dmarc=pass", bad], "mx.donvi.vn"), words);
    assert_eq!(of(&["forged.example; spf=fail", "mx.donvi.vn; dmarc=pass"], "MX.donvi.vn"), "");
    // Forwarded: the path fails, the signature holds.
    assert_eq!(of(&["mx.donvi.vn; spf=softfail; dkim=pass; dmarc=pass"], ""), "");
    assert!(of(&["mx.donvi.vn; spf=softfail"], "").contains("spf=softfail"));
    assert_eq!(of(&[], ""), "");
    for odd in [";", "", "(((", "a;b=;=c;;", "a; spf"] {
        assert_eq!(of(&[odd], ""), "");
    }
}
