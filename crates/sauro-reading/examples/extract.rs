//! `extract FILE|- [--issued YYYY-MM-DD] [--format json|table] [--time]`: the reader on one text, for measuring.

use std::{io::Read, process::ExitCode, time::Instant};

use sauro_reading::{Gazetteer, Reader};

fn main() -> ExitCode {
    let mut file = None;
    let mut issued = None;
    let mut table = false;
    let mut time = false;
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "extract" => {}
            "--issued" => issued = words.next().and_then(|d| d.parse().ok()),
            "--format" => table = words.next().as_deref() == Some("table"),
            "--time" => time = true,
            _ => file = Some(word),
        }
    }
    let text = match file.as_deref() {
        None | Some("-") => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map(|_| text)
        }
        Some(path) => std::fs::read_to_string(path),
    };
    let Ok(text) = text else {
        eprintln!("cannot read the text");
        return ExitCode::FAILURE;
    };
    let begin = Instant::now();
    let reader = Reader::new(Gazetteer::shipped());
    let built = begin.elapsed();
    if time {
        let mut runs: Vec<_> = (0..31)
            .map(|_| {
                let begin = Instant::now();
                std::hint::black_box(reader.read(&text, issued));
                begin.elapsed()
            })
            .collect();
        runs.sort();
        eprintln!(
            "catalogue {built:?}; {} bytes: best {:?}, median {:?}, worst {:?}",
            text.len(),
            runs.first(),
            runs.get(15),
            runs.last()
        );
        return ExitCode::SUCCESS;
    }
    let reading = reader.read(&text, issued);
    if table {
        for task in &reading.tasks {
            let lead: Vec<&str> = task.lead.iter().map(|l| l.code.as_str()).collect();
            println!(
                "{}\t{}\t{:?} {:?}\t{}",
                task.span.start,
                lead.join("|"),
                task.deadline.kind,
                task.deadline.date,
                task.action
            );
        }
        return ExitCode::SUCCESS;
    }
    match serde_json::to_string(&reading) {
        Ok(json) => println!("{json}"),
        Err(error) => eprintln!("{error}"),
    }
    ExitCode::SUCCESS
}
