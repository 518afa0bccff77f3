//! Pictures of the portal of the demonstration: drawn here, so that nobody's photograph is shown as something it is
//! not.

use std::fmt::Write as _;

use bytes::Bytes;
use sauro_kernel::Ctx;
use sauro_papers::Press;
use sauro_portal::actions::keep_picture;
use sauro_portal::model::{BlockFields, PictureFields};
use sauro_store::{Db, Files};
use sauro_typeset::Typesetter;

/// Said of each of them.
const SOURCE: &str = "Hình minh họa do phần mềm vẽ";

/// Which item shows it, what it shows, and how it is drawn.
type Drawing = (&'static str, &'static str, fn() -> String);

const DRAWINGS: [Drawing; 5] = [
    (
        "Đưa sóng di động đến 12 ấp ven biển Cà Mau",
        "Hình vẽ: trạm phát sóng chạy pin mặt trời đứng trên bờ biển, sóng tỏa ra ba vòng.",
        mast,
    ),
    (
        "Báo cáo một lần, dùng được mọi nơi",
        "Sơ đồ: nhiều xã nối về một điểm ở giữa, điểm ấy nối lên tỉnh và trung ương.",
        network,
    ),
    (
        "Đoàn kiểm tra chéo đo sóng tại 40 thôn",
        "Bốn mươi ô vuông là bốn mươi thôn: ba mươi bốn ô đặc đúng như báo cáo, sáu ô rỗng chưa đúng.",
        villages,
    ),
    (
        "Tổ công nghệ số của ấp hướng dẫn người dân nộp hồ sơ trực tuyến",
        "Hình vẽ: ba người hướng dẫn ngồi bên một màn hình ở nhà văn hóa ấp.",
        helpers,
    ),
    ("Tập huấn dữ liệu cho cán bộ xã", "Biểu đồ cột: mỗi buổi tập huấn số liệu sai ít đi.", bars),
];

/// Keeps the picture of the item called `title` in the library and answers the block that shows it, if there is one.
pub(super) async fn block_of(
    ctx: &Ctx,
    (db, files): (&Db, &Files),
    (title, press): (&str, &Typesetter),
) -> anyhow::Result<Option<BlockFields>> {
    let Some((_, alt, draw)) = DRAWINGS.iter().find(|it| it.0 == title) else { return Ok(None) };
    let svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800" viewBox="0 0 1200 800">{}</svg>"#,
        draw()
    );
    let content = Bytes::from(press.png(&svg, 1.0)?);
    let said = PictureFields {
        alt: (*alt).to_owned(),
        licence: "co-quan".to_owned(),
        source: SOURCE.to_owned(),
    };
    let picture = keep_picture(ctx, (db, files), ("hinh-minh-hoa.png", content), &said).await?;
    Ok(Some(BlockFields {
        kind: "anh".to_owned(),
        text: (*alt).to_owned(),
        file: picture.id.to_string(),
        ..BlockFields::default()
    }))
}

fn ground(colour: &str) -> String {
    format!(r#"<rect width="1200" height="800" fill="{colour}"/>"#)
}

fn mast() -> String {
    let mut out = ground("#dcebf2");
    out.push_str(r##"<circle cx="930" cy="190" r="80" fill="#e9b44c"/>"##);
    for (n, y) in [560, 630, 700].into_iter().enumerate() {
        let colour = ["#7fb0c4", "#5b94ad", "#3f7a95"].get(n).unwrap_or(&"#3f7a95");
        let _ = write!(
            out,
            r#"<path d="M0 {y} q75 -40 150 0 t150 0 150 0 150 0 150 0 150 0 150 0 150 0 V800 H0Z" fill="{colour}"/>"#
        );
    }
    out.push_str(r##"<path d="M0 620 C200 540 420 560 560 640 L560 800 H0Z" fill="#c9b98f"/>"##);
    out.push_str(
        r##"<path d="M300 600 L360 180 L420 600 M318 480 H402 M332 380 H388 M345 290 H375" fill="none" stroke="#37474f" stroke-width="12"/><path d="M180 590 l40 -60 h90 l-30 60Z" fill="#22506b"/>"##,
    );
    for radius in [70, 130, 190] {
        let _ = write!(
            out,
            r##"<path d="M{} {} a{radius} {radius} 0 0 1 0 {}" fill="none" stroke="#a33b2a" stroke-width="12" stroke-linecap="round"/>"##,
            360 + radius * 7 / 10,
            180 - radius * 7 / 10,
            radius * 14 / 10
        );
    }
    out
}

fn network() -> String {
    let mut out = ground("#eef1ea");
    for n in 0..9 {
        let x = 120 + n * 120;
        let y = 640 + (n % 3) * 40;
        let _ = write!(
            out,
            r##"<path d="M{x} {y} L600 400" stroke="#7a8f86" stroke-width="6"/><circle cx="{x}" cy="{y}" r="30" fill="#2f6f5e"/>"##
        );
    }
    out.push_str(
        r##"<path d="M600 400 L360 150 M600 400 L840 150" stroke="#7a8f86" stroke-width="10"/><circle cx="600" cy="400" r="90" fill="#a33b2a"/><rect x="290" y="90" width="140" height="110" rx="12" fill="#22506b"/><rect x="770" y="90" width="140" height="110" rx="12" fill="#22506b"/>"##,
    );
    out
}

fn villages() -> String {
    let mut out = ground("#f4efe4");
    for n in 0..40 {
        let (x, y) = (150 + (n % 8) * 118, 120 + (n / 8) * 118);
        let look = match [3, 11, 18, 22, 29, 36].contains(&n) {
            true => r##"fill="none" stroke="#a33b2a" stroke-width="8""##,
            false => r##"fill="#2f6f5e""##,
        };
        let _ = write!(out, r#"<rect x="{x}" y="{y}" width="80" height="80" rx="8" {look}/>"#);
    }
    out
}

fn helpers() -> String {
    let mut out = ground("#f1e6d6");
    out.push_str(
        r##"<path d="M150 330 L600 110 L1050 330Z" fill="#a33b2a"/><rect x="220" y="330" width="760" height="360" fill="#fbf7ef"/><rect x="480" y="400" width="240" height="150" rx="10" fill="#22506b"/><rect x="505" y="425" width="190" height="100" fill="#dcebf2"/><path d="M570 550 h60 v50 h-60Z" fill="#22506b"/>"##,
    );
    for (x, colour) in [(330, "#2f6f5e"), (600, "#7a5a2e"), (870, "#2f6f5e")] {
        let _ = write!(
            out,
            r#"<circle cx="{x}" cy="600" r="42" fill="{colour}"/><path d="M{} 720 a75 75 0 0 1 150 0Z" fill="{colour}"/>"#,
            x - 75
        );
    }
    out
}

fn bars() -> String {
    let mut out = ground("#eaf0ee");
    out.push_str(
        r##"<path d="M140 120 V660 H1080" fill="none" stroke="#37474f" stroke-width="8"/>"##,
    );
    for (n, high) in [470, 380, 290, 190, 120, 70].into_iter().enumerate() {
        let (x, y) = (200 + n * 145, 656 - high);
        let colour = if n == 5 { "#2f6f5e" } else { "#22506b" };
        let _ =
            write!(out, r#"<rect x="{x}" y="{y}" width="90" height="{high}" fill="{colour}"/>"#);
    }
    out
}
