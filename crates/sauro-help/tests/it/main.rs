//! Guides as pages.

use sauro_help::model::{Prose, guides, picture};

#[test]
fn every_guide_has_a_title_a_summary_and_nothing_of_its_sources_left() {
    for guide in guides() {
        let (name, prose) = (guide.name, &guide.prose);
        assert!(!prose.title.is_empty() && !prose.summary.is_empty(), "{name}");
        for left in ["reviewed_on", "<h1", ".md\"", "](../"] {
            assert!(!prose.html.contains(left), "{left} stands in {name}");
        }
    }
}

#[test]
fn every_picture_of_a_guide_is_there_and_keeps_its_place() {
    let mut n = 0;
    for guide in guides() {
        for image in guide.prose.html.split("<img ").skip(1) {
            let image = image.split('>').next().unwrap();
            let name = image.split("/tro-giup/hinh/").nth(1).unwrap().split('"').next().unwrap();
            assert!(picture(name).is_some(), "{} shows {name}", guide.name);
            assert!(!image.contains("width=\"0\"") && !image.contains("alt=\"\""), "{image}");
            n += 1;
        }
    }
    assert!(n > 0);
}

#[test]
fn marks_of_html_in_a_guide_are_words() {
    let prose = Prose::read("# Một\n\n<script>a()</script>\n\nHai `<b>` ba.\n", "guides/x.md");
    assert_eq!(prose.title, "Một");
    assert!(prose.html.contains("&lt;script&gt;") && !prose.html.contains("<script"));
    assert!(prose.html.contains("<code>&lt;b&gt;</code>"));
}

#[test]
fn links_between_guides_lead_to_their_pages_and_addresses_to_the_product() {
    let text = "# A\n\n[b](phan-anh.md) [c](../errors.md#lỗi-của-lệnh) [d](../adr/0001.md) `/phan-anh` `/api/v1/x`\n\n## Gửi, nhận\n\n## Gửi nhận\n";
    let prose = Prose::read(text, "guides/x.md");
    let html = &prose.html;
    for link in [
        "href=\"/tro-giup/phan-anh\"",
        "href=\"/tro-giup/ma-loi#loi-cua-lenh\"",
        "href=\"/tro-giup\"",
        "<a href=\"/phan-anh\"><code>/phan-anh</code></a>",
        "<code>/api/v1/x</code>",
    ] {
        assert!(html.contains(link), "no {link} in {html}");
    }
    assert!(!html.contains("href=\"/api"));
    let ids: Vec<&str> = prose.headings.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["gui-nhan", "gui-nhan-2"]);
}
