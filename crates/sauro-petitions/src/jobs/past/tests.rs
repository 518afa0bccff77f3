//! What is put together reads as people write, and every field that is shipped has matters.

use super::words;
use sauro_kernel::Dice;

#[test]
fn every_shipped_field_has_matters_of_its_own_and_letters_differ() {
    let shipped = include_str!("../../../../../data/petition_fields.csv");
    let mut dice = Dice::new(57);
    for line in shipped.lines().skip(1) {
        let field = line.split(',').next().unwrap();
        let all: std::collections::BTreeSet<String> = (0..50)
            .map(|_| words::letter(&mut dice, field, "Ủy ban nhân dân xã Năm Căn").body)
            .collect();
        assert!(all.len() > 40, "{field}");
        let one = words::letter(&mut dice, field, "Ủy ban nhân dân xã Năm Căn");
        assert!(one.title.ends_with("xã Năm Căn") && one.title.chars().count() < 200, "{one:?}");
        // Nothing of it is masked but the telephone.
        assert!(!crate::model::masked(&one.title, &[]).contains('['), "{one:?}");
    }
}
