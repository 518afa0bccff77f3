//! Rows whose ids are named after what they belong to, so that two tellings can be compared.

use std::collections::BTreeMap;

use super::dump::{Dump, TABLES, lines};

/// The rows with ids named after what they belong to, and without the places in the journal.
pub(super) fn named(mut dump: Dump) -> BTreeMap<String, Vec<String>> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let keys: [(&str, &[&str]); 11] = [
        ("programmes", &["code"]),
        ("task_drafts", &["changed_at"]),
        ("tasks", &["code"]),
        ("deliverables", &["task_id", "ordinal"]),
        ("reports", &["task_id", "changed_at"]),
        ("evidence", &["added_at", "label"]),
        ("verifications", &["decided_at", "deliverable_id", "decision"]),
        ("extensions", &["asked_at"]),
        ("explanations", &["asked_at"]),
        ("urges", &["at"]),
        ("journal_entries", &["at", "kind", "subject", "data"]),
    ];
    for (table, columns) in keys {
        for row in dump[table].clone() {
            let words = columns.iter().map(|it| renamed(&row[*it].to_string(), &names));
            let name = format!("{table}:{}", words.collect::<Vec<_>>().join("+").replace('"', "'"));
            let id = row["id"].as_str().unwrap().to_owned();
            assert!(!names.values().any(|it| *it == name), "{name} twice");
            names.insert(id, name);
        }
    }
    for row in dump.get_mut("journal_entries").unwrap() {
        row.remove("position");
        row.remove("id");
    }
    let mut tables = BTreeMap::new();
    for table in TABLES.into_iter().chain(["journal_entries"]) {
        let mut all: Vec<String> =
            lines(&dump, table).iter().map(|it| renamed(it, &names)).collect();
        all.sort_unstable();
        tables.insert(table.to_owned(), all);
    }
    tables
}

/// `text` with every id that has a name replaced by it, however the id is written.
fn renamed(text: &str, names: &BTreeMap<String, String>) -> String {
    let mut text = text.to_owned();
    for (id, name) in names {
        let hyphens =
            format!("{}-{}-{}-{}-{}", &id[..8], &id[8..12], &id[12..16], &id[16..20], &id[20..]);
        text = text.replace(id.as_str(), name).replace(&hyphens, name);
    }
    text
}
