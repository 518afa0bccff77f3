//! `sauro import indicators`, `rules` and `observations`: whole or not at all.

use anyhow::bail;
use sauro_directory::DirectoryHandle;
use sauro_indicators::{IndicatorsError, actions};

use super::open::{self, Premises};

/// Which of the files it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Indicators,
    Rules,
    Observations,
}

pub(super) async fn run(
    premises: &Premises,
    which: Which,
    csv: &str,
    file: &str,
) -> anyhow::Result<()> {
    let ctx = open::system();
    sauro_directory::actions::load_shipped(&ctx, &premises.db).await?;
    let directory = DirectoryHandle::load(&ctx, &premises.db).await?.directory();
    let outcome = match which {
        Which::Indicators => actions::import_indicators(&ctx, &premises.db, &directory, csv).await,
        Which::Rules => actions::rules::import_rules(&ctx, &premises.db, &directory, csv).await,
        Which::Observations => actions::import_figures(&ctx, &premises.db, &directory, csv).await,
    };
    match outcome {
        Ok(n) => {
            let what = match which {
                Which::Indicators => "chỉ số",
                Which::Rules => "quy tắc kiểm tra",
                Which::Observations => "số liệu mới",
            };
            println!("Đã nạp {n} {what} từ {file}.");
            Ok(())
        }
        Err(IndicatorsError::Faults(faults)) => {
            for fault in &faults {
                eprintln!("{}", fault.sentence());
            }
            bail!("{file} có {} lỗi, chưa nạp gì", faults.len());
        }
        Err(err) => Err(err.into()),
    }
}
