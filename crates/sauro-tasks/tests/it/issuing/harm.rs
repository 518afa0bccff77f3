//! What comes in wrong is refused with a sentence, and nothing is kept of it.

use sauro_kernel::Role;
use sauro_testkit::{Answer, TestApp, on_each_engine};

use super::setting::Setting;

async fn sent(app: &TestApp, it: &Setting, text: &str, file: Option<(&str, &[u8])>) -> Answer {
    let staff = app.official(it.actor(Role::StandingAgency, "VPTW"));
    let programme = it.programme.to_string();
    let file = file.map(|(name, content)| ("tep", name, content));
    staff.upload("/chi-dao/moi", &[("van-ban", text), ("chuong-trinh", &programme)], file).await
}

#[tokio::test]
async fn papers_that_cannot_be_taken_in_are_refused_with_a_sentence() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let app = TestApp::new(engine, it.routes()).await;
        let refused = |page: Answer, sentence: &str| {
            assert_eq!(page.status, 422, "{sentence}: {}", page.body());
            page.has_text(sentence);
        };
        refused(sent(&app, &it, "", None).await, "Dán nội dung văn bản hoặc chọn một tệp.");
        refused(
            sent(&app, &it, "BỘ X\nMẬT\nSố: 5/BC-BX\n1. Bộ Công an báo cáo.", None).await,
            "Luật Bảo vệ bí mật nhà nước",
        );
        refused(sent(&app, &it, &"Giao việc. ".repeat(1_000_000), None).await, "dài hơn giới hạn");
        refused(
            sent(&app, &it, "", Some(("bao-cao.pdf", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00"))).await,
            "tệp",
        );
        let huge = vec![b'a'; 40 * 1024 * 1024];
        let page = sent(&app, &it, "", Some(("to.txt", &huge))).await;
        assert_eq!(page.status, 413);
        page.has_text("giới hạn 32 MB");
        let staff = app.official(it.actor(Role::StandingAgency, "VPTW"));
        staff.get("/chi-dao").await.has_text("Chưa có văn bản nào");

        let programme = it.programme.to_string();
        let late = [
            ("van-ban", "Bộ Công an báo cáo."),
            ("ngay", "31/02/2026"),
            ("chuong-trinh", programme.as_str()),
        ];
        refused(staff.upload("/chi-dao/moi", &late, None).await, "không có trên lịch");
    })
    .await;
}

#[tokio::test]
async fn old_letters_are_converted_and_a_text_without_tasks_says_so() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let app = TestApp::new(engine, it.routes()).await;
        let staff = app.official(it.actor(Role::StandingAgency, "VPTW"));
        let tcvn3: Vec<u8> = tcvn3("1. Bộ Công an hoàn thành kế hoạch đối soát dữ liệu, báo cáo Thủ tướng Chính phủ trước ngày 15/12/2026.");
        let page = sent(&app, &it, "", Some(("cu.txt", &tcvn3))).await;
        assert_eq!(page.status, 303, "{}", page.body());
        let page = staff.get(&page.location).await;
        page.has_text("so lại với bản gốc");
        page.has_text("Công an");

        let page = sent(&app, &it, "Hội nghị đã thành công tốt đẹp. Trời hôm nay nắng ấm.", None).await;
        assert_eq!(page.status, 303);
        staff.get(&page.location).await.has_text("Không tìm thấy nhiệm vụ nào trong văn bản");
        let twice = sent(&app, &it, "Hội nghị đã thành công tốt đẹp. Trời hôm nay nắng ấm.", None).await;
        assert_eq!(twice.status, 422);
        twice.has_text("Nội dung này đã được nhận trước đây");
    })
    .await;
}

/// `text` in the letters of the old TCVN3 fonts.
fn tcvn3(text: &str) -> Vec<u8> {
    let table = [
        ('ộ', 0xE9),
        ('ô', 0xAB),
        ('à', 0xB5),
        ('ế', 0xD5),
        ('ạ', 0xB9),
        ('đ', 0xAE),
        ('ố', 0xE8),
        ('á', 0xB8),
        ('ữ', 0xF7),
        ('ệ', 0xD6),
        ('ủ', 0xF1),
        ('ư', 0xAD),
        ('ớ', 0xED),
        ('í', 0xDD),
    ];
    text.chars()
        .map(|c| {
            table
                .iter()
                .find(|(it, _)| *it == c)
                .map_or_else(|| u8::try_from(u32::from(c)).unwrap(), |(_, byte)| *byte)
        })
        .collect()
}
