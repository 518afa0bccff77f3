//! `sauro import tasks`: a table annex becomes drafts, all or nothing.

use std::sync::Arc;

use anyhow::{Context, bail};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Actor, Ctx, Role};
use sauro_reading::{Gazetteer, Reader};
use sauro_tasks::actions;

use super::import::Arguments;
use super::open::{self, Premises};

pub(super) async fn run(
    premises: &Premises,
    arguments: &Arguments,
    bytes: &[u8],
    file: &str,
) -> anyhow::Result<()> {
    let system = open::system();
    sauro_directory::actions::load_shipped(&system, &premises.db).await?;
    let directory = DirectoryHandle::load(&system, &premises.db).await?.directory();
    let owner = directory.by_code(arguments.owner()?).with_context(|| {
        format!("Không có cơ quan mang mã {}", arguments.owner().unwrap_or_default())
    })?;
    // The drafts belong to the agency named; the machine room only acts in its place.
    let actor = Actor {
        role: Role::System,
        agency: owner.id,
        agency_code: owner.code.clone(),
        agency_name: owner.name.clone(),
        agency_path: owner.path.clone(),
        scope: owner.scope.clone(),
        ..Actor::system()
    };
    let ctx = Ctx { actor, ..system };
    let programme =
        actions::programme_by_code(&ctx, &premises.db, arguments.programme()?).await.with_context(
            || format!("Không có chương trình {}", arguments.programme().unwrap_or_default()),
        )?;
    let table =
        sauro_papers::read_table(bytes, file).map_err(|err| anyhow::anyhow!(err.sentence()))?;
    let reader = Arc::new(Reader::new(Gazetteer::shipped()));
    let outcome = actions::import_tasks(
        &ctx,
        &premises.db,
        directory.as_ref(),
        &reader,
        programme.id,
        &table,
    )
    .await?;
    if !outcome.errors.is_empty() {
        for fault in &outcome.errors {
            let column = fault.column.map(sauro_papers::column_name).unwrap_or_default();
            let row = usize::try_from(table.first_row).unwrap_or(1) + fault.row;
            eprintln!("Ô {column}{row}: {}", fault.message);
        }
        bail!("{file} có {} ô sai, chưa nạp gì", outcome.errors.len());
    }
    println!(
        "Đã nạp {} dự thảo từ {file}; {} dòng chưa đủ sáu rõ.",
        outcome.drafts.len(),
        outcome.unclear.len()
    );
    for row in &outcome.unclear {
        let missing: Vec<&str> = row.missing.iter().map(|it| it.label()).collect();
        println!("  Dòng {}: thiếu {}. {}", row.row, missing.join(", "), row.notes.join(" "));
    }
    Ok(())
}
