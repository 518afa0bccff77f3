//! What every writer is measured against: a paper that has one of everything, and the tables of Decree
//! 30/2020/NĐ-CP, Annex I, and of Guidance 36-HD/VPTW.

use Face::{Bold, BoldItalic, Italic, Upright};

use super::papers::{
    Align, Annex, Bar, Block, Chart, DataTable, Drawn, OfficialPaper, PaperColumn, PaperDate,
    PaperHead, PaperRow, ShareBar, Signer, Signing,
};

/// Upright or italic, light or bold.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Face {
    Upright,
    Bold,
    Italic,
    BoldItalic,
}

/// Text as it has to stand, smallest and largest size in points, face, side.
pub(super) type Rule = (&'static str, u32, u32, Face, &'static str);

/// The elements whose measures both layouts share.
pub(super) const BOTH: [Rule; 12] = [
    ("Cà Mau, ngày 03 tháng 02 năm 2026", 13, 14, Italic, "center"),
    ("Tình hình thực hiện nhiệm vụ tháng 01 năm 2026", 13, 14, Bold, "center"),
    ("Trong 12 nhiệm vụ có thời hạn, 7 đã báo xong.", 13, 14, Upright, "both"),
    ("a) Một.", 13, 14, Upright, "both"),
    ("PHÓ GIÁM ĐỐC", 13, 14, Bold, "center"),
    ("Người Ký Mẫu", 13, 14, Bold, "center"),
    ("Nơi nhận:", 12, 12, BoldItalic, "left"),
    ("- Như trên;", 11, 11, Upright, "left"),
    ("- Lưu: VT.", 11, 11, Upright, "left"),
    ("Phụ lục II", 14, 14, Bold, "center"),
    ("DANH SÁCH NHIỆM VỤ QUÁ HẠN", 13, 14, Bold, "center"),
    ("Việc thứ 3 của bảng", 13, 14, Upright, "left"),
];

/// Those of the State.
pub(super) const STATE: [Rule; 7] = [
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, 13, Bold, "center"),
    ("Độc lập - Tự do - Hạnh phúc", 13, 14, Bold, "center"),
    ("ỦY BAN NHÂN DÂN TỈNH CÀ MAU", 12, 13, Upright, "center"),
    ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", 12, 13, Bold, "center"),
    ("Số: 05/BC-SKHCN", 13, 13, Upright, "center"),
    ("BÁO CÁO", 13, 14, Bold, "center"),
    ("KT. GIÁM ĐỐC", 13, 14, Bold, "center"),
];

/// Those of the Party.
pub(super) const PARTY: [Rule; 7] = [
    ("ĐẢNG CỘNG SẢN VIỆT NAM", 15, 16, Bold, "center"),
    ("ỦY BAN NHÂN DÂN TỈNH CÀ MAU", 13, 14, Upright, "center"),
    ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", 13, 14, Bold, "center"),
    ("*", 13, 14, Bold, "center"),
    ("Số 05-BC/SKHCN", 13, 13, Upright, "center"),
    ("BÁO CÁO", 15, 16, Bold, "center"),
    ("K/T GIÁM ĐỐC", 13, 14, Bold, "center"),
];

/// A paper that has one of everything.
pub(super) fn sample() -> OfficialPaper {
    OfficialPaper {
        head: PaperHead {
            superior: "Ủy ban nhân dân tỉnh Cà Mau".into(),
            issuer: "Sở Khoa học và Công nghệ".into(),
            number: Some(5),
            kind_code: "BC".into(),
            issuer_code: "SKHCN".into(),
            place: "Cà Mau".into(),
            date: Some(PaperDate { year: 2026, month: 2, day: 3 }),
            kind: "Báo cáo".into(),
            subject: "Tình hình thực hiện nhiệm vụ tháng 01 năm 2026".into(),
        },
        addressee: "Ban Chỉ đạo của tỉnh".into(),
        body: vec![
            Block::Section("Kết quả".into()),
            Block::Item("Chung".into()),
            Block::Paragraph("Trong 12 nhiệm vụ có thời hạn, 7 đã báo xong.".into()),
            Block::Bars(vec![
                Bar { label: "Đúng hạn".into(), count: 7, written: "7 nhiệm vụ".into() },
                Bar { label: "Quá hạn".into(), count: 0, written: "0 nhiệm vụ".into() },
            ]),
            Block::Item("Theo cơ quan".into()),
            Block::Chart(Chart {
                caption: "Biểu đồ. Tỷ lệ đúng hạn theo cơ quan.".into(),
                sentence: "Sở A 40%, Sở B 90%; chung 62%.".into(),
                drawn: Drawn::Shares {
                    bars: vec![bar("Sở A", 4_000), bar("Sở B", 9_000)],
                    target: Some((6_200, "Chung 62%".into())),
                },
            }),
            Block::Table(table(2)),
            Block::Section("Đề xuất".into()),
            Block::Point("Một.".into()),
            Block::Point("Hai.".into()),
            Block::Paragraph("Trên đây là báo cáo./.".into()),
        ],
        signer: Signer {
            signing: Signing::Deputy("Giám đốc".into()),
            title: "Phó Giám đốc".into(),
            name: "Người Ký Mẫu".into(),
        },
        mark: None,
        recipients: vec!["Như trên".into(), "Lưu: VT.".into()],
        annexes: vec![
            Annex {
                title: "Danh sách nhiệm vụ quá hạn".into(),
                note: "(Kèm theo Báo cáo này)".into(),
                table: table(3),
            },
            Annex { title: "Danh sách thứ hai".into(), note: String::new(), table: table(1) },
        ],
    }
}

fn bar(label: &str, share_bp: u32) -> ShareBar {
    ShareBar { label: label.into(), share_bp, written: format!("{}%", share_bp / 100) }
}

/// A table of `n_rows` rows below the heading of a group.
pub(super) fn table(n_rows: usize) -> DataTable {
    let mut rows = vec![PaperRow::Group("Nhóm thứ nhất".into())];
    rows.extend((1..=n_rows).map(|n| {
        PaperRow::Cells(vec![n.to_string(), format!("Việc thứ {n} của bảng"), "31/01/2026".into()])
    }));
    DataTable {
        columns: vec![
            PaperColumn::new("TT", 6, Align::Centre),
            PaperColumn::new("Nội dung", 70, Align::Left),
            PaperColumn::new("Hạn", 20, Align::Centre),
        ],
        rows,
    }
}
