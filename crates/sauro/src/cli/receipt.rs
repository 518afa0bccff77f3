//! `sauro receipt`: receipts that others hand over, checked without any database.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};
use sauro_initiatives::model::{CertificateFile, Certified, ProofFile};
use sauro_ui::words;

/// A receipt with five files and every text at its longest is smaller.
const MOST_BYTES: u64 = 4 << 20;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Kiểm tra một tệp biên nhận hoặc giấy chứng nhận sáng kiến, không cần máy chủ và cơ sở dữ liệu
    Verify {
        /// Tệp biên nhận tải từ trang của sáng kiến
        file: PathBuf,
        /// Tệp gốc niêm phong (seals.jsonl) lấy từ nguồn khác, để đối chiếu
        #[arg(long, value_name = "FILE")]
        heads: Option<PathBuf>,
        /// Khóa công khai của máy chủ đã cấp giấy chứng nhận, lấy từ nguồn khác, để đối chiếu
        #[arg(long, value_name = "HEX")]
        key: Option<String>,
    },
}

pub(super) async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let Command::Verify { file, heads, key } = &arguments.command;
    let name = file.display();
    let size = std::fs::metadata(file).with_context(|| format!("Không đọc được tệp {name}"))?.len();
    anyhow::ensure!(size <= MOST_BYTES, "Tệp {name} quá lớn, không phải biên nhận.");
    let bytes = std::fs::read(file).with_context(|| format!("Không đọc được tệp {name}"))?;
    if CertificateFile::is_meant(&bytes) {
        return certified(&CertificateFile::verify(&bytes, key.as_deref())?);
    }
    let heads = match heads {
        Some(path) => {
            anyhow::ensure!(path.is_file(), "Không có tệp gốc niêm phong {}", path.display());
            Some(sauro_journal::read_heads(path).await?)
        }
        None => None,
    };
    let proven = ProofFile::verify(&bytes, heads.as_deref())?;
    println!(
        "Biên nhận đúng: hồ sơ {}, “{}”, bản {}.\nMã băm SHA-256: {}\nGhi nhật ký lúc {}, mục số {}.\nGốc niêm phong {} mục: {}",
        proven.dossier.code,
        proven.dossier.title,
        proven.dossier.n,
        proven.sha256,
        words::datetime(proven.at),
        proven.position,
        proven.head.0,
        proven.head.1,
    );
    if proven.is_anchored {
        println!("Gốc này có trong tệp gốc đã cho.");
    } else {
        println!(
            "Tệp tự khớp. Để chắc không ai viết lại cả nhật ký, so với tệp gốc giữ ở nơi khác: --heads seals.jsonl"
        );
    }
    Ok(())
}

fn certified(it: &Certified) -> anyhow::Result<()> {
    let words = &it.words;
    println!(
        "Giấy chứng nhận đúng: số {}, {}, cấp ngày {}.\nSáng kiến {}, “{}”, công nhận ngày {}.",
        words.number,
        words.agency,
        sauro_ui::words::date(words.issued_on),
        words.code,
        words.title,
        sauro_ui::words::date(words.recognised_on),
    );
    for (name, unit, share) in &words.authors {
        let unit = if unit.is_empty() { String::new() } else { format!(", {unit}") };
        println!("Tác giả: {name}{unit}, {}", sauro_ui::words::percent_bp(*share));
    }
    println!("Vân chữ ký: {}\nKhóa đã ký: {}", it.fingerprint, it.key);
    if it.is_anchored {
        println!("Đúng khóa đã cho.");
    } else {
        println!("Tệp tự khớp. Để chắc đúng nơi cấp, so với khóa lấy ở nơi khác: --key HEX");
    }
    println!("Giấy có bị thu hồi hay không thì xem ở địa chỉ in trên giấy.");
    Ok(())
}
