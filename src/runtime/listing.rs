//! Makes and sends long answers item by item: those of a large team take a hundred megabytes and
//! are never in memory as a whole.

use std::io;

use serde_json::Value;

use crate::domain::text;
use crate::ipc::{Form, pretty};

/// A long answer to be made by any thread.
pub struct List {
    form: Form,
    /// The text for an empty list.
    nothing: String,
    make: Box<Make>,
    /// Gets the whole answer once it was passed on.
    keep: Option<Box<Keep>>,
}

type Keep = dyn FnOnce(&str) + Send;

/// Writes the items of a list, one by one.
type Make = dyn FnOnce(&mut Listing) -> io::Result<()> + Send;

impl List {
    pub fn new(
        form: Form,
        nothing: &str,
        make: impl FnOnce(&mut Listing) -> io::Result<()> + Send + 'static,
    ) -> Self {
        Self {
            form,
            nothing: nothing.to_owned(),
            make: Box::new(make),
            keep: None,
        }
    }

    /// An answer that was made before, as it was written.
    pub fn written(text: String) -> Self {
        Self::new(Form::Words, "", move |out| out.whole(&text))
    }

    /// Passes on the whole answer once it was written: for short lists.
    #[must_use]
    pub fn keeping(self, keep: impl FnOnce(&str) + Send + 'static) -> Self {
        Self {
            keep: Some(Box::new(keep)),
            ..self
        }
    }

    /// Makes the answer and passes on its pieces. Ends with the first piece that cannot be passed
    /// on.
    pub fn write(mut self, put: &mut dyn FnMut(&str) -> io::Result<()>) -> io::Result<()> {
        let Some(keep) = self.keep.take() else {
            return self.pass(put);
        };
        let mut all = String::new();
        self.pass(&mut |piece| {
            all.push_str(piece);
            put(piece)
        })?;
        keep(&all);
        Ok(())
    }

    fn pass(self, put: &mut dyn FnMut(&str) -> io::Result<()>) -> io::Result<()> {
        let mut listing = Listing {
            form: self.form,
            put,
            empty: true,
        };
        (self.make)(&mut listing)?;
        let Listing { put, empty, .. } = listing;
        match (self.form, empty) {
            (Form::Words, true) => put(&text::clean(&self.nothing)),
            (Form::Words, false) => Ok(()),
            (Form::Json, true) => put("[]"),
            (Form::Json, false) => put("\n]"),
        }
    }
}

/// The receiver of a list's items. Only items of the requested form are made.
pub struct Listing<'a> {
    form: Form,
    put: &'a mut dyn FnMut(&str) -> io::Result<()>,
    empty: bool,
}

impl Listing<'_> {
    /// An answer that is ready, whatever its form.
    fn whole(&mut self, text: &str) -> io::Result<()> {
        self.empty = false;
        (self.put)(text)
    }

    /// A line of words.
    pub fn line(&mut self, words: &dyn Fn() -> String) -> io::Result<()> {
        if self.form == Form::Json {
            return Ok(());
        }
        if !self.empty {
            (self.put)("\n")?;
        }
        self.empty = false;
        (self.put)(&text::clean(&words()))
    }

    /// An element of the JSON array.
    pub fn value(&mut self, value: &dyn Fn() -> Value) -> io::Result<()> {
        if self.form == Form::Words {
            return Ok(());
        }
        (self.put)(if self.empty { "[\n  " } else { ",\n  " })?;
        self.empty = false;
        // JSON strings contain no raw line end, so every one found here is layout.
        (self.put)(&pretty(&value()).replace('\n', "\n  "))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn written(form: Form, items: &[&'static str]) -> String {
        let items = items.to_vec();
        let list = List::new(form, "nothing", move |listing| {
            items.iter().try_for_each(|item| {
                listing.line(&|| (*item).to_owned())?;
                listing.value(&|| json!({ "item": item, "parts": [1, {}] }))
            })
        });
        let mut out = String::new();
        list.write(&mut |piece| {
            out.push_str(piece);
            Ok(())
        })
        .expect("is put");
        out
    }

    #[test]
    fn a_list_equals_the_complete_answer() {
        for items in [&[][..], &["one"], &["one", "two\nlines", "\u{1b}[31m"]] {
            let whole: Vec<Value> = items
                .iter()
                .map(|item| json!({ "item": item, "parts": [1, {}] }))
                .collect();
            assert_eq!(written(Form::Json, items), pretty(&json!(whole)));
        }
        assert_eq!(written(Form::Words, &[]), "nothing");
        assert_eq!(written(Form::Words, &["one", "two"]), "one\ntwo");
        assert!(
            !written(Form::Words, &["\u{1b}[31m"]).contains('\u{1b}')
                && !written(Form::Json, &["\u{1b}[31m"]).contains('\u{1b}')
        );
    }
}
