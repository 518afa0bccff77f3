use sauro_papers::clean_name;

use super::send::{FileSent, MAX_FILES, accepted};

/// A file that a case comes in without: its name, and the sentence that says why.
pub type LeftOut = (String, String);

/// Parts `files` into those that [`super::send`] takes and those that it would refuse the whole form for.
pub async fn takeable(files: Vec<FileSent>) -> (Vec<FileSent>, Vec<LeftOut>) {
    let (mut taken, mut left_out) = (Vec::new(), Vec::new());
    for file in files {
        let name = clean_name(&file.name);
        if taken.len() == MAX_FILES {
            let words = format!("Mỗi vụ việc nhận nhiều nhất {MAX_FILES} tệp.");
            left_out.push((name, words));
            continue;
        }
        let (asked, content) = (name.clone(), file.content.clone());
        // Looking into packages and pictures takes the processor a while.
        let look = tokio::task::spawn_blocking(move || accepted(&asked, content)).await;
        match look {
            Ok(Ok(_)) => taken.push(file),
            Ok(Err(words)) => left_out.push((name, words)),
            Err(_) => left_out.push((name, "Chưa kiểm tra được tệp này.".to_owned())),
        }
    }
    (taken, left_out)
}
