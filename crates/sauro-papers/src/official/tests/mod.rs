//! Papers written, taken apart and measured.

mod hostile;
mod measures;
mod parts;
mod text;

use super::{
    Align, Annex, Bar, Block, DataTable, OfficialPaper, PaperColumn, PaperDate, PaperHead,
    PaperRow, Signer, Signing,
};

/// A paper that has one of everything.
fn sample() -> OfficialPaper {
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

fn table(n_rows: usize) -> DataTable {
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
