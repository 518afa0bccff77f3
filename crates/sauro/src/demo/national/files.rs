//! Files for evidence: small ones, real, and each used by several reports.

use std::sync::Arc;

use bytes::Bytes;
use sauro_papers::sniff;
use sauro_store::Files;
use tokio::task::JoinSet;

use super::act::Kept;

/// Files kept at once: each waits for the disk.
const AT_ONCE: usize = 16;

/// Keeps one file for a hundred tasks.
pub(super) async fn keep(files: &Files, n_tasks: usize) -> anyhow::Result<Arc<[Kept]>> {
    let n_files = (n_tasks / 100).clamp(12, 1000);
    let mut kept: Vec<(usize, Kept)> = Vec::with_capacity(n_files);
    let mut running: JoinSet<anyhow::Result<(usize, Kept)>> = JoinSet::new();
    for n in 0..n_files {
        if running.len() >= AT_ONCE
            && let Some(done) = running.join_next().await
        {
            kept.push(done??);
        }
        let files = files.clone();
        running.spawn(async move {
            let (name, content) = file(n);
            let mime = sniff(&content, &name)?.mime;
            Ok((n, (name, files.put(content).await?, mime)))
        });
    }
    while let Some(done) = running.join_next().await {
        kept.push(done??);
    }
    kept.sort_by_key(|it| it.0);
    Ok(kept.into_iter().map(|it| it.1).collect())
}

fn file(n: usize) -> (String, Bytes) {
    match n % 3 {
        0 => {
            let rows: String = (1..=12)
                .map(|row| format!("Tổ {row},{},{}\n", (n * 7 + row) % 90, row * 3))
                .collect();
            (
                format!("bang-ket-qua-{n}.csv"),
                Bytes::from(format!("Đơn vị,Đã xong,Tổng số\n{rows}")),
            )
        }
        1 => {
            let text =
                format!("BIÊN BẢN NGHIỆM THU số {n}\nHai bên thống nhất bàn giao sản phẩm.\n");
            (format!("bien-ban-{n}.txt"), Bytes::from(text))
        }
        _ => {
            let text = format!("%PDF-1.7\n% bien ban ban giao {n}\n1 0 obj\n<<>>\nendobj\n%%EOF\n");
            (format!("ban-giao-{n}.pdf"), Bytes::from(text))
        }
    }
}
