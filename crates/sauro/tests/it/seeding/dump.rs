//! All rows as text that belongs to neither engine, by way of a backup.

use std::collections::BTreeMap;
use std::io::Read;

use sauro_store::backup::{Manifest, backup};
use sauro_store::{Db, Files};
use serde_json::{Map, Value};

/// The rows of each table, by the names of their columns.
pub(super) type Dump = BTreeMap<String, Vec<Map<String, Value>>>;

pub(super) async fn dump(db: &Db, files: &Files) -> Dump {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("rows.zip");
    let manifest: Manifest = backup(db, files, &path, 0).await.unwrap();
    assert!(manifest.missing_files.is_empty(), "{:?}", manifest.missing_files);
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&path).unwrap()).unwrap();
    let mut all = Dump::new();
    for table in manifest.tables {
        let mut text = String::new();
        let mut part = zip.by_name(&format!("tables/{}.jsonl", table.name)).unwrap();
        part.read_to_string(&mut text).unwrap();
        let names: Vec<_> = table.columns.into_iter().map(|it| it.name).collect();
        let row = |line: &str| -> Map<String, Value> {
            let cells: Vec<Value> = serde_json::from_str(line).unwrap();
            names.iter().cloned().zip(cells).collect()
        };
        all.insert(table.name, text.lines().map(row).collect());
    }
    all
}

/// The tables that a made-up past fills.
pub(super) const TABLES: [&str; 15] = [
    "deliverables",
    "evidence",
    "explanations",
    "extensions",
    "files",
    "report_items",
    "reports",
    "task_drafts",
    "task_history",
    "task_numbers",
    "task_partners",
    "task_rollups",
    "tasks",
    "urges",
    "verifications",
];

/// The lines of `table`, sorted; of the journal those about tasks, drafts and programmes.
pub(super) fn lines(dump: &Dump, table: &str) -> Vec<String> {
    let is_meant = |row: &&Map<String, Value>| {
        let subject = row.get("subject").and_then(Value::as_str).unwrap_or_default();
        table != "journal_entries"
            || ["task/", "draft/", "programme/"].iter().any(|it| subject.starts_with(it))
    };
    let rows = dump[table].iter().filter(is_meant);
    let mut lines: Vec<String> = rows.map(|it| serde_json::to_string(it).unwrap()).collect();
    lines.sort_unstable();
    lines
}
