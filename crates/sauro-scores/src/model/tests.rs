use rust_decimal::Decimal;
use sauro_kernel::AgencyId;

use super::{
    Counted, Design, DesignFields, Measure, Roster, Share, Unit, UnitScore, points_of, rounded,
    score_all, wilson, written, written_to,
};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn design() -> Design {
    Design::usual("Cách chấm thử".to_owned(), Roster::Provinces)
}

fn unit(code: &str) -> Unit {
    Unit {
        id: AgencyId::of_code(code),
        code: code.to_owned(),
        name: code.to_owned(),
        path: format!("vn/{}", code.to_lowercase()),
    }
}

/// The scores of units whose every measure is `hits` of `of`.
fn scored(design: &Design, all: &[(&str, i64, i64)]) -> Vec<UnitScore> {
    let units: Vec<Unit> = all.iter().map(|it| unit(it.0)).collect();
    let mut counted = Counted::default();
    for (code, hits, of) in all {
        for it in design.measures() {
            let share = Share { hits: *hits, of: *of };
            counted.shares.insert((AgencyId::of_code(code), it), share);
        }
    }
    score_all(design, &units, &counted)
}

#[test]
fn weights_that_do_not_come_to_exactly_100_are_refused_with_their_sum() {
    let fields = design().fields();
    assert_eq!(Design::read(&fields), Ok(design()));
    for (weight, sum) in [("30,5", "100,5"), ("29,99", "99,99"), ("", "70")] {
        let mut fields = fields.clone();
        fields.components[0].weight = weight.to_owned();
        let faults = Design::read(&fields).unwrap_err();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].0 == "tong" && faults[0].1.contains(&format!("là {sum},")), "{faults:?}");
    }
}

#[test]
fn every_fault_of_a_method_is_named_at_once_and_at_its_field() {
    let mut fields = DesignFields { name: " ".to_owned(), ..design().fields() };
    fields.rhythm = "week".to_owned();
    fields.self_days = "-1".to_owned();
    fields.components[0].low = "95".to_owned();
    fields.components[1].high = "1e2".to_owned();
    fields.components[2].least = "0".to_owned();
    fields.components.push(fields.components[4].clone());
    let faults = Design::read(&fields).unwrap_err();
    let named: Vec<&str> = faults.iter().map(|it| it.0.as_str()).collect();
    for field in
        ["ten", "ky", "ngay-tu-cham", "duoi-on_time", "tren-not_overdue", "it-verified", "tong"]
    {
        assert!(named.contains(&field), "{field}: {faults:?}");
    }
}

#[test]
fn typed_points_are_plain_figures_from_0_to_100() {
    for (raw, value) in [("0", "0"), (" 72,5 ", "72.5"), ("100", "100"), ("33.33", "33.33")] {
        assert_eq!(points_of(raw), Some(decimal(value)), "{raw}");
    }
    for raw in ["", "-1", "100,01", "1e1", "+5", "1.234", "٣", "0x1", ",5", "5,", "NaN", "1 0"] {
        assert_eq!(points_of(raw), None, "{raw}");
    }
}

#[test]
fn points_lie_on_the_line_between_the_bounds_and_stop_at_both() {
    // 40 % and less is nothing, 95 % and more is everything.
    let it = &design().components[0];
    for (value, points) in [
        ("0", "0"),
        ("40", "0"),
        ("40.0055", "0.01"),
        ("67.5", "50"),
        ("66.6667", "48.4849"),
        ("94.9999", "99.9998"),
        ("95", "100"),
        ("100", "100"),
    ] {
        assert_eq!(it.points(decimal(value)), decimal(points), "{value}");
    }
}

#[test]
fn figures_are_rounded_once_and_halves_away_from_zero() {
    assert_eq!(rounded(decimal("0.00005")), decimal("0.0001"));
    assert_eq!(rounded(decimal("-0.00005")), decimal("-0.0001"));
    assert_eq!(written(decimal("66.6700")), "66,67");
    assert_eq!(written_to(decimal("66.65"), 1), "66,7");
    assert_eq!(written_to(decimal("7"), 1), "7,0");
}

#[test]
fn the_interval_is_that_of_wilson_and_narrows_with_the_count() {
    // By hand: 8 of 10 at 90 % is 0.54079 to 0.93144.
    let (low, high) = wilson(Share { hits: 8, of: 10 }).unwrap();
    assert_eq!((written_to(low, 2), written_to(high, 2)), ("54,08".into(), "93,14".into()));
    let width = |hits, of| {
        let (low, high) = wilson(Share { hits, of }).unwrap();
        high - low
    };
    assert!(width(800, 1_000) < width(8, 10));
    assert_eq!(wilson(Share { hits: 0, of: 0 }), None);
    let (low, _) = wilson(Share { hits: 0, of: 3 }).unwrap();
    assert!(low >= Decimal::ZERO);
}

#[test]
fn the_weight_of_what_cannot_be_rated_is_shared_out_among_the_rest() {
    let design = design();
    let unit = unit("A");
    let mut counted = Counted::default();
    let mut say = |measure, hits, of| {
        counted.shares.insert((unit.id, measure), Share { hits, of });
    };
    say(Measure::OnTime, 8, 12); // 66.6667 % is 48.4849 points, weight 30
    say(Measure::NotOverdue, 18, 20); // 90 % is 75 points, weight 20
    say(Measure::Verified, 3, 4); // too few
    let it = &score_all(&design, std::slice::from_ref(&unit), &counted)[0];
    assert_eq!(it.rated, decimal("50"));
    let parts: Vec<Option<Decimal>> =
        it.parts.iter().map(|it| it.sums.as_ref().map(|it| it.contribution)).collect();
    // 48.4849 × 30 ÷ 50 and 75 × 20 ÷ 50.
    assert_eq!(parts[..3], [Some(decimal("29.0909")), Some(decimal("30")), None]);
    assert_eq!(it.total, Some(decimal("59.0909")));
    assert_eq!(it.unrated().count(), 4);
    // Just below what must be rated nothing is ranked.
    let design = Design { enough: decimal("50.01"), ..design };
    let it = &score_all(&design, &[unit], &counted)[0];
    assert_eq!((it.total, it.low, it.rank), (None, None, None));
}

#[test]
fn units_that_the_figures_cannot_tell_apart_share_their_ranks() {
    let design = design();
    let all = scored(&design, &[("C", 2, 10), ("B", 85, 100), ("A", 85, 100), ("D", 3, 4)]);
    let told: Vec<(&str, String)> = all
        .iter()
        .map(|it| (it.unit.code.as_str(), it.rank.map_or("–".into(), |it| it.to_string())))
        .collect();
    // A and B are alike to the last decimal; of D only targets, figures and reports are counted.
    assert_eq!(
        told,
        [("A", "1–2".into()), ("B", "1–2".into()), ("C", "3".into()), ("D", "–".into())]
    );
    assert_eq!(all[0].total, all[1].total);
    let few = scored(&design, &[("A", 7, 10), ("B", 6, 10), ("C", 5, 10)]);
    assert!(few.iter().all(|it| it.rank.unwrap().to_string() == "1–3"), "{few:?}");
}

#[test]
fn an_adjusted_component_keeps_what_was_computed_and_moves_its_interval() {
    let design = design();
    let mut all = scored(&design, &[("A", 7, 10)]);
    let before = all[0].clone();
    let mut counted = Counted::of_scores(&all);
    counted.adjusted.insert((before.unit.id, Measure::OnTime), decimal("10"));
    all = score_all(&design, std::slice::from_ref(&before.unit), &counted);
    let (old, new) = (before.part(Measure::OnTime).unwrap(), all[0].part(Measure::OnTime).unwrap());
    let (old, new) = (old.sums.as_ref().unwrap(), new.sums.as_ref().unwrap());
    assert_eq!((new.computed, new.adjusted), (old.computed, Some(decimal("10"))));
    assert_eq!(new.contribution, decimal("3"));
    assert!(new.low <= decimal("10") && decimal("10") <= new.high);
    assert_eq!(Counted::of_scores(&all), counted, "nothing is lost on the way");
}

#[test]
fn a_score_is_the_same_after_it_was_stored() {
    let all = scored(&design(), &[("A", 7, 10), ("B", 0, 0)]);
    let text = serde_json::to_string(&all).unwrap();
    assert_eq!(serde_json::from_str::<Vec<UnitScore>>(&text).unwrap(), all);
}
