//! The fields of an account on the command line. Must not depend on what a command does with them.

use crate::domain::account_field::AccountField;
use crate::domain::failure::Failure;
use crate::words::{Lang, words};

words! {
    unknown(word, known): "{word}: no such field; the fields are {known}", "{word}: 項目がありません（使える項目: {known}）";
    not_a_field(word): "{word}: write field=value", "{word}: 項目=値 の形で指定してください";
}

/// A field by its key, with `-` or `_`; a few shorter names are read as well.
///
/// # Errors
/// If there is no such field.
pub fn read(word: &str, lang: Lang) -> Result<AccountField, Failure> {
    let key = word.trim().to_lowercase().replace('-', "_");
    let key = match key.as_str() {
        "start" => "contract_start",
        "term" => "term_months",
        other => other,
    };
    AccountField::parse(key).ok_or_else(|| {
        let known: Vec<&str> = AccountField::ALL.iter().map(|f| f.key()).collect();
        Failure::Usage {
            reason: unknown(lang, word, known.join(", ")),
        }
    })
}

/// `field=value`.
///
/// # Errors
/// If it has no sign, or the field does not exist.
pub fn pair(word: &str, lang: Lang) -> Result<(AccountField, String), Failure> {
    let (field, value) = word.split_once(['=', '＝']).ok_or_else(|| Failure::Usage {
        reason: not_a_field(lang, word),
    })?;
    Ok((read(field, lang)?, value.to_owned()))
}
