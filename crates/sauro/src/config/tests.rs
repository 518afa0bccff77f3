use super::{Config, KEYS};

#[test]
fn without_file_and_variables_the_defaults_hold() {
    let config = Config::load(None, |_| None).unwrap();
    assert_eq!(config, Config::default());
    assert_eq!(config.database_url(), "sqlite://var/sauro.db");
}

#[test]
fn a_variable_beats_the_file() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("sauro.toml");
    std::fs::write(&file, "[http]\nlisten = \"0.0.0.0:80\"\n[site]\nname = \"Thử\"\n").unwrap();
    let config = Config::load(Some(&file), |name| {
        (name == "SAURO_LISTEN").then(|| "127.0.0.1:9".to_owned())
    })
    .unwrap();
    assert_eq!((config.http.listen.as_str(), config.site.name.as_str()), ("127.0.0.1:9", "Thử"));
}

#[test]
fn an_unknown_key_and_a_wrong_type_are_named() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("sauro.toml");
    std::fs::write(&file, "[http]\nlisen = \"x\"\n").unwrap();
    let err = Config::load(Some(&file), |_| None).unwrap_err().to_string();
    assert!(err.contains("lisen"), "{err}");
    std::fs::write(&file, "[http]\n\nlisten = = 3\n").unwrap();
    let err = Config::load(Some(&file), |_| None).unwrap_err().to_string();
    assert!(err.contains("dòng 3"), "{err}");
    let err =
        Config::load(None, |name| (name == "SAURO_DEMO").then(|| "có".to_owned())).unwrap_err();
    assert!(err.to_string().contains("SAURO_DEMO"), "{err}");
}

#[test]
fn the_password_of_the_database_is_never_shown() {
    let mut config = Config::default();
    config.store.database = "postgres://sauro:bi-mat@db/sauro".to_owned();
    let shown = config.shown();
    assert!(!shown.contains("bi-mat"), "{shown}");
    assert!(shown.contains("postgres://sauro:•••@db/sauro"), "{shown}");
}

#[test]
fn every_field_has_a_key_and_a_variable() {
    let table = toml::Table::try_from(Config::default()).unwrap();
    let whole = toml::Value::Table(table);
    assert_eq!(n_fields(&whole), KEYS.len());
    for key in KEYS {
        let section = key.section.split('.').fold(&whole, |it, name| &it[name]);
        assert!(section.get(key.name).is_some(), "{}.{}", key.section, key.name);
        assert!(key.variable.starts_with("SAURO_"));
    }
}

/// Fields that are no tables, however deep.
fn n_fields(value: &toml::Value) -> usize {
    value.as_table().map_or(1, |table| table.values().map(n_fields).sum())
}

#[test]
fn a_table_within_a_table_is_set_by_variables_and_shown_as_it_is_written() {
    let config = Config::load(None, |name| match name {
        "SAURO_PETITIONS_MAIL_HOST" => Some("thu.donvi.vn".to_owned()),
        "SAURO_PETITIONS_MAIL_PORT" => Some("143".to_owned()),
        _ => None,
    })
    .unwrap();
    let mail = &config.petitions.mail;
    assert_eq!((mail.host.as_str(), mail.port, mail.tls), ("thu.donvi.vn", 143, true));
    let shown = config.shown();
    assert!(
        shown.contains("[petitions.mail]") && shown.contains("host = \"thu.donvi.vn\""),
        "{shown}"
    );
    let again: Config = toml::from_str(&shown).unwrap();
    assert_eq!(again, config);
}
