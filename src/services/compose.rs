//! Data as documents: the note of a check-in as Markdown, HTML and JSON.
