//! The limits on what a message may hold (`rules.md` B3.4, B3.5, B4, B6).
//!
//! Lengths of text are in characters, sizes of files in bytes. Knows no message: the rules do the counting.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::model::Seconds;

/// All limits of one day.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The name by which policies refer to them.
    pub id: String,
    /// Where they come from.
    pub source: Vec<String>,
    /// The day on which they were last checked.
    pub reviewed: NaiveDate,
    /// Of templates (B3.4, B3.5).
    pub template: TemplateLimits,
    /// Of free-form messages (B4).
    pub free_form: FreeFormLimits,
    /// The steps of the messaging limit: different people in a moving day outside the window, before it is unlimited (B6).
    pub messaging: Vec<u64>,
}

/// The limits of templates (B3.4, B3.5).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateLimits {
    /// Characters of the name; `a` to `z`, digits and underscores.
    pub name: usize,
    /// The language codes that there are.
    pub languages: Vec<String>,
    /// The codes that are known not to be languages, though they look like it.
    #[serde(default)]
    pub no_languages: Vec<String>,
    /// The header.
    pub header: TemplateHeader,
    /// Characters of the body.
    pub body: usize,
    /// Line breaks in a row in the body. Without a number nothing is said.
    #[serde(default)]
    pub line_breaks: Option<usize>,
    /// Emojis in the body.
    #[serde(default)]
    pub emojis: Option<usize>,
    /// The words that the variables of the body ask for.
    #[serde(default)]
    pub words: Option<TemplateWords>,
    /// Characters of the footer, which has no variables.
    pub footer: usize,
    /// The buttons.
    pub buttons: TemplateButtons,
    /// Cards of a carousel of pictures.
    pub carousel_cards: usize,
    /// Characters that Meta's guide advises against in a sample.
    pub sample_refuses: String,
    /// How many templates an account may have and make.
    pub library: Library,
}

/// How many words must stand in a body beside its variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateWords {
    /// For each variable.
    pub each: usize,
    /// And beyond.
    pub more: usize,
}

/// The header of a template.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateHeader {
    /// Characters of a text.
    pub text: usize,
    /// Variables in a text.
    pub variables: usize,
}

/// The buttons of a template.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateButtons {
    /// Buttons in all.
    pub most: usize,
    /// With more than this, the rest hide behind "See all options".
    pub shown: usize,
    /// With this many or more, or with quick replies beside others, desktop clients do not show the template.
    pub desktop_hides_from: usize,
    /// Quick replies, which must stand together.
    pub quick_reply: Labels,
    /// Buttons that open a page.
    pub url: UrlButton,
    /// Buttons that call.
    pub phone: PhoneButton,
    /// Buttons that copy a code; `length` counts the code.
    pub copy_code: Counted,
    /// How the address begins under which Meta's API lists the button that copies a one-time code.
    #[serde(default)]
    pub code_page: Option<String>,
    /// Buttons that open a form.
    pub flow: usize,
}

/// A number of things, each with a label.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// How many there may be.
    pub most: usize,
    /// Characters of each label.
    pub label: usize,
}

/// A number of things, each of a length.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// How many there may be.
    pub most: usize,
    /// Characters of each.
    pub length: usize,
}

/// Buttons of a template that open a page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UrlButton {
    /// How many there may be.
    pub most: usize,
    /// Characters of the label.
    pub label: usize,
    /// Characters of the address.
    pub url: usize,
    /// Variables in the address, at its end.
    pub variables: usize,
}

/// Buttons of a template that call.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneButton {
    /// How many there may be.
    pub most: usize,
    /// Characters of the label.
    pub label: usize,
    /// Characters of the number.
    pub number: usize,
}

/// How many templates an account may have and make (B3.4).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Library {
    /// Templates of an account; each language counts.
    pub templates: usize,
    /// The same once the business is verified.
    pub templates_verified: usize,
    /// New templates in an hour.
    pub new_per_hour: usize,
    /// The name of a deleted template cannot be used again for this long.
    pub name_blocked: Seconds,
}

/// The limits of free-form messages (B4).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FreeFormLimits {
    /// Characters of a text.
    pub text: usize,
    /// Pictures, films, sounds, documents and stickers.
    pub media: MediaLimits,
    /// A text with reply buttons.
    pub buttons: ReplyButtons,
    /// A text with a list.
    pub list: List,
    /// A text with a button that leads to a page.
    pub cta_url: CtaUrl,
    /// Cards that scroll sideways.
    pub carousel: Carousel,
    /// A text with a button that opens a form.
    pub flow: FlowMessage,
    /// Characters of the text of a request for a place.
    pub location_request: usize,
    /// The suggestions before the first message.
    pub ice_breakers: IceBreakers,
}

/// Pictures, films, sounds, documents and stickers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct MediaLimits {
    /// Characters of the caption; sounds and stickers have none.
    pub caption: usize,
    pub image_bytes: u64,
    pub audio_bytes: u64,
    pub video_bytes: u64,
    pub document_bytes: u64,
    pub sticker_bytes: u64,
    pub animated_sticker_bytes: u64,
}

/// The number and the labels of buttons.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Buttons {
    /// How few there may be.
    pub least: usize,
    /// How many there may be.
    pub most: usize,
    /// Characters of each label; the labels differ from one another.
    pub label: usize,
}

/// A text with reply buttons.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyButtons {
    /// Characters of the body.
    pub body: usize,
    /// Characters of the footer.
    pub footer: usize,
    /// The buttons.
    pub buttons: Buttons,
}

/// A text with a list.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Characters of the body.
    pub body: usize,
    /// Characters of the header.
    pub header: usize,
    /// Characters of the footer.
    pub footer: usize,
    /// Characters of the button that opens the list.
    pub button: usize,
    /// Sections.
    pub sections: usize,
    /// Rows over all sections.
    pub rows: usize,
    /// Characters of a row's or a section's title.
    pub title: usize,
    /// Characters of a row's description.
    pub description: usize,
}

/// A text with a button that leads to a page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CtaUrl {
    /// Characters of the body.
    pub body: usize,
    /// Characters of the header.
    pub header: usize,
    /// Characters of the footer.
    pub footer: usize,
    /// Characters of the button.
    pub button: usize,
}

/// Cards that scroll sideways.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carousel {
    /// Characters of the body, which must be there.
    pub body: usize,
    /// How few cards there may be.
    pub least: usize,
    /// How many cards there may be.
    pub most: usize,
    /// Characters of a card's text.
    pub card: usize,
}

/// A text with a button that opens a form.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlowMessage {
    /// Characters of the body.
    pub body: usize,
    /// Characters of the button.
    pub button: usize,
}

/// The suggestions that a person sees before the first message.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IceBreakers {
    /// How many there may be.
    pub most: usize,
    /// Characters of each.
    pub length: usize,
}
