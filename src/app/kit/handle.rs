//! Handles of a form's fields. A handle holds a field's name and type, so that opening a form and
//! reading its answers cannot disagree. Drafts store the field's name.

use std::marker::PhantomData;

use crate::app::kit::editor::Editor;
use crate::app::kit::field::{Choosable, Field, Input};
use crate::app::kit::form::Form;
use crate::domain::closed::Closed;
use crate::words::{Lang, Worded};

/// A text field.
#[derive(Debug, Clone, Copy)]
pub struct Line(pub &'static str);

impl Line {
    pub fn field(self, label: &str, text: &str, hint: &str) -> Field {
        Field::new(self.0, label, hint, Input::Text(Editor::single(text)))
    }

    /// The typed text, trimmed.
    pub fn of(self, form: &Form) -> String {
        form.field(self.0)
            .and_then(Field::typed)
            .unwrap_or_default()
    }
}

/// A yes-or-no field.
#[derive(Debug, Clone, Copy)]
pub struct Flag(pub &'static str);

impl Flag {
    pub fn field(self, label: &str, on: bool) -> Field {
        Field::new(self.0, label, "", Input::Flag(on))
    }

    pub fn of(self, form: &Form) -> bool {
        form.field(self.0)
            .is_some_and(|f| f.input == Input::Flag(true))
    }
}

/// A field with one value of a closed list.
#[derive(Debug)]
pub struct Choice<T>(&'static str, PhantomData<fn() -> T>);

impl<T> Clone for Choice<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Choice<T> {}

impl<T: Closed + Worded> Choice<T> {
    pub const fn new(key: &'static str) -> Self {
        Self(key, PhantomData)
    }

    /// A required choice; `chosen` is preselected.
    pub fn field(self, label: &str, chosen: T, lang: Lang) -> Field {
        self.some(label, T::ALL, chosen, lang)
    }

    /// As [`Self::field`], with only some of the values.
    pub fn some(self, label: &str, offered: &[T], chosen: T, lang: Lang) -> Field {
        let at = offered.iter().position(|t| *t == chosen).unwrap_or(0);
        let options = offered.iter().map(|t| choosable(*t, lang)).collect();
        Field::new(self.0, label, "", Input::Choice { options, at })
    }

    /// An optional choice; `none` is the first option.
    pub fn or_none(self, label: &str, none: &str, chosen: Option<T>, lang: Lang) -> Field {
        let mut field = self.some_or_none(label, none, T::ALL, lang);
        let place = chosen.and_then(|c| T::ALL.iter().position(|t| *t == c));
        if let (Some(place), Input::Choice { at, .. }) = (place, &mut field.input) {
            *at = place + 1;
        }
        field
    }

    /// As [`Self::or_none`], with only some of the values and none of them chosen.
    pub fn some_or_none(self, label: &str, none: &str, offered: &[T], lang: Lang) -> Field {
        let mut options = vec![Choosable {
            key: "",
            label: none.to_owned(),
        }];
        options.extend(offered.iter().map(|t| choosable(*t, lang)));
        Field::new(self.0, label, "", Input::Choice { options, at: 0 })
    }

    /// The chosen value, if any.
    pub fn of(self, form: &Form) -> Option<T> {
        match &form.field(self.0)?.input {
            Input::Choice { options, at } => T::parse(options.get(*at)?.key),
            _ => None,
        }
    }
}

/// A field with any number of values of a closed list.
#[derive(Debug)]
pub struct Several<T>(&'static str, PhantomData<fn() -> T>);

impl<T: Closed + Worded> Several<T> {
    pub const fn new(key: &'static str) -> Self {
        Self(key, PhantomData)
    }

    pub fn field(&self, label: &str, chosen: &[T], lang: Lang) -> Field {
        let options = T::ALL.iter().map(|t| choosable(*t, lang)).collect();
        let on = T::ALL.iter().map(|t| chosen.contains(t)).collect();
        Field::new(self.0, label, "", Input::Many { options, on, at: 0 })
    }

    pub fn of(&self, form: &Form) -> Vec<T> {
        match form.field(self.0).map(|f| &f.input) {
            Some(Input::Many { options, on, .. }) => options
                .iter()
                .zip(on)
                .filter(|(_, on)| **on)
                .filter_map(|(o, _)| T::parse(o.key))
                .collect(),
            _ => Vec::new(),
        }
    }
}

fn choosable<T: Closed + Worded>(one: T, lang: Lang) -> Choosable {
    Choosable {
        key: one.key(),
        label: one.worded(lang).to_owned(),
    }
}
