use sauro_dashboards::Unfilled;
use sauro_dashboards::model::{Fault, Ground, Kind, Known, Place, Rung, Spec};
use sauro_directory::model::{Agency, Directory, Level};
use sauro_indicators::model::UnitLevel;

use super::{Tiles, unfilled_figures};

/// What tiles can be about.
pub(super) async fn ground(tiles: &Tiles) -> Result<Ground, Unfilled> {
    let directory = tiles.directory.directory();
    let known = sauro_indicators::actions::known_indicators(&tiles.db).await;
    let indicators = known.map_err(unfilled_figures)?.into_iter().map(|it| Known {
        owner: directory.agency(it.owner).map(|it| it.code.clone()).unwrap_or_default(),
        has_figures: it.levels.into_iter().map(rung_of).collect(),
        code: it.code,
        name: it.name,
    });
    Ok(Ground { indicators: indicators.collect(), places: places(&directory) })
}

/// The nation, then provinces, then bodies of the centre, each by name; then the other agencies.
fn places(directory: &Directory) -> Vec<Place> {
    let nation =
        Place { code: "VN".to_owned(), name: "Cả nước".to_owned(), rung: Rung::Nation };
    let mut found: Vec<(u8, Vec<u8>, Place)> = directory
        .all()
        .iter()
        .filter_map(|it| Some((it, rung_of_agency(it)?)))
        .map(|(it, rung)| {
            let order = match rung {
                Rung::Province => 0,
                Rung::Ministry => 1,
                _ => 2,
            };
            let place = Place { code: it.code.clone(), name: it.name.clone(), rung };
            (order, sauro_kernel::sort_key(&it.name), place)
        })
        .collect();
    found.sort_by(|a, b| (a.0, &a.1, &a.2.code).cmp(&(b.0, &b.1, &b.2.code)));
    [nation].into_iter().chain(found.into_iter().map(|it| it.2)).collect()
}

/// At which level `agency` has figures and tasks of its own; none of groups and of bodies within others.
pub(super) fn rung_of_agency(agency: &Agency) -> Option<Rung> {
    match (agency.level, agency.kind.as_str()) {
        _ if agency.is_group => None,
        (Level::Centre, _) if agency.path.as_str().matches('/').count() == 1 => {
            Some(Rung::Ministry)
        }
        (Level::Province, "province_pc") => Some(Rung::Province),
        (Level::Commune, "commune_pc") => Some(Rung::Commune),
        _ => None,
    }
}

fn rung_of(level: UnitLevel) -> Rung {
    match level {
        UnitLevel::National => Rung::Nation,
        UnitLevel::Ministry => Rung::Ministry,
        UnitLevel::Province => Rung::Province,
        UnitLevel::Commune => Rung::Commune,
    }
}

/// What is wrong with what `spec` names.
pub(super) fn faults(ground: &Ground, directory: &Directory, spec: &Spec) -> Vec<Fault> {
    let mut faults = Vec::new();
    for code in spec.indicators() {
        if ground.indicator(code).is_none() {
            let words = format!("Không có chỉ số mang mã {code}. Chọn chỉ số trong danh sách.");
            faults.push(("chi-so", words));
        }
    }
    let kind = spec.kind();
    if !kind.has_place() {
        return faults;
    }
    let code = spec.place();
    let rung = match code {
        "VN" => Some(Rung::Nation),
        code => directory.by_code(code).and_then(rung_of_agency),
    };
    let words = match (rung, kind) {
        (None, _) => Some(format!("Không có đơn vị mang mã {code}. Chọn nơi trong danh sách.")),
        (Some(Rung::Ministry | Rung::Commune), Kind::Ranking | Kind::Heat) => {
            Some("Ô này so các đơn vị bên dưới: chọn cả nước hoặc một tỉnh, thành phố.".to_owned())
        }
        _ => None,
    };
    faults.extend(words.map(|it| ("noi", it)));
    faults
}
