//! The words of the panels: inspector, problems, templates, checklist. Names stand here; sentences with numbers in `said`.

#![allow(missing_docs)]

mod allowed;
mod languages;
mod library;
mod said;

pub use allowed::*;
pub use languages::language;
pub use library::*;
use said::many;
pub use said::*;

// What is selected.
pub const FUNNEL: &str = "Funnel";
pub const LINK: &str = "Link";
pub const FRAME: &str = "Frame";
pub const COMMENT: &str = "Comment";
pub const TEMPLATE: &str = "Template";

// Fields that many have.
pub const TITLE: &str = "Title";
pub const COLOUR: &str = "Colour";
pub const COLLAPSED: &str = "Collapsed into one block";
pub const NAME: &str = "Name";
pub const TEXT: &str = "Text";
pub const LABEL: &str = "Label";
pub const SHARE: &str = "Share";
pub const FROM: &str = "From";
pub const TO: &str = "To";
pub const YES: &str = "Yes";
pub const NO: &str = "No";
pub const DELETE: &str = "Delete";
pub const DUPLICATE: &str = "Duplicate";
pub const SEARCH: &str = "Search";
pub const NOTHING_FOUND: &str = "Nothing found";
pub const PREVIEW: &str = "Preview";
pub const ID_HELP: &str = "The name by which links and scenarios refer to this step in the file";

// Values that are typed.
pub const DURATION_HINT: &str = "1d 6h";
pub const DURATION_HELP: &str = "Whole units: 45s, 12m, 20h, 3d, 1w, or several, like 1d 6h";
pub const TIME_HINT: &str = "09:00";
pub const TIME_WRONG: &str = "Write a time of day, like 09:00";
pub const DATE_HINT: &str = "2026-12-01";
pub const DATE_WRONG: &str = "Write a date, like 2026-12-01";
pub const NEXT_MONTH: &str = "Next month";
pub const PREVIOUS_MONTH: &str = "Previous month";
pub const WEIGHT_WRONG: &str = "Write a number, 0 or more";
pub const COUNT_WRONG: &str = "Write a whole number";
pub const LABEL_EMPTY: &str = "A label needs at least one letter";
pub const LABEL_TAKEN: &str = "Another one has this label";
pub const EVERY_DAY: &str = "None chosen: every day";

// Entry.
pub const CHANNEL: &str = "Channel";
pub const ENTRY_OPT_IN: &str = "They have opted in to marketing";
pub const ARRIVES_BETWEEN: &str = "They arrive at certain hours only";
pub const ARRIVAL_HOURS: &str = "Hours";

// Message.
pub const PURPOSE: &str = "Purpose";
pub const SENDS: &str = "Sends";
pub const CONTENT: &str = "Content";
pub const BUTTON: &str = "Button";
pub const LIST_ROW: &str = "Row";
pub const CARD: &str = "Card";
pub const MEDIA: &str = "Kind";
pub const CAPTION: &str = "Caption";
pub const NO_CAPTION: &str = "Sounds and stickers have no caption";
pub const ADDRESS: &str = "Address";
pub const ADDRESS_HINT: &str = "https://example.com";
pub const CHOOSE: &str = "Choose";
pub const OPEN: &str = "Open";
pub const LOCATION: &str = "Place on a map";
pub const LOCATION_HELP: &str = "Sends a place on a map; it has no text of its own";
pub const CONTENTS: [&str; 8] =
    ["Text", "Reply buttons", "List", "Media", "Carousel", "Link button", "Location", "Form (Flow)"];
pub const PICK_TEMPLATE: &str = "Pick a template";
pub const OPEN_TEMPLATE: &str = "Open the template";
pub const NEW_TEMPLATE: &str = "New template";
pub const NEW_TEMPLATE_NAME: &str = "new_template";
pub const TEMPLATE_GONE: &str = "The library has no template of this name";

// Reply.
pub const WAITS_FOR_REPLY: &str = "Waits for a reply";
pub const NO_REPLY_HELP: &str = "The journey goes on as soon as this is sent";
pub const ANSWERS: &str = "Answers";
pub const ANSWER: &str = "Answer";
pub const ANY_REPLY: &str = "any reply";
pub const USE_TAPS: &str = "Use the buttons as answers";
pub const FREE_ANSWERS: &str = "People write what they like; these are the answers that the funnel tells apart";
pub const ANY_REPLY_DO: &str = "Take any reply as one answer";
pub const SHARE_HELP: &str = "Its weight among the answers, and the share that this comes to";
pub const EFFECT: &str = "Consent";
pub const CHANCE: &str = "Ever answer";
pub const CHANCE_HELP: &str = "The share of people who ever answer; the rest stay silent";
pub const DELAY: &str = "Delay";
pub const DELAYS: [&str; 6] = ["Always the same", "Evenly between", "Exponential", "Log-normal", "Weibull", "By points"];
pub const AFTER: &str = "After";
pub const MEAN: &str = "Mean";
pub const MEDIAN: &str = "Median";
pub const MEDIAN_HELP: &str = "Half of those who answer have answered by then";
pub const P90: &str = "90 % within";
pub const P90_HELP: &str = "Nine in ten of those who answer have answered by then";
pub const POINT_TIME_WRONG: &str = "Later than the point before, sooner than the next";
pub const POINTS: &str = "Points: answered within";
pub const POINT: &str = "Point";
pub const WITHIN: &str = "Within";
pub const HAVE_ANSWERED: &str = "Answered";
pub const TIMEOUT_ON: &str = "Goes on without an answer";
pub const TIMEOUT: &str = "After";
pub const NO_TIMEOUT_HELP: &str = "Who never answers stays here for good";

// Wait.
pub const WAIT_KIND: &str = "Waits";
pub const WAITS: [&str; 4] = ["A length of time", "Until a time of day", "Until a date", "For send hours"];
pub const WAITS_HELP: [&str; 4] = [
    "Everyone waits this long",
    "The next such moment at or after arrival",
    "Passes at once if the moment has gone by",
    "Passes at once inside the hours, else at their next opening",
];
pub const LENGTH: &str = "Length";
pub const TIME: &str = "Time";
pub const DAYS: &str = "Days";
pub const DATE: &str = "Moment";
pub const HOURS: &str = "Hours";

// Branch.
pub const BRANCH_ON: &str = "Parts by";
pub const BRANCHES: [&str; 4] = ["Window open", "Opted in", "Chance", "Something known"];
pub const BRANCHES_HELP: [&str; 4] = [
    "Yes while the customer service window is open",
    "Yes where the person has opted in to marketing",
    "By chance, by weight",
    "By something known of the person, the same wherever it is asked",
];
pub const CASES: &str = "Cases";
pub const CASE: &str = "Case";
pub const ATTRIBUTE: &str = "What";
pub const ATTRIBUTE_HINT: &str = "VIP";
pub const TRUE_FOR: &str = "True for";

// Exit, outputs, links.
pub const OUTCOME: &str = "Outcome";
pub const LEADS_TO: &str = "Leads to";
pub const NEXT: &str = "Next";
pub const NOWHERE: &str = "Nowhere yet";
pub const FROM_STEP: &str = "From";
pub const OUTPUT: &str = "Output";
pub const DELETE_LINK: &str = "Delete link";
pub const DELETE_FRAME: &str = "Delete frame";
pub const DELETE_COMMENT: &str = "Delete comment";

// Verdict and journeys.
pub const SHOW_BREAKING: &str = "Show a journey that breaks it";
pub const SHOW_SUCH: &str = "Show such a journey";
pub const SHOW_LONGEST: &str = "Show the longest journey";
pub const SHOW_JOURNEY: &str = "Show the journey";
pub const NO_JOURNEY: &str = "No journey shows this";

// Preview.
pub const WHILE_OPEN: &str = "While the window is open";
pub const WHEN_CLOSED: &str = "When it is closed";
pub const NO_TEMPLATE: &str = "No template yet";
pub const NO_TEXT: &str = "No text yet";
pub const COPY_CODE: &str = "Copy code";

// Template.
pub const LANGUAGE: &str = "Language";
pub const CATEGORY: &str = "Category";
pub const STATUS: &str = "Status";
pub const SUBMITTED_ON: &str = "It has been submitted";
pub const SUBMITTED: &str = "Submitted";
pub const HEADER: &str = "Header";
pub const HEADERS: [&str; 6] = ["None", "Text", "Image", "Video", "Document", "Location"];
pub const HEADER_TEXT: &str = "Header text";
pub const BODY: &str = "Body";
pub const BODY_HINT: &str = "Variables like {{1}} or {{first_name}}";
pub const FOOTER: &str = "Footer";
pub const BUTTONS: &str = "Buttons";
pub const BUTTON_KIND: &str = "Kind";
pub const TEMPLATE_BUTTONS: [&str; 4] = ["Quick reply", "Opens a page", "Calls", "Copies a code"];
pub const NUMBER: &str = "Number";
pub const CODE: &str = "Code";
pub const SAMPLES: &str = "Samples";
pub const SAMPLE_HINT: &str = "What Meta sees in its place";
pub const REMOVE_SAMPLES: &str = "Remove them";
pub const TEMPLATE_NAME_WRONG: &str = "Lower-case letters, digits and underscores";
pub const TEMPLATE_NAME_TAKEN: &str = "Another template of this language has this name";
pub const USED_BY: &str = "Used by";
pub const USED_NOWHERE: &str = "No step uses it yet";
pub const UNUSED: &str = "Not used";

// Funnel.
pub const NOTES: &str = "Notes";
pub const NOTES_HINT: &str = "Why this funnel exists";
pub const JUDGED_BY: &str = "Rules and launch";
pub const POLICY: &str = "Policy";
pub const LAUNCH_ON: &str = "The launch has a date";
pub const LAUNCH: &str = "Launch";
pub const NO_LAUNCH: &str = "No launch date";
pub const NO_LAUNCH_HELP: &str = "People may arrive from today on";
pub const AUDIENCE: &str = "Audience";
pub const MARKET: &str = "Market";
pub const TIMEZONE: &str = "Time zone";
pub const SIZE: &str = "Size";
pub const PEOPLE: &str = "people";
pub const LIMIT_ON: &str = "Messaging limit";
pub const LIMIT: &str = "Limit";
pub const PEOPLE_A_DAY: &str = "people a day";
pub const LIMIT_HELP: &str = "As long as it is not known, nothing is judged by it";
pub const SUMMARY: &str = "How it stands";

// Several steps.
pub const MIXED: &str = "Mixed";
pub const SET_PURPOSE: &str = "Set the purpose";
pub const ARRANGE: &str = "Arrange";
pub const ARRANGE_ALL: &str = "Arrange left to right";
pub const ALL_OF_THEM: &str = "All of them";

// Problems.
pub const SEARCH_PROBLEMS: &str = "Filter by code or text";
pub const NO_PROBLEMS: &str = "No problems found";
pub const NO_PROBLEM_FITS: &str = "No problem fits this filter";
pub const SEVERITY_HELP: &str = "Show or hide these";
pub const WHY: &str = "What this rule means";

// Templates.
pub const SEARCH_TEMPLATES: &str = "Search templates";
pub const NO_TEMPLATES: &str = "No templates yet";
pub const NO_TEMPLATES_HELP: &str =
    "A template is a message that Meta approves beforehand. It is the only thing that may go out once the window is closed";
pub const SUBMIT_BY: &str = "Submit by";
pub const OPT_IN: &str = "Opt-in";
pub const OPT_IN_HELP: &str = "Marketing goes only to people who have opted in";
pub const LATE: &str = "Too late";
pub const NOTHING_DUE: &str = "\u{2013}";

// Checklist.
pub const EXPORT: &str = "Export";
pub const EXPORT_CHECKLIST: &str = "Export the checklist";
pub const CHECKLIST_EMPTY: &str = "Nothing to submit";
pub const CHECKLIST_EMPTY_HELP: &str = "No step that people can reach sends a template, so Meta has nothing to approve";
pub const TO_WRITE_HELP: &str = "A step names it; the library does not have it yet";
pub const NEEDS_OPT_IN: &str = "Needs opt-in";
pub const NOT_REQUIRED: &str = "A fall-back: no journey needs it";

/// The unit that a person means by a word, as the file writes it.
pub fn unit(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "s" | "sec" | "secs" | "second" | "seconds" | "segundo" | "segundos" => "s",
        "m" | "min" | "mins" | "minute" | "minutes" | "minuto" | "minutos" => "m",
        "h" | "hr" | "hrs" | "hour" | "hours" | "hora" | "horas" => "h",
        "d" | "day" | "days" | "dia" | "dias" | "día" | "días" => "d",
        "w" | "wk" | "week" | "weeks" | "semana" | "semanas" => "w",
        "and" | "e" | "y" => "",
        _ => return None,
    })
}
