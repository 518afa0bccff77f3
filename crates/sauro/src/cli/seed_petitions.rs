//! `sauro seed petitions`: petitions and initiatives of the nation, made up to measure with.

use anyhow::{bail, ensure};
use clap::Args;
use sauro_directory::DirectoryHandle;
use sauro_initiatives::jobs::{
    PastError as NoInitiatives, PastInitiatives, make_past as make_initiatives,
};
use sauro_petitions::jobs::{PastError, PastPetitions, make_past};
use sauro_store::Limits;

use super::open;
use crate::config::Config;

#[derive(Debug, Args)]
#[command(
    after_help = "Ví dụ:\n  sauro seed petitions --cases 1000000 --initiatives 50000 --data var-do-tai\n\nChỉ nạp vào nơi chưa có phản ánh, sáng kiến nào, khi máy chủ không chạy. Cơ quan có thật, nội dung và người gửi là giả định."
)]
pub(super) struct Arguments {
    /// Số vụ việc phản ánh, kiến nghị
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(0..=5_000_000))]
    cases: u32,
    /// Số sáng kiến
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=500_000))]
    initiatives: u32,
    /// Trong 100 vụ việc có bấy nhiêu chưa kết thúc
    #[arg(long, value_name = "N", default_value_t = 33, value_parser = clap::value_parser!(u8).range(0..=100))]
    open: u8,
    /// Hạt giống
    #[arg(long, default_value_t = 57)]
    seed: u64,
}

pub(super) async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<()> {
    // Nobody else waits for a turn while years are written.
    let premises = open::premises_within(config, Limits::alone()).await?;
    let ctx = open::system();
    sauro_directory::actions::load_shipped(&ctx, &premises.db).await?;
    let keys = open::keys(config)?;
    open::shipped_fields(&ctx, &premises, &keys).await?;
    let handle = DirectoryHandle::load(&ctx, &premises.db).await?;
    let of = (handle.directory(), handle.calendar());
    let begun = std::time::Instant::now();
    let wanted = PastPetitions {
        n_cases: usize::try_from(arguments.cases)?,
        open_percent: arguments.open,
        seed: arguments.seed,
        now_us: ctx.now_us(),
    };
    ensure!(arguments.cases > 0 || arguments.initiatives > 0, "Ghi --cases hoặc --initiatives");
    let (mut n_cases, mut n_open, mut n_entries) = (0, 0, 0);
    if wanted.n_cases > 0 {
        let told = telling("vụ việc", wanted.n_cases);
        let made = match make_past(&premises.db, &keys, of.clone(), wanted, told).await {
            Err(PastError::Taken) => bail!(
                "Nơi này đã có phản ánh. Chọn thư mục dữ liệu khác bằng --data, hoặc cơ sở dữ liệu khác bằng --database"
            ),
            done => done?,
        };
        (n_cases, n_open, n_entries) = (made.n_cases, made.n_open, made.n_entries);
    }
    let n_initiatives = usize::try_from(arguments.initiatives)?;
    if n_initiatives > 0 {
        let wanted = PastInitiatives {
            n: n_initiatives,
            seed: arguments.seed,
            now_us: ctx.now_us(),
            terms: config.initiatives.terms(),
        };
        let told = telling("sáng kiến", n_initiatives);
        match make_initiatives(&premises.db, &keys, of, wanted, told).await {
            Err(NoInitiatives::Taken) => bail!(
                "Nơi này đã có sáng kiến. Chọn thư mục dữ liệu khác bằng --data, hoặc cơ sở dữ liệu khác bằng --database"
            ),
            done => done?,
        };
    }
    println!(
        "Đã nạp {n_cases} vụ việc ({n_open} chưa kết thúc), {n_initiatives} sáng kiến, {n_entries} mục nhật ký trong {} giây.",
        begun.elapsed().as_secs()
    );
    Ok(())
}

/// Tells on stderr how far it has come, each tenth; small sets are done before anyone asks.
pub(super) fn telling(what: &'static str, n_all: usize) -> impl FnMut(usize) {
    let mut told = 0;
    move |n_done| {
        let tenth = n_done * 10 / n_all.max(1);
        if tenth > told && n_all >= 10_000 {
            told = tenth;
            eprintln!("  {what} {n_done}/{n_all} ({}%)", tenth * 10);
        }
    }
}
