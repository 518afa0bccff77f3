use sauro_kernel::{Relation, Role};

use super::*;

/// Who may do what in which state, as a table that a person can check: `*` everybody, `s` whoever sees drafts of the
/// agency, `w` whoever writes, `e` its editors, `v` who gives the legal opinion and wrote none of it, `l` its leaders,
/// `L` its leaders who wrote none of it and gave no legal opinion on it, `-` nobody.
const MATRIX: &str = "
                   draft editing vetting waiting scheduled published correcting revetting rechecking corrected withdrawn archived
    Read           -     -       -       -       -         *         *          *         *          *         -         *
    List           -     -       -       -       -         *         *          *         *          *         -         -
    Feed           -     -       -       -       -         *         *          *         *          *         -         -
    Sitemap        -     -       -       -       -         *         *          *         *          *         -         -
    Search         -     -       -       -       -         *         *          *         *          *         -         -
    Api            -     -       -       -       -         *         *          *         *          *         -         -
    Thumbnail      -     -       -       -       -         *         *          *         *          *         -         *
    Preview        *     *       *       *       *         *         *          *         *          *         -         *
    LinkPreview    w     w       w       w       w         w         w          w         w          w         -         w
    Look           s     s       s       s       s         s         s          s         s          s         s         s
    History        s     s       s       s       s         s         s          s         s          s         s         s
    Compare        s     s       s       s       s         s         s          s         s          s         s         s
    Copy           w     w       w       w       w         w         w          w         w          w         w         w
    Write          w     e       -       -       -         -         e          -         -          -         -         -
    Restore        w     e       -       -       -         -         e          -         -          -         -         -
    Submit         w     -       -       -       -         -         -          -         -          -         -         -
    HandUp         -     e       -       -       -         -         e          -         -          -         -         -
    SendBack       -     e       l       l       -         -         -          l         l          -         -         -
    Agree          -     -       v       -       -         -         -          v         -          -         -         -
    Object         -     -       v       -       -         -         -          v         -          -         -         -
    Approve        -     -       -       L       L         -         -          -         L          -         -         -
    Unschedule     -     -       -       -       l         -         -          -         -          -         -         -
    Correct        -     -       -       -       -         e         -          -         -          e         -         -
    DropCorrection -     -       -       -       -         -         e          -         -          -         -         -
    Withdraw       -     -       -       -       -         l         l          l         l          l         -         l
    Archive        -     -       -       -       -         e         -          -         -          e         -         -
    Move           e     e       e       e       e         e         e          e         e          e         -         -
    Comment        s     s       s       s       s         s         s          s         s          s         -         -
    Settle         s     s       s       s       s         s         s          s         s          s         -         -
    TakeOver       w     e       -       -       -         -         e          -         -          -         -         -
    Translate      -     -       -       -       -         w         w          w         w          w         -         -";

fn is_meant(cell: &str, who: Audience) -> bool {
    use Role::{FocalOfficer, Leader, Officer, StandingAgency, Verifier};
    let is_one_of = |roles: &[Role]| who.relation == Relation::Own && roles.contains(&who.role);
    match cell {
        "*" => true,
        "s" => is_one_of(&[StandingAgency, Leader, FocalOfficer, Officer, Verifier]),
        "w" => is_one_of(&[StandingAgency, Leader, FocalOfficer, Officer]),
        "e" => is_one_of(&[StandingAgency, Leader, FocalOfficer]),
        "v" => is_one_of(&[StandingAgency, Verifier]) && !who.is_author,
        "l" => is_one_of(&[Leader]),
        "L" => is_one_of(&[Leader]) && !who.is_author && !who.has_vetted,
        _ => false,
    }
}

/// Everybody who may ask.
fn audiences() -> Vec<Audience> {
    let mut all = Vec::new();
    for role in Role::SEATS.into_iter().chain([Role::Public]) {
        for relation in [Relation::Own, Relation::Below, Relation::Elsewhere] {
            for (is_author, has_vetted) in
                [(false, false), (true, false), (false, true), (true, true)]
            {
                all.push(Audience { role, relation, is_author, has_vetted });
            }
        }
    }
    all
}

// I84, I95
#[test]
fn every_cell_of_act_state_and_audience_is_as_written() {
    let audiences = audiences();
    let section = SectionRoles::default();
    let unvetted = SectionRoles { vetters: Vec::new(), ..SectionRoles::default() };
    let mut n_cells = 0;
    for line in MATRIX.lines().skip(2) {
        let mut words = line.split_whitespace();
        let name = words.next().unwrap();
        let act = Act::ALL.into_iter().find(|it| format!("{it:?}") == name).unwrap();
        let cells: Vec<&str> = words.collect();
        assert_eq!(cells.len(), State::ALL.len(), "{act:?}");
        for (state, cell) in State::ALL.into_iter().zip(cells) {
            for who in &audiences {
                let answer = may(act, state, *who, &section);
                assert_eq!(answer, is_meant(cell, *who), "{act:?} {state:?} {who:?}");
                // Where no legal opinion is asked for, nobody gives one, and who would is a stranger.
                let is_left = is_meant(cell, *who)
                    && (cell == "*" || (cell != "v" && who.role != Role::Verifier));
                let answer = may(act, state, *who, &unvetted);
                assert_eq!(answer, is_left, "{act:?} {state:?} {who:?} without a legal opinion");
                n_cells += 2;
            }
        }
    }
    assert_eq!(n_cells, Act::ALL.len() * State::ALL.len() * audiences.len() * 2);
    assert!(n_cells >= 5_000, "{n_cells}");
}

#[test]
fn a_section_takes_rights_away_and_gives_none() {
    let own =
        |role| Audience { role, relation: Relation::Own, is_author: false, has_vetted: false };
    let narrow = SectionRoles {
        writers: vec![Role::Verifier],
        editors: vec![Role::Leader, Role::Officer],
        approvers: vec![Role::FocalOfficer],
        vetters: vec![Role::Officer],
    };
    assert!(!may(Act::Write, State::Draft, own(Role::Verifier), &narrow), "no right to write");
    assert!(!may(Act::HandUp, State::Editing, own(Role::Officer), &narrow), "no right to edit");
    assert!(!may(Act::HandUp, State::Editing, own(Role::StandingAgency), &narrow), "not named");
    assert!(may(Act::HandUp, State::Editing, own(Role::Leader), &narrow));
    let approves = |role| may(Act::Approve, State::Waiting, own(role), &narrow);
    assert!(!approves(Role::FocalOfficer) && !approves(Role::Leader));
    assert!(!may(Act::Agree, State::Vetting, own(Role::Officer), &narrow), "no right to vet");
}
