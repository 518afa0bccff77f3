//! `register FILE.csv`: the table reader on a register, with the share of leads and deadlines that agree with its own columns.

use std::process::ExitCode;

use sauro_reading::{Gazetteer, Reader, Rule};

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else { return ExitCode::FAILURE };
    let Ok(mut file) = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(path)
    else {
        return ExitCode::FAILURE;
    };
    let rows: Vec<Vec<String>> = file
        .records()
        .filter_map(Result::ok)
        .map(|r| r.iter().map(str::to_owned).collect())
        .collect();
    let reader = Reader::new(Gazetteer::shipped());
    let reading = reader.read_table(&rows, None);
    let iso_at = rows.first().and_then(|r| r.iter().position(|h| h == "deadline_iso"));
    let (mut dated, mut equal, mut led) = (0, 0, 0);
    for found in &reading.tasks {
        let iso = iso_at
            .and_then(|i| rows.get(found.row).and_then(|r| r.get(i)))
            .map_or("", |c| c.as_str());
        let date = found.task.deadline.date.map(|d| d.to_string()).unwrap_or_default();
        dated += usize::from(!iso.is_empty());
        equal += usize::from(!iso.is_empty() && iso == date);
        led += usize::from(!found.task.lead.is_empty());
        if iso != date {
            println!("deadline {} {iso} {date}", found.row);
        }
        let lead: Vec<&str> = found.task.lead.iter().map(|l| l.code.as_str()).collect();
        let said = rows.get(found.row).and_then(|r| r.get(5)).map_or("", |c| c.as_str());
        println!("{}\t{said}\t{}\t{:?}", found.row, lead.join("|"), found.task.missing);
    }
    let unknown = reading.warnings.iter().filter(|w| w.rule == Rule::UnknownAgency).count();
    println!("columns {:?}", reading.columns);
    println!(
        "rows {} tasks {} skipped {:?} leads resolved {led} unknown {unknown} deadlines equal {equal} of {dated}",
        rows.len() - 1,
        reading.tasks.len(),
        reading.skipped
    );
    ExitCode::SUCCESS
}
