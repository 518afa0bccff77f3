//! The reader measured on directives written for the project, by the rule of the labelled set: spans with IoU ≥ 0.5.

#![expect(clippy::unwrap_used, reason = "a broken fixture must stop the test")]

use std::{collections::BTreeSet, fs, path::PathBuf};

use sauro_reading::{DeadlineKind, DraftTask, Gazetteer, Reader};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn rows(name: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_path(folder().join(name))
        .unwrap()
        .into_records()
        .map(Result::unwrap)
        .collect()
}

struct Label {
    start: usize,
    end: usize,
    lead: BTreeSet<String>,
    deadline: String,
}

fn labels(doc: &str) -> Vec<Label> {
    rows(&format!("{doc}.csv"))
        .iter()
        .map(|r| Label {
            start: r[2].parse().unwrap(),
            end: r[3].parse().unwrap(),
            lead: r[4].split('|').filter(|c| !c.is_empty()).map(str::to_owned).collect(),
            deadline: r[5].to_owned(),
        })
        .collect()
}

fn overlap(label: &Label, task: &DraftTask) -> f64 {
    let inside = label.end.min(task.span.end).saturating_sub(label.start.max(task.span.start));
    let all = (label.end - label.start) + (task.span.end - task.span.start) - inside;
    inside as f64 / all.max(1) as f64
}

fn same_deadline(label: &Label, task: &DraftTask) -> bool {
    let date = task.deadline.date.map(|d| d.to_string());
    match label.deadline.as_str() {
        "" => {
            date.is_none()
                && matches!(
                    task.deadline.kind,
                    DeadlineKind::None | DeadlineKind::Event | DeadlineKind::Relative
                )
        }
        rule if rule.starts_with("FREQ=") => task
            .deadline
            .rule
            .as_deref()
            .is_some_and(|r| r.split(';').next() == rule.split(';').next()),
        "ONGOING" => date.is_none(),
        day => date.as_deref() == Some(day),
    }
}

#[test]
fn directives_of_every_kind_are_read_with_their_leads_and_deadlines() {
    let reader = Reader::new(Gazetteer::shipped());
    let (mut gold, mut read, mut hit, mut led, mut timed) = (0, 0, 0, 0, 0);
    for row in rows("docs.csv") {
        let text = fs::read_to_string(folder().join(format!("{}.txt", &row[0]))).unwrap();
        let labels = labels(&row[0]);
        let tasks = reader.read(&text, row[1].parse().ok()).tasks;
        (gold, read) = (gold + labels.len(), read + tasks.len());
        let mut used = BTreeSet::new();
        for label in &labels {
            let best = (0..tasks.len())
                .filter(|i| !used.contains(i))
                .max_by(|a, b| overlap(label, &tasks[*a]).total_cmp(&overlap(label, &tasks[*b])));
            let Some(i) = best.filter(|i| overlap(label, &tasks[*i]) >= 0.5) else { continue };
            used.insert(i);
            hit += 1;
            let codes: BTreeSet<String> = tasks[i].lead.iter().map(|l| l.code.clone()).collect();
            led += usize::from(codes == label.lead);
            timed += usize::from(same_deadline(label, &tasks[i]));
        }
    }
    let share = |n: usize, of: usize| n as f64 / of as f64;
    let f1 = 2.0 * hit as f64 / (gold + read) as f64;
    println!(
        "gold {gold} read {read} hit {hit}: F1 {f1:.3} lead {:.3} deadline {:.3}",
        share(led, hit),
        share(timed, hit)
    );
    assert!(f1 >= 0.96 && share(led, hit) >= 0.96 && share(timed, hit) >= 0.97);
}
