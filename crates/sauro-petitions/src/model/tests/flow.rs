use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Act, Flow, Refusal, State};

/// Every flow that can be reached, with where each act leads.
fn reachable() -> BTreeMap<Flow, Vec<(Act, Flow)>> {
    let mut found = BTreeMap::new();
    let mut to_walk = vec![Flow::sent()];
    while let Some(flow) = to_walk.pop() {
        if found.contains_key(&flow) {
            continue;
        }
        let next: Vec<(Act, Flow)> =
            Act::ALL.into_iter().filter_map(|act| Some((act, flow.after(act).ok()?))).collect();
        to_walk.extend(next.iter().map(|it| it.1));
        found.insert(flow, next);
    }
    found
}

#[test]
fn from_every_reachable_state_an_answer_is_reachable_by_agencies_alone() {
    let all = reachable();
    assert!(all.len() > 100, "only {} states were reached", all.len());
    let mut good: BTreeSet<Flow> =
        all.keys().copied().filter(|it| it.state == State::Answered).collect();
    // A case that was answered and then ended had its answer; one that was merged must find its way.
    good.extend(all.keys().filter(|it| it.state == State::Closed && it.before_merge.is_none()));
    loop {
        let more: Vec<Flow> = all
            .iter()
            .filter(|(flow, next)| {
                !good.contains(*flow)
                    && next.iter().any(|(act, to)| !act.is_senders() && good.contains(to))
            })
            .map(|it| *it.0)
            .collect();
        if more.is_empty() {
            break;
        }
        good.extend(more);
    }
    let lost: Vec<_> = all.keys().filter(|it| !good.contains(*it)).collect();
    assert!(lost.is_empty(), "no answer from {lost:?}");
}

#[test]
fn nothing_ends_but_by_an_answer_or_within_another_case() {
    for (flow, next) in reachable() {
        for (act, to) in next {
            if to.state == State::Closed && flow.state != State::Closed {
                let is_honest = flow.state == State::Answered || to.before_merge.is_some();
                assert!(is_honest, "{act:?} ends {flow:?}");
            }
        }
    }
}

#[test]
fn an_answer_goes_out_by_approval_alone() {
    for (flow, next) in reachable() {
        for (act, to) in next {
            if to.state == State::Answered && flow.state != State::Answered {
                assert_eq!((act, flow.state), (Act::Approve, State::Approval));
            }
        }
    }
}

#[test]
fn after_two_refusals_the_next_lead_is_bound() {
    let mut flow = Flow::sent().after(Act::Receive).unwrap();
    for n in 1..=2 {
        flow = flow.after(Act::Assign).unwrap();
        assert!(!flow.is_binding, "bound after {} refusals", n - 1);
        flow = flow.after(Act::Refuse).unwrap();
    }
    assert!(flow.must_bind());
    flow = flow.after(Act::Assign).unwrap();
    assert_eq!(flow.after(Act::Refuse), Err(Refusal::Binding));
    assert!(flow.allows(Act::Accept));
}

#[test]
fn a_case_taken_out_of_another_stands_as_it_stood() {
    for (flow, next) in reachable() {
        for (act, to) in next {
            if act == Act::Merge {
                assert_eq!(to.after(Act::Unmerge), Ok(flow));
            }
        }
    }
}

#[test]
fn one_extension_and_two_reviews_and_no_more() {
    let handled = |flow: Flow| {
        let flow =
            [Act::Assign, Act::Accept].into_iter().fold(flow, |it, act| it.after(act).unwrap());
        [Act::Submit, Act::Approve].into_iter().fold(flow, |it, act| it.after(act).unwrap())
    };
    let mut flow = handled(Flow::sent().after(Act::Receive).unwrap());
    for _ in 0..2 {
        flow = handled(flow.after(Act::Reopen).unwrap());
    }
    assert_eq!(flow.after(Act::Reopen), Err(Refusal::NoMoreReviews));
    let held = Flow::sent().after(Act::Receive).and_then(|it| it.after(Act::Assign)).unwrap();
    let extended = held.after(Act::Extend).unwrap();
    assert_eq!(extended.after(Act::Extend), Err(Refusal::Extended));
}
