use std::collections::BTreeMap;

use sauro_kernel::Role;
use sauro_scores::actions::{self, MethodChange, Room};
use sauro_testkit::on_each_engine;

use crate::dashboards::scene::Scene;
use crate::world::{COMMUNE, PROVINCE, open_account};

/// Ten-thousandths: what a person counts with who rounds to four decimals.
type Exact = i128;

const ONE: Exact = 10_000;

/// The figure in a cell as ten-thousandths; an empty cell is none.
fn exact(cell: &str) -> Option<Exact> {
    let (whole, part) = cell.split_once('.').unwrap_or((cell, ""));
    let padded = format!("{part:0<4}");
    assert_eq!(padded.len(), 4, "{cell} has more than four decimals");
    let whole: Exact = if cell.is_empty() { return None } else { whole.parse().unwrap() };
    Some(whole * ONE + padded.parse::<Exact>().unwrap())
}

/// `up / down`, halves away from zero; nothing here is negative.
fn divided(up: Exact, down: Exact) -> Exact {
    (up + down / 2) / down
}

/// The total of the lines of one unit, counted from their counts, bounds, weights and adjustments alone.
fn recounted(lines: &[Vec<String>], enough: Exact) -> Option<Exact> {
    let mut rated = Vec::new();
    for line in lines {
        let cell = |n: usize| exact(&line[n]);
        let (Some(hits), Some(of)) = (cell(3), cell(4)) else { continue };
        if of < cell(5).unwrap() {
            continue;
        }
        let value = divided(hits * 100 * ONE, of);
        let (low, high) = (cell(7).unwrap(), cell(8).unwrap());
        let points = match value {
            value if value <= low => 0,
            value if value >= high => 100 * ONE,
            value => divided((value - low) * 100 * ONE, high - low),
        };
        assert_eq!((cell(6), cell(9)), (Some(value), Some(points)), "{line:?}");
        rated.push((cell(10).unwrap_or(points), cell(12).unwrap()));
    }
    let weight: Exact = rated.iter().map(|it| it.1).sum();
    let total = rated.iter().map(|it| divided(it.0 * it.1, weight)).sum();
    (weight >= enough).then_some(total)
}

#[tokio::test]
async fn every_total_follows_again_from_the_file_by_another_arithmetic() {
    on_each_engine(async |engine| {
        let scene = Scene::new(engine).await;
        let doors = &scene.doors;
        let (world, id) = (&doors.world, doors.scored.ranking);
        let system = world.system();
        let handle = sauro_directory::DirectoryHandle::load(&system, &world.db).await.unwrap();
        let facts = sauro::scores::UnitFacts::new(&world.db, doors.board.clone(), handle);
        let room = Room { db: &world.db, source: &facts, directory: &world.directory };
        // A second version in force would not touch this ranking; a draft neither.
        let leader = scene.ctx(Role::Leader, PROVINCE);
        let newest = actions::new_version(&leader, &world.db, doors.scored.method).await.unwrap();
        let key = (newest.method, newest.n, newest.stamp);
        actions::change_method(&leader, &world.db, key, MethodChange::Simulate).await.unwrap();
        let view = actions::ranking_view(&leader, &room, id, None).await.unwrap();
        let rated =
            view.score(COMMUNE).unwrap().parts.iter().filter(|it| it.sums.is_some()).count();
        assert!(rated >= 1, "something is rated: {:?}", view.score(COMMUNE));
        let verifier = scene.ctx(Role::Verifier, PROVINCE);
        let typed = ("reports_on_time", "33,33", "Gửi qua đường khác");
        actions::adjust_score(&verifier, &room, (id, COMMUNE), typed).await.unwrap();

        let login = "lanh.dao.tinh";
        open_account(world, &doors.rooms, login, Role::Leader, PROVINCE).await;
        let cookie = doors.enter(login).await;
        let file = doors.bytes(&format!("/xep-hang/ky/{id}.csv"), &cookie).await;
        let text = String::from_utf8(file).unwrap();
        let mut units: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for line in text.trim_start_matches('\u{feff}').lines().skip(1) {
            let cells: Vec<String> = line.split(',').map(str::to_owned).collect();
            assert_eq!(cells.len(), 20, "{line}");
            units.entry(cells[0].clone()).or_default().push(cells);
        }
        assert_eq!(units.len(), view.scores.len());
        for (code, lines) in &units {
            let total = recounted(lines, 30 * ONE);
            assert_eq!(exact(&lines[0][15]), total, "{code}: {lines:?}");
        }
        // 100 × 40 ÷ 70 and 33.33 × 30 ÷ 70, each rounded once.
        assert_eq!(exact(&units[COMMUNE][0][15]), Some(571_429 + 142_843));
        let workbook = doors.bytes(&format!("/xep-hang/ky/{id}.xlsx"), &cookie).await;
        assert!(workbook.starts_with(b"PK"));
    })
    .await;
}
