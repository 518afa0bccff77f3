//! `sauro extract`: a directive's text in, head and draft tasks out. Touches no database.

use std::io::{Read, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use sauro_reading::{Gazetteer, Reader, Reading};

/// Largest input read from a pipe.
const MAX_BYTES: u64 = 64 << 20;

#[derive(Debug, Args)]
#[command(
    after_help = "Ví dụ:\n  sauro extract thong-bao.docx --issued 2026-11-16\n  pdftotext tb.pdf - | sauro extract - --format json\n\nĐọc được .txt (cả TCVN3, VNI), .docx, .pdf có chữ, .xlsx có bảng phụ lục."
)]
pub(super) struct Arguments {
    /// Tệp văn bản, hoặc - để đọc từ đường ống
    #[arg(value_name = "FILE|-")]
    file: PathBuf,
    /// Ngày ban hành, để hiểu "trong tháng này"; mặc định lấy trong văn bản
    #[arg(long, value_name = "YYYY-MM-DD")]
    issued: Option<NaiveDate>,
    /// Cách in
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Một đối tượng JSON cho chương trình khác
    Json,
    /// Bảng cho người đọc
    Table,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let (bytes, name) = input(arguments)?;
    let paper =
        sauro_papers::read_text(&bytes, &name).map_err(|err| anyhow::anyhow!(err.sentence()))?;
    if let Some(mark) = sauro_reading::secret_mark(&paper.text) {
        bail!(
            "Văn bản có dấu {}. Tài liệu bí mật nhà nước không được đưa lên hệ thống này \
             (Luật Bảo vệ bí mật nhà nước). Xử lý theo chế độ mật.",
            mark.vietnamese()
        );
    }
    for warning in &paper.warnings {
        eprintln!("Lưu ý: {warning}");
    }
    let reading = Reader::new(Gazetteer::shipped()).read(&paper.text, arguments.issued);
    let mut out = std::io::stdout().lock();
    match arguments.format {
        Format::Json => {
            serde_json::to_writer(&mut out, &reading)?;
            writeln!(out)?;
        }
        Format::Table => write!(out, "{}", table(&reading))?,
    }
    Ok(())
}

fn input(arguments: &Arguments) -> anyhow::Result<(Vec<u8>, String)> {
    if arguments.file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().take(MAX_BYTES).read_to_end(&mut bytes)?;
        return Ok((bytes, "van-ban.txt".to_owned()));
    }
    let name = arguments.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = std::fs::read(&arguments.file).with_context(|| {
        format!("Không đọc được {}. Kiểm tra đường dẫn và quyền đọc", arguments.file.display())
    })?;
    Ok((bytes, name))
}

fn table(reading: &Reading) -> String {
    let mut text = String::new();
    let head = &reading.head;
    for (label, value) in [
        ("Số, ký hiệu", head.number.clone()),
        ("Ngày", head.issued_on.map(|day| day.format("%d/%m/%Y").to_string())),
        ("Nơi ban hành", head.issuer.as_ref().map(|it| it.name.clone())),
        ("Trích yếu", head.subject.clone()),
        ("Người ký", head.signer.clone()),
    ] {
        if let Some(value) = value {
            text.push_str(&format!("{label}: {value}\n"));
        }
    }
    text.push_str(&format!("Tìm được {} nhiệm vụ.\n", reading.tasks.len()));
    for (n, task) in reading.tasks.iter().enumerate() {
        let names = |list: &[sauro_reading::AgencyRef]| {
            list.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join("; ")
        };
        text.push_str(&format!("\n{}. {}\n", n + 1, task.action));
        text.push_str(&format!("   Chủ trì: {}\n", or_missing(&names(&task.lead))));
        if !task.coordinating.is_empty() {
            text.push_str(&format!("   Phối hợp: {}\n", names(&task.coordinating)));
        }
        text.push_str(&format!("   Sản phẩm: {}\n", or_missing(&task.deliverables.join("; "))));
        let due = match (task.deadline.date, &task.deadline.rule) {
            (Some(day), _) => format!("{} (“{}”)", day.format("%d/%m/%Y"), task.deadline.text),
            (None, Some(rule)) => format!("{rule} (“{}”)", task.deadline.text),
            (None, None) => task.deadline.text.clone(),
        };
        text.push_str(&format!("   Thời hạn: {}\n", or_missing(&due)));
    }
    text
}

fn or_missing(text: &str) -> &str {
    if text.is_empty() { "chưa rõ" } else { text }
}
