//! `/phan-anh/chon-noi`: the place of a case, chosen on a map or from a list: province, then commune. The form opens
//! it in itself; without script it is a page that leads to the form.

use askama::Template;
use axum::Json;
use axum::extract::{Form, Query};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use sauro_directory::model::Agency;
use sauro_directory::nation_map;
use sauro_ui::{Chrome, Failure, MapLook, NationMap, page};
use serde::Deserialize;
use serde_json::json;

use super::map::{Sheet, bare, is_province, province_of};
use super::place::name_of;
use crate::pages::premises::Premises;

#[derive(Template)]
#[template(path = "petitions/public/pick.html")]
struct PickPage {
    chrome: Chrome,
    /// The province whose communes are shown; none for the provinces.
    province: Option<Spot>,
    spots: Vec<Spot>,
    map: Option<NationMap>,
    sheet: Option<Sheet>,
}

/// A place to choose.
struct Spot {
    href: String,
    name: String,
    /// As the form writes it; empty for what leads on.
    chosen: String,
}

/// How the page is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "tinh")]
    province: String,
}

/// Where somebody says they are, in degrees.
#[derive(Debug, Deserialize)]
pub(super) struct Here {
    lat: f64,
    long: f64,
}

/// `GET /phan-anh/chon-noi`.
pub(super) async fn show(
    premises: Premises,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let province = match asked.province.as_str() {
        "" => None,
        code => Some(province_of(&premises, code).ok_or(Failure::NotFound)?),
    };
    let picking = Picking { premises: &premises };
    page(&match province {
        None => PickPage {
            chrome,
            province: None,
            spots: picking.provinces(),
            map: picking.nation(),
            sheet: None,
        },
        Some(it) => PickPage {
            chrome,
            province: Some(picking.spot(it)),
            spots: picking.communes(it),
            map: None,
            sheet: picking.sheet(it),
        },
    })
}

/// `POST /phan-anh/vi-tri`: the place in which somebody is. It comes in the body, so that no log of addresses has it,
/// and is kept nowhere.
pub(super) async fn locate(premises: Premises, Form(here): Form<Here>) -> Response {
    let heads = [(header::CACHE_CONTROL, "no-store")];
    let found = premises.maps.unit_at(here.long, here.lat);
    let found = found.and_then(|code| premises.directory.by_code(&format!("UBND-{code}")));
    match found {
        Some(it) => {
            let told = json!({
                "name": written(&premises, it),
                "is_commune": !is_province(it),
                "province": format!("/phan-anh/chon-noi?tinh={}", it.code),
            });
            (heads, Json(told)).into_response()
        }
        None => {
            let words = "Chưa tìm thấy xã, phường ở vị trí này. Ghi tên nơi xảy ra.";
            (StatusCode::NOT_FOUND, heads, Json(json!({ "message": words }))).into_response()
        }
    }
}

/// A place as the form writes it: the name for people, the code so that it is one.
fn written(premises: &Premises, it: &Agency) -> String {
    format!("{} ({})", name_of(&premises.directory, it), it.code)
}

struct Picking<'a> {
    premises: &'a Premises,
}

impl Picking<'_> {
    fn spot(&self, it: &Agency) -> Spot {
        Spot {
            href: format!("/phan-anh/gui?noi={}", it.code),
            name: bare(&it.name),
            chosen: written(self.premises, it),
        }
    }

    fn provinces(&self) -> Vec<Spot> {
        let today = self.premises.anybody().today();
        let all = self.premises.directory.all().iter();
        let mut spots: Vec<Spot> = all
            .filter(|it| is_province(it) && it.is_valid_on(today))
            .map(|it| Spot { href: onward(it), name: bare(&it.name), chosen: String::new() })
            .collect();
        spots.sort_by_cached_key(|it| sauro_kernel::fold(&it.name));
        spots
    }

    fn communes(&self, province: &Agency) -> Vec<Spot> {
        let today = self.premises.anybody().today();
        let children = self.premises.directory.children_of(province.id);
        let is_meant = |it: &&&Agency| {
            it.place.is_some() && !it.is_group && !is_province(it) && it.is_valid_on(today)
        };
        let mut spots: Vec<Spot> =
            children.iter().filter(is_meant).map(|it| self.spot(it)).collect();
        spots.sort_by_cached_key(|it| sauro_kernel::fold(&it.name));
        spots
    }

    fn nation(&self) -> Option<NationMap> {
        nation_map(&self.premises.maps, &|code, name| {
            let agency = self.premises.directory.by_code(&format!("UBND-{code}"));
            MapLook {
                name: agency.map_or_else(|| name.to_owned(), |it| bare(&it.name)),
                words: "chọn xã, phường".to_owned(),
                fill: "var(--h-1)".to_owned(),
                href: agency.map(onward).unwrap_or_default(),
            }
        })
    }

    fn sheet(&self, province: &Agency) -> Option<Sheet> {
        let sheet = self.premises.maps.province(province.place.as_deref()?)?;
        Some(Sheet::of(sheet, &|code, name| {
            let agency = self.premises.directory.by_code(&format!("UBND-{code}"));
            let spot = agency.map(|it| self.spot(it));
            MapLook {
                name: spot.as_ref().map_or_else(|| name.to_owned(), |it| it.name.clone()),
                words: spot.as_ref().map(|it| it.chosen.clone()).unwrap_or_default(),
                fill: "var(--h-1)".to_owned(),
                href: spot.map(|it| it.href).unwrap_or_default(),
            }
        }))
    }
}

/// The communes of a province.
fn onward(province: &Agency) -> String {
    format!("/phan-anh/chon-noi?tinh={}", province.code)
}
