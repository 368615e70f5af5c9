//! While the terminal is with another program: the user's editor, or the shell after a suspension.

use super::inputs::Inputs;
use super::signals::Stopped;
use super::{Desk, outside, pass_on, signals};
use crate::app::msg::Effect;
use crate::store::handed::Handed;
use crate::words;

impl Desk {
    /// Opens a text in the user's editor, with all drafts on disk before.
    pub(super) async fn edit(
        &mut self,
        handed: &Handed,
        inputs: &mut Inputs,
    ) -> std::io::Result<()> {
        self.save_typed();
        let (store, lang) = (&self.store, self.model.lang);
        let ask = |question| pass_on(store, lang, question);
        let (msg, leave) =
            outside::edit(&self.home, handed, lang, &mut self.screen, inputs, &ask).await?;
        self.update(msg);
        if leave {
            self.effects.push(Effect::Quit);
        }
        Ok(())
    }

    /// Saves what is typed, gives the terminal back and stops until the process is continued. The terminal comes
    /// first: once another process of the job has stopped, the shell has it, and nothing can be given back.
    pub(super) async fn suspend(
        &mut self,
        inputs: &mut Inputs,
        how: Stopped,
    ) -> std::io::Result<()> {
        if !signals::has_shell() {
            self.model.refuse(words::shell::no_shell(self.model.lang));
            return Ok(());
        }
        self.save_typed();
        self.screen.give();
        signals::stop(how)?;
        inputs.resumed(how).await;
        self.screen.take_back()
    }
}
