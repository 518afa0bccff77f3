use axum::body::Body;
use sauro_kernel::{AgencyId, Relation, Role, may};
use sauro_testkit::on_each_engine;

use super::all_doors;
use super::house::{Answer, Doors, END, text_part};
use super::table::{Door, Far, Stranger};
use crate::world::{COMMUNE, PROGRAMME};

impl Door {
    fn filled(&self, doors: &Doors, text: &str) -> String {
        text.replace("{task}", &doors.issued.tasks[0])
            .replace("{directive}", &doors.issued.directive.to_string())
            .replace("{draft}", &doors.issued.draft.to_string())
            .replace("{report}", &doors.receipt.report.to_string())
            .replace("{receipt}", &doors.receipt.code)
            .replace("{evidence}", &doors.evidence.to_string())
            .replace("{dashboard}", &doors.dashboard.to_string())
            .replace("{figure}", &doors.figure.to_string())
            .replace("{round}", &doors.round.to_string())
            .replace("{method}", &doors.scored.method.to_string())
            .replace("{ranking}", &doors.scored.ranking.to_string())
            .replace("{appeal}", &doors.scored.appeal.to_string())
            .replace("{initiative}", &doors.initiative.to_string())
            .replace("{petition}", &doors.petition.to_string())
            .replace("{item}", &doors.item.id.to_string())
            .replace("{slug}", &doors.item.slug)
            .replace("{account}", &doors.opened.account.to_string())
            .replace("{post}", &doors.opened.post.to_string())
            .replace("{agency}", &AgencyId::of_code(COMMUNE).to_string())
            .replace("{programme}", PROGRAMME)
    }

    async fn knock(&self, doors: &Doors, cookie: &str) -> Answer {
        let path = self.filled(doors, self.path);
        match (self.method, self.form) {
            ("GET", _) => doors.get(&path, cookie).await,
            (_, "multipart") => {
                let body = [text_part("van-ban", ""), END.to_vec()].concat();
                doors.upload(&path, cookie, Body::from(body)).await
            }
            (_, form) => doors.post(&path, cookie, &self.filled(doors, form)).await,
        }
    }

    /// What must be answered to a seat with `role` far away.
    fn to_far(&self, role: Role) -> u16 {
        let has = |right| may(role, right, Relation::Own);
        match self.far {
            Far::All(status) => status,
            Far::Needs(right, status) => {
                if has(right) {
                    status
                } else {
                    403
                }
            }
            Far::HiddenFrom(right) => {
                if has(right) {
                    404
                } else {
                    403
                }
            }
            Far::Hidden => 404,
        }
    }

    /// What is wrong with the answer to a stranger, or nothing.
    fn wrong_to_stranger(&self, answer: &Answer) -> Option<String> {
        let to = answer.header("location");
        let (status, is_led) = match (self.stranger, self.method) {
            (Stranger::Sees(status), _) => (status, true),
            (Stranger::SignsIn, "GET") => {
                (303, to.starts_with("/dang-nhap?tiep=%2F") || to.starts_with("/dang-nhap?tiep=/"))
            }
            (Stranger::SignsIn, _) => (401, true),
        };
        let is_right = answer.status == status && is_led;
        (!is_right)
            .then(|| format!("{} {}: {} {to}, not {status}", self.method, self.path, answer.status))
    }
}

#[tokio::test]
async fn a_stranger_comes_in_where_the_public_does_and_nowhere_else() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let mut wrong = Vec::new();
        for door in all_doors() {
            wrong.extend(door.wrong_to_stranger(&door.knock(&doors, "").await));
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_sits_elsewhere_learns_nothing_and_changes_nothing() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let before = marks(&doors).await;
        let mut wrong = Vec::new();
        for role in Role::SEATS {
            let cookie = doors.enter(role.code()).await;
            for door in all_doors() {
                let answer = door.knock(&doors, &cookie).await;
                let status = door.to_far(role);
                if answer.status != status {
                    let role = role.code();
                    wrong.push(format!(
                        "{role} {} {}: {}, not {status}",
                        door.method, door.path, answer.status
                    ));
                }
                if door.to_far(role) == 404 && answer.body.contains("điểm hỗ trợ") {
                    wrong.push(format!("{} {} tells what it is about", door.method, door.path));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert_eq!(marks(&doors).await, before, "nothing of the work has changed");
    })
    .await;
}

async fn marks(doors: &Doors) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in [
        "tasks",
        "task_drafts",
        "reports",
        "evidence",
        "verifications",
        "dashboards",
        "observations",
        "observation_revisions",
        "report_forms",
        "report_rounds",
        "round_exceptions",
        "periodic_reports",
        "periodic_steps",
        "score_method_versions",
        "score_rankings",
        "score_adjustments",
        "score_self_marks",
        "score_appeals",
        "initiatives",
        "initiative_dossiers",
        "initiative_steps",
        "problems",
        "initiative_supports",
        "initiative_certificates",
        "portal_items",
        "portal_versions",
        "portal_comments",
        "portal_holders",
        "directives",
        "programmes",
        "accounts",
    ] {
        counts.push(doors.count(table).await);
    }
    counts.push(i64::try_from(doors.n_files()).unwrap());
    counts
}

#[tokio::test]
async fn a_word_that_is_no_id_is_a_page_that_is_not_there() {
    let doors = Doors::new(sauro_testkit::on_sqlite(Default::default()).await).await;
    let cookie = doors.enter("leader").await;
    let mut wrong = Vec::new();
    // Files of the pages themselves are asked for by programs.
    let pages = all_doors().filter(|it| {
        it.method == "GET" && it.route.contains('{') && !it.route.starts_with("/tai-san")
    });
    for door in pages {
        let (before, _) = door.route.split_once('{').unwrap();
        let path = match door.route.rsplit_once('}') {
            Some((_, rest)) => {
                format!("{before}-khong-phai%20ma'\"<{rest}").replace(['\'', '"', '<'], "%3C")
            }
            None => continue,
        };
        let answer = doors.get(&path, &cookie).await;
        // Programs are told in the form that they read.
        let is_program = ["/open311/", "/api/"].iter().any(|it| door.route.starts_with(it));
        let is_told = match is_program {
            true => answer.header("content-type").starts_with("application/json"),
            false => answer.header("content-type").starts_with("text/html"),
        };
        // A link in a letter says the same whether it never was or is over.
        let expected = match door.route {
            "/theo-doi-tin/xac-nhan/{link}" => 410,
            "/theo-doi-tin/{link}/thoi" => 200,
            _ => 404,
        };
        if answer.status != expected || !is_told {
            wrong.push(format!("{path}: {} {}", answer.status, answer.body));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
