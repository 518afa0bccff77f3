use askama::Template;
use sauro_ui::{Faults, Headline, asset, six, status, svg};

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% import "parts/form.html" as f %}{{ f::errors(faults) }}{{ f::text("so-thon", "Số thôn", value, faults, hint = "Đếm hôm nay") }}"#
)]
struct Form {
    faults: Faults,
    value: String,
}

#[test]
fn a_status_has_silhouette_and_words_before_colour() {
    let pill = status("over", "", "").to_string();
    assert!(
        pill.contains(r#"data-s="over""#) && pill.contains("#s-over") && pill.contains("Quá hạn")
    );
    assert!(status("whatever", "", "bare").as_str().contains("Chưa đánh giá được"));
    assert!(status("run", "<b>", "").as_str().contains("&lt;b&gt;"));
}

#[test]
fn the_six_sided_mark_says_what_is_missing() {
    let mark = six([4, 5]).to_string();
    assert!(mark.contains("4/6 rõ"));
    assert!(mark.contains("chưa rõ sản phẩm, thẩm quyền"));
    assert_eq!(mark.matches(r#"class="off""#).count(), 2);
    assert!(!six([]).as_str().contains("chưa rõ"));
}

#[test]
fn a_fault_stands_in_the_summary_and_at_its_field_in_the_same_words() {
    let words = "Nhập số thôn, chỉ dùng chữ số";
    let faults = Faults::from_iter([("so-thon", words)]);
    assert_eq!(faults.title_mark(), "Lỗi: ");
    let html = Form { faults, value: r#""><script>"#.into() }.render().unwrap();
    assert_eq!(html.matches(words).count(), 2);
    assert!(html.contains(r##"<a href="#so-thon">"##));
    assert!(html.contains(r#"aria-invalid="true" aria-describedby="so-thon-goi-y so-thon-loi""#));
    assert!(!html.contains("<script>"));
}

#[test]
fn a_clean_form_shows_no_summary() {
    let html = Form { faults: Faults::none(), value: "12".into() }.render().unwrap();
    assert!(!html.contains("errors") && !html.contains("aria-invalid"));
}

#[test]
fn completion_never_stands_alone() {
    let figures = Headline { total: 1134, done: 629, on_time: 427, verified: 361, in_use: 274 };
    assert_eq!(
        format!("{} {}", figures.opening(), figures.closing()),
        "Cứ 100 nhiệm vụ có thời hạn thì 55 đã báo xong, 38 đúng hạn, 32 đã xác minh và chỉ 24 đang được sử dụng."
    );
    let few = Headline { total: 12, done: 7, on_time: 5, verified: 4, in_use: 3 };
    assert!(few.opening().starts_with("Trong 12 nhiệm vụ có thời hạn, 7 đã báo xong"));
    assert_eq!(Headline::default().share_bp(3), 0);
}

#[test]
fn charts_stay_inside_their_frame() {
    assert!(svg::ring(12_000, "done", "x").as_str().contains("100%"));
    assert!(svg::bullet(-5, -1, "", "").as_str().contains("--v:0.0\""));
    assert!(svg::bullet(6_840, 8_000, "--done-s", "hatch").as_str().contains("--v:68.4;--t:80.0"));
    assert!(svg::spark([]).as_str().contains(r#"d="""#));
    assert!(svg::stage(3, "").as_str().contains("3/5 · đã báo xong"));
}

#[test]
fn every_icon_that_the_shared_templates_name_is_in_the_sprite() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    let sprite = asset("icons.svg").rsplit('/').next().unwrap();
    let dist = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/dist/");
    let sprite = std::fs::read_to_string(format!("{dist}{sprite}")).unwrap();
    let mut found = 0;
    for folder in [root.to_owned(), format!("{root}/parts")] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            for name in text.split("icon(\"").skip(1).filter_map(|it| it.split('"').next()) {
                let name = name.replace("{}", "over");
                assert!(
                    sprite.contains(&format!(r#"id="{name}""#)),
                    "{name} in {}",
                    path.display()
                );
                found += 1;
            }
        }
    }
    assert!(found > 20);
}
