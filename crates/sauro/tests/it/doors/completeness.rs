use std::collections::BTreeSet;
use std::path::Path;

use super::all_doors;

/// Method and path of every `.route("` in the sources of the crates.
fn routes_of_the_sources() -> BTreeSet<(String, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = BTreeSet::new();
    for folder in std::fs::read_dir(crates).unwrap() {
        let folder = folder.unwrap().path();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        if name != "sauro-testkit" && folder.join("src").is_dir() {
            walk(&folder.join("src"), &mut found);
        }
    }
    found
}

fn walk(folder: &Path, found: &mut BTreeSet<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            walk(&path, found);
        } else if name.ends_with(".rs") && !name.contains("test") {
            routes_of(&std::fs::read_to_string(&path).unwrap(), found);
        }
    }
}

fn routes_of(source: &str, found: &mut BTreeSet<(String, String)>) {
    for piece in source.split(".route(").skip(1) {
        let Some((path, rest)) =
            piece.trim_start().strip_prefix('"').and_then(|it| it.split_once('"'))
        else {
            panic!(
                "a route that is no literal cannot be checked: {}",
                piece.chars().take(80).collect::<String>()
            );
        };
        // The handlers end where the parentheses of the call close.
        let mut depth = 1;
        let end = rest.find(|it| {
            depth += match it {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            depth == 0
        });
        let handlers = rest[..end.unwrap()].split_once(',').unwrap().1;
        let mut methods = 0;
        for (word, method) in [
            ("get(", "GET"),
            ("post(", "POST"),
            ("put(", "PUT"),
            ("delete(", "DELETE"),
            ("patch(", "PATCH"),
            ("any(", "ANY"),
        ] {
            let is_called = |at: usize| {
                !handlers[..at].ends_with(|it: char| it.is_alphanumeric() || it == '_' || it == ':')
            };
            if handlers.match_indices(word).any(|(at, _)| is_called(at)) {
                methods += 1;
                found.insert((method.to_owned(), path.to_owned()));
            }
        }
        assert!(methods > 0, "no method of {path} was recognised in {handlers}");
    }
}

#[test]
fn every_route_stands_in_the_table() {
    let routes = routes_of_the_sources();
    assert!(routes.len() > 60, "the sources were not found: {routes:?}");
    let table: BTreeSet<_> =
        all_doors().map(|it| (it.method.to_owned(), it.route.to_owned())).collect();
    let missing: Vec<_> = routes.difference(&table).collect();
    assert!(missing.is_empty(), "say in table.rs who comes in here: {missing:#?}");
    let gone: Vec<_> = table.difference(&routes).collect();
    assert!(gone.is_empty(), "these routes are no more: {gone:#?}");
    assert_eq!(table.len(), all_doors().count(), "a route stands in the table twice");
}
