//! Official papers as PDF and for Word: a short report, and one with forty pages of overdue tasks.

use std::time::Instant;

use sauro_papers::{
    Align, Annex, Block, Chart, DataTable, Drawn, Layout, OfficialPaper, PaperColumn, PaperHead,
    PaperRow, Press, ShareBar, read_pieces, write_docx,
};
use sauro_typeset::Typesetter;
use serde_json::json;

use super::AnyError;
use super::figure::{Figure, Target, rounded};

/// Runs of each, the first of which pays for what is made once.
const RUNS: usize = 5;
/// The pages that are measured, and the rows that make about as many.
const PAPERS: [(usize, usize); 2] = [(3, 12), (40, 345)];

/// Writes papers of about 3 and 40 pages in both layouts, on one press.
pub(crate) fn measure() -> Result<Vec<Figure>, AnyError> {
    let press = Typesetter::default();
    let mut figures = Vec::new();
    for (wanted, rows) in PAPERS {
        let paper = paper(rows);
        for layout in Layout::ALL {
            let (mut pdf, mut word) = (Vec::new(), Vec::new());
            let mut bytes = Vec::new();
            for _ in 0..RUNS {
                let begun = Instant::now();
                bytes = press.pdf(&paper, layout)?;
                pdf.push(begun.elapsed().as_secs_f64());
                let begun = Instant::now();
                write_docx(&paper, layout, &press)?;
                word.push(begun.elapsed().as_secs_f64());
            }
            let pages = read_pieces(&bytes)?.len();
            let slowest = |it: &[f64]| it.iter().copied().fold(0.0, f64::max);
            let figure =
                Figure::new("paper_pdf_s", slowest(&pdf), "s, slowest of 5", Target::AtMost(2.0));
            figures.push(figure.of(&format!("{wanted} pages, {}", layout.code())).with(json!({
                "pages": pages,
                "rows": rows,
                "bytes": bytes.len(),
                "runs_s": pdf.iter().map(|it| rounded(*it)).collect::<Vec<_>>(),
                "word_slowest_s": rounded(slowest(&word)),
            })));
        }
    }
    Ok(figures)
}

/// A report with a chart, and an annex of `n` tasks of agencies with twenty each.
fn paper(n: usize) -> OfficialPaper {
    let columns = vec![
        PaperColumn::new("TT", 6, Align::Centre),
        PaperColumn::new("Mã", 16, Align::Centre),
        PaperColumn::new("Nội dung nhiệm vụ", 34, Align::Left),
        PaperColumn::new("Hạn", 11, Align::Centre),
        PaperColumn::new("Dữ liệu cho thấy", 24, Align::Left),
        PaperColumn::new("Đơn vị tự nói", 16, Align::Left),
    ];
    let mut rows = Vec::new();
    for task in 0..n {
        if task % 20 == 0 {
            rows.push(PaperRow::Group(format!(
                "Cơ quan số {}: 20 nhiệm vụ quá hạn",
                task / 20 + 1
            )));
        }
        rows.push(PaperRow::Cells(vec![
            (task + 1).to_string(),
            format!("NV-2026-{task:06}"),
            format!("Hoàn thành kết nối, chia sẻ dữ liệu giữa hệ thống của đơn vị và nền tảng dùng chung, đợt {task}"),
            "31/10/2026".to_owned(),
            "Đang làm; quá hạn 21 ngày làm việc".to_owned(),
            "Đúng tiến độ, báo cáo 05/11/2026".to_owned(),
        ]));
    }
    let bar = |n: u32| ShareBar {
        label: format!("Cơ quan số {n}"),
        share_bp: n * 700,
        written: format!("{}%", n * 7),
    };
    let chart = Chart {
        caption: "Biểu đồ. Tỷ lệ đúng hạn.".to_owned(),
        sentence: "Mười hai cơ quan.".to_owned(),
        drawn: Drawn::Shares {
            bars: (1..=12).map(bar).collect(),
            target: Some((6_200, "Chung 62%".to_owned())),
        },
    };
    let mut body: Vec<Block> = (1..=8)
        .map(|n| {
            Block::Paragraph(format!("Đoạn {n}. {}", "Nội dung báo cáo viết thành câu. ".repeat(8)))
        })
        .collect();
    body.push(Block::Chart(chart));
    OfficialPaper {
        head: PaperHead {
            issuer: "Sở Khoa học và Công nghệ".to_owned(),
            kind: "Báo cáo".to_owned(),
            subject: "Tình hình thực hiện nhiệm vụ".to_owned(),
            ..PaperHead::default()
        },
        body,
        recipients: vec!["Lưu: VT".to_owned()],
        annexes: vec![Annex {
            title: "Nhiệm vụ quá hạn".to_owned(),
            note: String::new(),
            table: DataTable { columns, rows },
        }],
        ..OfficialPaper::default()
    }
}
