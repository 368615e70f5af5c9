//! The calendars of a file: their events and their time zones, each as its properties.

use super::lines::Property;
use super::text::Line;
use super::unread::Unread;

/// A calendar of the file; a file may hold several.
#[derive(Debug, Default)]
pub struct Part {
    pub properties: Vec<Property>,
    pub zones: Vec<ZonePart>,
    pub events: Vec<EventPart>,
}

/// A time zone that the file defines.
#[derive(Debug, Default)]
pub struct ZonePart {
    pub properties: Vec<Property>,
    /// Its standard and daylight times, as their properties.
    pub observances: Vec<Vec<Property>>,
}

/// An event.
#[derive(Debug)]
pub struct EventPart {
    /// The line of its `BEGIN`, from 1.
    pub line: usize,
    pub properties: Vec<Property>,
}

impl Part {
    pub fn property(&self, name: &str) -> Option<&Property> {
        find(&self.properties, name)
    }
}

/// What could not be read, each with its line.
pub type Problems = Vec<(usize, Unread)>;

/// The first property of a name.
pub fn find<'a>(properties: &'a [Property], name: &str) -> Option<&'a Property> {
    properties.iter().find(|p| p.name == name)
}

/// The calendars of a file, and what could not be read. None when the text is no calendar.
pub fn parts(lines: &[Line]) -> Option<(Vec<Part>, Problems)> {
    let mut reader = Reader::default();
    for line in lines {
        reader.take(line);
    }
    let last = lines.last().map_or(0, |l| l.number);
    reader.close_from(0);
    if reader.is_open {
        reader.problems.push((last, Unread::FileCut));
    }
    (!reader.parts.is_empty()).then_some((reader.parts, reader.problems))
}

/// Components that begin deeper are not followed.
const DEEPEST: usize = 64;

#[derive(Default)]
struct Reader {
    parts: Vec<Part>,
    problems: Vec<(usize, Unread)>,
    /// The components that are open, the innermost last.
    open: Vec<String>,
    /// A calendar has begun and not ended.
    is_open: bool,
    /// A bad line of the component was named already.
    named: bool,
}

impl Reader {
    fn take(&mut self, line: &Line) {
        let Some(property) = Property::of(line) else {
            let inside = matches!(self.place(), Place::Calendar | Place::Event);
            if inside && !self.named && !line.text.trim().is_empty() {
                self.named = true;
                self.problems.push((line.number, Unread::Line));
            }
            return;
        };
        let kind = property.value.trim().to_ascii_uppercase();
        match property.name.as_str() {
            "BEGIN" => self.begin(&kind, line.number),
            "END" => self.end(&kind),
            _ => self.put(property),
        }
    }

    fn begin(&mut self, kind: &str, line: usize) {
        self.named = false;
        match kind {
            "VCALENDAR" => {
                self.close_from(0);
                self.is_open = true;
                self.parts.push(Part::default());
            }
            "VEVENT" => {
                // An event that was not closed ends where the next one begins.
                let inner = self.open.iter().position(|k| k == "VEVENT");
                self.close_from(inner.unwrap_or(self.open.len()));
                self.part().events.push(EventPart {
                    line,
                    properties: Vec::new(),
                });
            }
            "VTIMEZONE" => self.part().zones.push(ZonePart::default()),
            "STANDARD" | "DAYLIGHT" => {
                if let Some(zone) = self.part().zones.last_mut() {
                    zone.observances.push(Vec::new());
                }
            }
            _ => {}
        }
        // Calendars nest three deep; what goes on for ever is no calendar.
        if self.open.len() < DEEPEST {
            self.open.push(kind.to_owned());
        }
    }

    /// The calendar that is read; a new one for an event without any.
    fn part(&mut self) -> &mut Part {
        if self.parts.is_empty() {
            self.parts.push(Part::default());
        }
        let last = self.parts.len() - 1;
        &mut self.parts[last]
    }

    fn end(&mut self, kind: &str) {
        self.named = false;
        if kind == "VCALENDAR" {
            self.is_open = false;
        }
        if let Some(at) = self.open.iter().rposition(|k| k == kind) {
            self.close_from(at + 1);
            self.open.pop();
        }
    }

    /// Closes the components from a depth on. Events among them have no end line.
    fn close_from(&mut self, depth: usize) {
        let closed = self.open.split_off(depth.min(self.open.len()));
        if closed.iter().any(|k| k == "VEVENT")
            && let Some(event) = self.parts.last().and_then(|p| p.events.last())
        {
            self.problems.push((event.line, Unread::Cut));
        }
    }

    fn place(&self) -> Place {
        match self.open.last().map(String::as_str) {
            Some("VCALENDAR") => Place::Calendar,
            Some("VEVENT") => Place::Event,
            Some("VTIMEZONE") => Place::Zone,
            Some("STANDARD" | "DAYLIGHT") => Place::Observance,
            _ => Place::Other,
        }
    }

    fn put(&mut self, property: Property) {
        let place = self.place();
        let Some(part) = self.parts.last_mut() else {
            return;
        };
        let list = match place {
            Place::Calendar => Some(&mut part.properties),
            Place::Event => part.events.last_mut().map(|e| &mut e.properties),
            Place::Zone => part.zones.last_mut().map(|z| &mut z.properties),
            Place::Observance => part.zones.last_mut().and_then(|z| z.observances.last_mut()),
            Place::Other => None,
        };
        if let Some(list) = list {
            list.push(property);
        }
    }
}

/// Where a property stands.
enum Place {
    Calendar,
    Event,
    Zone,
    Observance,
    /// An alarm, a task, a journal or another component that takes no time.
    Other,
}
