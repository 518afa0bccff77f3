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
fn what_opens_a_gateway_for_short_messages_is_never_shown() {
    let mut config = Config::default();
    assert!(config.shown().contains("body = \"\""));
    config.sms.url = "https://cong.vn/gui?ApiKey=bi-mat&sign=bi-mat&to={to}".to_owned();
    config.sms.body = r#"{"mat-khau":"bi-mat","to":"{to}","text":"{text}"}"#.to_owned();
    config.sms.authorization = "Bearer bi-mat".to_owned();
    let shown = config.shown();
    assert!(!shown.contains("bi-mat"), "{shown}");
    assert!(shown.contains("https://cong.vn/gui?ApiKey=•••&sign=•••&to={to}"), "{shown}");
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

#[test]
fn providers_are_tables_of_the_file_or_one_line_of_a_variable() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("sauro.toml");
    let text = "[[oidc.providers]]\ncode = \"vneid\"\nname = \"VNeID\"\nissuer = \"https://dinhdanh.example.vn\"\nclient_id = \"sauro\"\nofficials_from = \"2\"\nlevels = [{ acr = \"1\", name = \"Mức độ 1\" }, { acr = \"2\", name = \"Mức độ 2\" }]\n";
    std::fs::write(&file, text).unwrap();
    let of_file = Config::load(Some(&file), |_| None).unwrap();
    let setups = of_file.oidc.setups();
    assert_eq!((setups.len(), setups[0].scopes.len()), (1, 3));
    assert!(setups[0].levels.is_enough("2") && !setups[0].levels.is_enough("1"));
    let line = "[{ code = \"vneid\", name = \"VNeID\", issuer = \"https://dinhdanh.example.vn\", client_id = \"sauro\", officials_from = \"2\", levels = [{ acr = \"1\", name = \"Mức độ 1\" }, { acr = \"2\", name = \"Mức độ 2\" }] }]";
    let variable = |text: &str| {
        let text = text.to_owned();
        move |name: &str| (name == "SAURO_OIDC_PROVIDERS").then(|| text.clone())
    };
    assert_eq!(Config::load(None, variable(line)).unwrap(), of_file);
    let again: Config = toml::from_str(&of_file.shown()).unwrap();
    assert_eq!(again, of_file);
    assert!(Config::load(Some(&file), variable("")).unwrap().oidc.providers.is_empty());
    for wrong in ["vneid", "[{ code = }]", "[{ kode = \"x\" }]"] {
        assert!(Config::load(None, variable(wrong)).is_err(), "{wrong}");
    }
}

#[test]
fn a_provider_that_cannot_be_asked_is_named_with_the_key() {
    use sauro_identity::provider::Providers;
    let sound = super::ProviderConfig {
        code: "vneid".to_owned(),
        name: "VNeID".to_owned(),
        issuer: "https://dinhdanh.example.vn".to_owned(),
        client_id: "sauro".to_owned(),
        ..Default::default()
    };
    let refused = |providers: Vec<super::ProviderConfig>| {
        let setups = super::OidcConfig { providers }.setups();
        Providers::new(setups, "https://sauro.example.vn").err().map(|it| it.to_string())
    };
    assert_eq!(refused(vec![sound.clone()]), None);
    let with = |change: fn(&mut super::ProviderConfig)| {
        let mut it = sound.clone();
        change(&mut it);
        refused(vec![it]).unwrap_or_default()
    };
    assert!(refused(vec![sound.clone(), sound.clone()]).unwrap().contains("không trùng nhau"));
    assert!(with(|it| it.code = "VNeID".to_owned()).contains("`code`"));
    assert!(with(|it| it.client_id = String::new()).contains("`client_id`"));
    assert!(with(|it| it.issuer = "http://dinhdanh.example.vn".to_owned()).contains("https://"));
    assert!(with(|it| it.officials_from = "3".to_owned()).contains("`officials_from`"));
    assert!(with(|it| it.secret_file = "/khong/co".into()).contains("/khong/co"));
}
