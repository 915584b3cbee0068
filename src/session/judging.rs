//! When a session judges, and what it may say meanwhile. A funnel of many steps is judged on a thread of its own, of
//! several edits only the last; what is known stays that of the funnel before, and nothing that rests on it can be carried
//! out until the judgement is of the funnel as it stands.

use std::sync::Arc;

use crate::engine::Likelihood;
use crate::model::Funnel;
use crate::rules::{Fix, Judgement, Mended};

use super::Session;
use super::errand::{Bell, Errand};
use super::known::{Case, Known};

/// A funnel of more steps than this is judged in the background: judging it takes longer than a frame.
pub const JUDGED_AT_ONCE: usize = 200;

/// How the judgement stands to the funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is of the funnel as it stands.
    Current,
    /// It is of the funnel before; a newer one is on its way.
    Judging,
    /// It is of the funnel before, and that is all there is: judging this one failed.
    Failed,
}

/// How a case is judged, given what was known before.
type Judge = Arc<dyn Fn(Case, &Known) -> Known + Send + Sync>;

/// Whatever a session has others do about its judgement.
pub(super) struct Judging {
    pub(super) judge: Judge,
    judging: Errand<Arc<Known>>,
    mending: Errand<()>,
    bell: Option<Bell>,
    /// The case that could not be judged.
    failed: Option<Case>,
}

impl Default for Judging {
    fn default() -> Self {
        let judge: Judge = Arc::new(|case, before| {
            let known = Known::of(case, Some(before));
            // Worked out here too: on a large funnel it takes longer than a frame.
            known.likelihood();
            known
        });
        Self { judge, judging: Errand::default(), mending: Errand::default(), bell: None, failed: None }
    }
}

impl Session {
    /// All that is known of the newest funnel that was judged: of [`Self::judged`], which is the funnel as it stands unless
    /// [`Self::standing`] says otherwise.
    pub fn judgement(&self) -> &Arc<Judgement> {
        &self.known.judgement
    }

    /// The funnel that the judgement is of. What a diagnostic or a plan names by its place has that place here.
    pub fn judged(&self) -> &Arc<Funnel> {
        &self.known.case.funnel
    }

    /// How the judgement stands to the funnel.
    pub fn standing(&self) -> Standing {
        let case = self.case();
        if self.known.case.is(&case) {
            Standing::Current
        } else if self.judging.failed.as_ref().is_some_and(|failed| failed.is(&case)) {
            Standing::Failed
        } else {
            Standing::Judging
        }
    }

    /// Whether the judgement is of the funnel as it stands, so that what rests on it may be carried out.
    pub fn is_judged(&self) -> bool {
        self.standing() == Standing::Current
    }

    /// Whom to tell, on another thread, that there is something new to [`Self::take_news`] of.
    pub fn tell(&mut self, bell: impl Fn() + Send + Sync + 'static) {
        let bell: Bell = Arc::new(bell);
        self.judging.judging.tell(Arc::clone(&bell));
        self.judging.bell = Some(bell);
    }

    /// Takes what has been found out since. Gives whether that is a newer judgement.
    pub fn take_news(&mut self) -> bool {
        match self.judging.judging.take() {
            // What was undone meanwhile is known already.
            Some(_) if self.is_judged() => false,
            Some(Ok(known)) => {
                self.learn(known);
                true
            }
            Some(Err(_)) => {
                if !self.judging.judging.is_busy() {
                    self.judging.failed = Some(self.case());
                }
                false
            }
            None => false,
        }
    }

    /// Waits for the judgement of the funnel as it stands, for what needs it. Gives whether there is one.
    pub fn wait_for_judgement(&mut self) -> bool {
        if !self.is_judged() {
            self.judging.judging.wait();
            self.take_news();
        }
        self.is_judged()
    }

    /// What would mend the diagnostic at this place of the judgement; each fix was proved by judging the changed funnel. A
    /// small funnel's are found when first asked for, a large one's in the background, and there are none until they are.
    /// They are fixes of [`Self::judged`]: where the funnel has changed since, none may be made.
    pub fn fixes(&self, at: usize) -> Arc<[Fix]> {
        let known = &self.known;
        if self.is_judged() && known.want_fixes(at) {
            if self.is_large() {
                let (known, bell) = (Arc::clone(known), self.judging.bell.clone());
                self.judging.mending.send(move || known.find_fixes(&|| bell.iter().for_each(|bell| bell())));
            } else {
                known.find_fixes(&|| ());
            }
        }
        known.fixes(at).unwrap_or_default()
    }

    /// How likely the window is open at each step of [`Self::judged`], as far as that can be worked out between two
    /// keystrokes.
    pub fn likelihood(&self) -> Arc<Likelihood> {
        Arc::clone(self.known.likelihood())
    }

    /// What is left once every safe fix is made, each proved after the one before it. Found when first asked for; of
    /// [`Self::judged`].
    pub fn mended(&self) -> Arc<Mended> {
        Arc::clone(self.known.mended(self.document()))
    }

    /// Whether the funnel is judged in the background.
    pub fn is_large(&self) -> bool {
        self.funnel().steps.len() > JUDGED_AT_ONCE
    }

    /// What is to be judged now.
    fn case(&self) -> Case {
        Case { funnel: Arc::clone(self.funnel()), policy: Arc::clone(&self.policy), now: self.now }
    }

    /// Judges the funnel as it stands, unless that is done already.
    pub(super) fn judge(&mut self) {
        let case = self.case();
        if self.known.case.is(&case) {
            self.judging.judging.forget();
            return;
        }
        let (judge, before) = (Arc::clone(&self.judging.judge), Arc::clone(&self.known));
        if self.is_large() {
            self.judging.judging.send(move || Arc::new(judge(case, &before)));
        } else {
            self.judging.judging.forget();
            self.learn(Arc::new(Known::of(case, Some(&before))));
        }
    }

    fn learn(&mut self, known: Arc<Known>) {
        self.known.let_go();
        self.judging.mending.forget();
        self.known = known;
    }
}
