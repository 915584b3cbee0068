//! What is known of one funnel under one policy at one moment: its judgement, and what is worked out only when it is asked
//! for. It does not change when the document does, and can be read on any thread.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::engine::{LITTLE_WORK, Likelihood, likelihood, prove};
use crate::model::{Document, Funnel, LocalTime, StepId};
use crate::policy::Policy;
use crate::rules::{self, Fix, Judgement, Mended, Mender};

/// For the fixes of one diagnostic, funnels of together as many steps may be judged: they are looked for while a person
/// types.
const MOST_STEPS_JUDGED: usize = 2_000;

/// What is judged.
#[derive(Debug, Clone)]
pub struct Case {
    pub funnel: Arc<Funnel>,
    pub policy: Arc<Policy>,
    pub now: LocalTime,
}

impl Case {
    /// Whether this is the very same.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.funnel, &other.funnel) && Arc::ptr_eq(&self.policy, &other.policy) && self.now == other.now
    }
}

/// All that is known of a case.
pub struct Known {
    pub case: Case,
    pub judgement: Arc<Judgement>,
    likelihood: OnceLock<Arc<Likelihood>>,
    mended: OnceLock<Arc<Mended>>,
    fixes: Mutex<Fixes>,
    /// Where to find a step.
    index: OnceLock<BTreeMap<StepId, usize>>,
    /// Nobody asks any more.
    stale: AtomicBool,
}

/// The fixes of diagnostics, by their place in the judgement.
#[derive(Default)]
struct Fixes {
    found: BTreeMap<usize, Arc<[Fix]>>,
    wanted: BTreeSet<usize>,
}

impl Known {
    /// Judges it, given what was known before.
    pub fn of(case: Case, before: Option<&Self>) -> Self {
        let judgement = match before {
            Some(before) => rules::judge_again(&before.judgement, &case.funnel, &case.policy, case.now),
            None => rules::judge(&case.funnel, &case.policy, case.now),
        };
        Self::with(case, judgement)
    }

    /// Nothing at all, of a funnel that was never judged.
    pub fn nothing(policy: &Arc<Policy>, now: LocalTime) -> Self {
        let funnel = Arc::new(Funnel::default());
        let proof = prove(&funnel, policy, now);
        let (policy, policy_too) = (Arc::clone(policy), Arc::clone(policy));
        let nothing =
            Judgement { proof, diagnostics: Vec::new(), suppressed: Vec::new(), templates: Vec::new(), policy: policy_too };
        Self::with(Case { funnel, policy, now }, nothing)
    }

    fn with(case: Case, judgement: Judgement) -> Self {
        let judgement = Arc::new(judgement);
        let (likelihood, mended, fixes, index) = Default::default();
        Self { case, judgement, likelihood, mended, fixes, index, stale: AtomicBool::new(false) }
    }

    /// The place of a step.
    pub fn place(&self, step: &StepId) -> Option<usize> {
        let index = || self.case.funnel.steps.iter().enumerate().map(|(place, step)| (step.id.clone(), place)).collect();
        self.index.get_or_init(index).get(step).copied()
    }

    /// How likely the window is open at each step, as far as that can be worked out between two keystrokes.
    pub fn likelihood(&self) -> &Arc<Likelihood> {
        let Case { funnel, policy, now } = &self.case;
        self.likelihood.get_or_init(|| Arc::new(likelihood(funnel, policy, *now, LITTLE_WORK)))
    }

    /// What is left once every safe fix is made. The layout of `document` goes along.
    pub fn mended(&self, document: &Document) -> &Arc<Mended> {
        self.mended.get_or_init(|| {
            let document = Document { funnel: Arc::clone(&self.case.funnel), ..document.clone() };
            let safe = |_: &_, fix: &Fix| fix.safe;
            rules::mend(&document, &self.judgement, self.case.now, MOST_STEPS_JUDGED, &safe).into()
        })
    }

    /// The fixes of the diagnostic at this place, where they are known.
    pub fn fixes(&self, at: usize) -> Option<Arc<[Fix]>> {
        self.lock().found.get(&at).cloned()
    }

    /// Wants the fixes of the diagnostic at this place. Gives whether that is new.
    pub fn want_fixes(&self, at: usize) -> bool {
        self.lock().wanted.insert(at)
    }

    /// Looks for all fixes that are wanted, until there are none or nobody asks any more; says when some are found.
    pub fn find_fixes(&self, tell: &dyn Fn()) {
        let next = || {
            let fixes = self.lock();
            fixes.wanted.iter().copied().find(|at| !fixes.found.contains_key(at))
        };
        while let Some(at) = next().filter(|_| !self.stale.load(Ordering::Relaxed)) {
            let mut mender = Mender::new(&self.judgement, &self.case.funnel, self.case.now, MOST_STEPS_JUDGED);
            let fixes = self.judgement.diagnostics.get(at).map(|found| mender.fixes(found)).unwrap_or_default();
            self.lock().found.insert(at, fixes.into());
            tell();
        }
    }

    /// Nobody asks any more.
    pub fn let_go(&self) {
        self.stale.store(true, Ordering::Relaxed);
    }

    /// What is done under the lock cannot fail.
    fn lock(&self) -> MutexGuard<'_, Fixes> {
        self.fixes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
