use chrono::{DateTime, NaiveDate, Utc};
use sauro_kernel::{AgencyId, PortalItemId, TopicId, WorkingCalendar};
use uuid::Uuid;

use super::*;

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_str(&format!("{text} +0700"), "%F %H:%M:%S %z").unwrap().to_utc()
}

#[test]
fn digests_are_closed_on_working_mornings_and_on_mondays() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let calendar = WorkingCalendar::new([day("2026-09-02")], []);
    for (rhythm, now, expected) in [
        (Rhythm::Daily, "2026-09-01 07:00:00", Some("2026-09-01 08:00:00")),
        // The second of September is a day off.
        (Rhythm::Daily, "2026-09-01 08:00:00", Some("2026-09-03 08:00:00")),
        (Rhythm::Daily, "2026-09-04 09:00:00", Some("2026-09-07 08:00:00")),
        (Rhythm::Weekly, "2026-09-07 07:59:59", Some("2026-09-07 08:00:00")),
        (Rhythm::Weekly, "2026-09-07 08:00:00", Some("2026-09-14 08:00:00")),
        (Rhythm::Now, "2026-09-01 07:00:00", None),
    ] {
        assert_eq!(rhythm.next_after(&calendar, at(now)), expected.map(at), "{rhythm:?} {now}");
    }
}

#[test]
fn every_subject_is_read_from_its_word_and_nothing_else_is() {
    let topic = Subject::Topic(TopicId(Uuid::from_u128(7)));
    let agency = Subject::Agency(AgencyId::of_code("UBND-96"));
    for it in Subject::SHELVES.into_iter().chain([topic, agency]) {
        assert_eq!(Subject::of_code(&it.code()), Some(it));
    }
    for bad in ["", "chu-de:", "chu-de:x", "co-quan:1", "trang", "tin "] {
        assert_eq!(Subject::of_code(bad), None, "{bad}");
    }
}

#[test]
fn no_address_carries_a_header_or_a_second_reader() {
    let known = |_| true;
    let typed = |address: &str| WishFields {
        address: address.to_owned(),
        rhythm: "ngay".to_owned(),
        subjects: vec!["tin".to_owned(), "tin".to_owned(), "khong-co".to_owned()],
        is_agreed: true,
    };
    let (contact, wish) = typed(" Dan.Xa@Thu.VN ").first(known).unwrap();
    assert_eq!(contact, Contact::Mail("dan.xa@thu.vn".to_owned()));
    assert_eq!(wish.subjects, [Subject::News]);
    for hostile in [
        "a@x.vn\r\nBcc: b@x.vn",
        "a@x.vn\nTo: b@x.vn",
        "a@x.vn,b@x.vn",
        "a@x.vn;b@x.vn",
        "A <a@x.vn>",
        "\"a b\"@x.vn",
        "a@x.vn\0",
        "a@[127.0.0.1]",
        "a@x.vn%0aBcc:b@x.vn",
        "@x.vn",
        "ạ@x.vn",
    ] {
        let faults = typed(hostile).first(known).unwrap_err();
        assert_eq!(faults.first().unwrap().0, "thu", "{hostile:?}");
    }
    let nothing = WishFields::default().first(known).unwrap_err();
    let fields: Vec<&str> = nothing.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(fields, ["muc", "nhip", "thu", "dong-y"]);
}

#[test]
fn no_device_leads_into_the_own_network() {
    use base64::Engine as _;
    let base64 = base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let (key, auth) = (base64.encode([4_u8; 65]), base64.encode([1_u8; 16]));
    let of = |endpoint: &str, inside: bool| device_of((endpoint, &key, &auth), inside);
    for good in ["https://push.example.org/a/b?c", "https://8.8.8.8/x", "https://[2606:4700::1]/x"]
    {
        assert!(of(good, false).is_ok(), "{good}");
    }
    for private in [
        "https://127.0.0.1/x",
        "https://10.1.2.3/x",
        "https://192.168.0.1/x",
        "https://172.16.9.9/x",
        "https://169.254.169.254/latest/meta-data",
        "https://100.64.0.1/x",
        "https://0.0.0.0/x",
        "https://2130706433/x",
        "https://0x7f.1/x",
        "https://[::1]/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://[fd00::1]/x",
        "https://[fe80::1]/x",
        "https://[2002:7f00:1::]/x",
        "https://localhost/x",
        "https://db.local/x",
        "https://app.localhost/x",
    ] {
        assert_eq!(of(private, false), Err(EndpointFault::Private), "{private}");
        assert!(of(private, true).is_ok(), "{private}");
    }
    for bad in [
        "",
        "x",
        "http://push.example.org/x",
        "ftp://x.org/",
        "https://a:b@x.org/",
        "file:///etc/passwd",
    ] {
        assert_eq!(of(bad, false), Err(EndpointFault::Address), "{bad}");
    }
    let short = device_of(("https://push.example.org/x", "AA", &auth), false);
    assert_eq!(short, Err(EndpointFault::Keys));
}

#[test]
fn a_consultation_is_told_when_it_is_published_opens_and_nears_its_end() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let happened = |occasion, days| Happened {
        item: PortalItemId(Uuid::from_u128(1)),
        occasion,
        entry: Uuid::from_u128(2),
        at: at("2026-11-02 09:00:00"),
        subjects: vec![Subject::Consultations],
        days,
    };
    let told = |days: (&str, &str)| -> Vec<(Occasion, DateTime<Utc>)> {
        let it = happened(Occasion::Published, Some((day(days.0), day(days.1))));
        bulletins_of(&it).iter().map(|it| (it.occasion, it.due_at)).collect()
    };
    let now = at("2026-11-02 09:00:00");
    assert_eq!(
        told(("2026-11-10", "2026-12-10")),
        [
            (Occasion::Published, now),
            (Occasion::Opens, at("2026-11-10 08:00:00")),
            (Occasion::Closes, at("2026-12-07 08:00:00")),
        ]
    );
    assert_eq!(
        told(("2026-11-02", "2026-11-20")),
        [(Occasion::Published, now), (Occasion::Closes, at("2026-11-17 08:00:00"))]
    );
    assert_eq!(told(("2026-11-02", "2026-11-05")), [(Occasion::Published, now)]);
    let twice = [Uuid::from_u128(3), Uuid::from_u128(4)].map(|entry| {
        let it = Happened { entry, ..happened(Occasion::Published, None) };
        bulletins_of(&it).remove(0).cause
    });
    assert_eq!(twice[0], twice[1], "published twice is published once");
}
