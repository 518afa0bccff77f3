//! Two versions side by side: which blocks stayed, came, went.

/// One row of the comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// In both.
    Same(String),
    /// In the older one alone.
    Gone(String),
    /// In the newer one alone.
    Come(String),
}

/// Steps that comparing may take; beyond that the middle is said to be other as a whole.
const MOST_STEPS: usize = 1_000_000;

/// Compares the blocks of two versions by the longest run of blocks that both have.
pub fn compared(old: &[String], new: &[String]) -> Vec<Row> {
    let n_head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (old.get(n_head..).unwrap_or(&[]), new.get(n_head..).unwrap_or(&[]));
    let n_tail =
        old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let old_mid = old_rest.get(..old_rest.len() - n_tail).unwrap_or(&[]);
    let new_mid = new_rest.get(..new_rest.len() - n_tail).unwrap_or(&[]);
    let tail = old_rest.get(old_mid.len()..).unwrap_or(&[]);
    let mut rows: Vec<Row> = old.iter().take(n_head).map(|it| Row::Same(it.clone())).collect();
    rows.extend(middle(old_mid, new_mid));
    rows.extend(tail.iter().map(|it| Row::Same(it.clone())));
    rows
}

fn middle(old: &[String], new: &[String]) -> Vec<Row> {
    if old.len() * new.len() > MOST_STEPS {
        let gone = old.iter().map(|it| Row::Gone(it.clone()));
        return gone.chain(new.iter().map(|it| Row::Come(it.clone()))).collect();
    }
    let width = new.len() + 1;
    let mut longest = vec![0_usize; (old.len() + 1) * width];
    let at = |table: &[usize], a: usize, b: usize| table.get(a * width + b).copied().unwrap_or(0);
    for (a, left) in old.iter().enumerate().rev() {
        for (b, right) in new.iter().enumerate().rev() {
            let best = match left == right {
                true => at(&longest, a + 1, b + 1) + 1,
                false => at(&longest, a + 1, b).max(at(&longest, a, b + 1)),
            };
            if let Some(cell) = longest.get_mut(a * width + b) {
                *cell = best;
            }
        }
    }
    let (mut a, mut b, mut rows) = (0, 0, Vec::new());
    loop {
        match (old.get(a), new.get(b)) {
            (Some(left), Some(right)) if left == right => {
                rows.push(Row::Same(left.clone()));
                (a, b) = (a + 1, b + 1);
            }
            (Some(left), right)
                if right.is_none() || at(&longest, a + 1, b) >= at(&longest, a, b + 1) =>
            {
                rows.push(Row::Gone(left.clone()));
                a += 1;
            }
            (_, Some(right)) => {
                rows.push(Row::Come(right.clone()));
                b += 1;
            }
            (_, None) => return rows,
        }
    }
}
