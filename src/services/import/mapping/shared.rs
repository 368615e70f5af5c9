//! Lists of headers that several tables of a mapping share: `[shared]` names them, and `"@name"` among
//! the headers of a table stands for the whole list.

use super::layout::{Header, Headers, Layout, Mapping};

/// The mapping with the headers of people and spreadsheets.
const COMMON: &str = "generic";

impl Mapping {
    /// Puts the shared lists in the place of their names.
    ///
    /// # Errors
    ///
    /// The name of a list that is not there.
    pub(super) fn expand(&mut self) -> Result<(), String> {
        let shared = std::mem::take(&mut self.shared);
        let expanded = |headers: &[Header]| -> Result<Vec<Header>, String> {
            let mut out = Vec::with_capacity(headers.len());
            for header in headers {
                match header.written.strip_prefix('@') {
                    None => out.push(header.clone()),
                    Some(name) => {
                        let list = shared.get(name).ok_or_else(|| name.to_owned())?;
                        out.extend(list.iter().cloned());
                    }
                }
            }
            Ok(out)
        };
        for layout in &mut self.table {
            for list in [&mut layout.unless, &mut layout.weak] {
                *list = expanded(list)?;
            }
            for headers in layout.columns.values_mut().chain(&mut layout.needs) {
                let list = match headers {
                    Headers::One(one) if one.written.starts_with('@') => {
                        std::slice::from_ref(&*one)
                    }
                    Headers::One(_) => continue,
                    Headers::Any(any) => any.as_slice(),
                };
                *headers = Headers::Any(expanded(list)?);
            }
        }
        Ok(())
    }
}

/// Gives the layouts that ask for it the common headers of their kind, from the mapping of that name.
pub fn inherit(mappings: &mut [Mapping]) {
    let common: Vec<Layout> = mappings
        .iter()
        .filter(|m| m.name == COMMON)
        .flat_map(|m| m.table.iter().cloned())
        .collect();
    for layout in mappings.iter_mut().flat_map(|m| &mut m.table) {
        let same = common
            .iter()
            .find(|c| layout.common && (c.kind, c.usage) == (layout.kind, layout.usage));
        let Some(same) = same else { continue };
        let none = |field: &String| {
            let own = layout.columns.get(field);
            own.is_some_and(|h| matches!(h, Headers::Any(list) if list.is_empty()))
        };
        let fields = same.columns.iter().filter(|(field, _)| !none(field));
        layout.inherited = fields.map(|(f, h)| (f.clone(), h.clone())).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    const START: &str =
        "name = \"own\"\n[shared]\nwho = [\"client\", \"firm\"]\n[[table]]\nkind = \"accounts\"\n";

    #[test]
    fn a_shared_list_stands_for_its_headers() {
        let written = format!(
            "{START}weak = [\"@who\"]\n[table.columns]\nname = [\"co\", \"@who\"]\nid = \"@who\"\n"
        );
        let spelled = "name = \"own\"\n[[table]]\nkind = \"accounts\"\nweak = [\"client\", \"firm\"]\n[table.columns]\nname = [\"co\", \"client\", \"firm\"]\nid = [\"client\", \"firm\"]\n";
        assert_eq!(parse(&written), parse(spelled));
    }

    #[test]
    fn a_list_that_is_not_there_is_named_with_its_place() {
        let written = format!("{START}[table.columns]\nname = [\"@whom\"]\n");
        let (at, reason) = parse(&written).expect_err("it has a mistake");
        assert!(written[at..].starts_with("\"@whom\""), "{at}");
        assert!(reason.contains("whom"), "{reason}");
    }
}
