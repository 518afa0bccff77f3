use sauro_help::model;

use super::all_doors;

/// Whether `path` is one that `route` answers.
fn fits(route: &str, path: &str) -> bool {
    let (mut route, mut path) = (route.split('/'), path.split('/'));
    loop {
        match (route.next(), path.next()) {
            (None, None) => return true,
            (Some(part), Some(given)) if part.starts_with('{') || part == given => {}
            _ => return false,
        }
    }
}

#[test]
fn every_page_leads_to_a_guide_that_is_there() {
    for name in sauro_ui::guides_named() {
        assert!(model::guide(name).is_some(), "there is no guide {name}");
    }
}

#[test]
fn every_address_in_a_guide_is_one_that_the_product_answers() {
    let mut n = 0;
    for guide in model::guides() {
        let links = guide.prose.html.split("<a href=\"").skip(1);
        for link in links.filter_map(|it| it.split('"').next()).filter(|it| it.starts_with('/')) {
            let path = link.split(['#', '?']).next().unwrap();
            let is_there = all_doors().any(|door| door.method == "GET" && fits(door.route, path));
            assert!(is_there, "{} leads to {link}", guide.name);
            if let Some(name) = path.strip_prefix("/tro-giup/") {
                let (found, mark) = (model::guide(name).unwrap(), link.split('#').nth(1));
                let has = |mark| found.prose.html.contains(&format!("id=\"{mark}\""));
                assert!(mark.is_none_or(has), "{} leads to {link}", guide.name);
            }
            n += 1;
        }
    }
    assert!(n > 20, "{n} links were looked at");
}
