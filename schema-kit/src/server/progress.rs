//! What the server code is doing, for a command line that wants to show it.

use std::{fmt, sync::Arc};

/// A step that takes long enough to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// Bytes of the server's archive have arrived; called many times.
    Downloading {
        /// Bytes so far.
        received: u64,
        /// Bytes in all, if the sender says.
        total: Option<u64>,
    },
    /// The archive is being checked and unpacked.
    Unpacking,
    /// A new cluster is being made.
    Making,
    /// The server is being started.
    Starting,
}

/// Where [`Progress`] is reported to; by default nowhere.
///
/// ```
/// use schema_kit::server::{OnProgress, Progress};
///
/// let on_progress = OnProgress::new(|step| eprintln!("{step:?}"));
/// on_progress.report(Progress::Starting);
/// OnProgress::default().report(Progress::Making);
/// ```
#[derive(Clone, Default)]
pub struct OnProgress(Option<Arc<dyn Fn(Progress) + Send + Sync>>);

impl OnProgress {
    /// Reports each step to the function, from the thread that does the work.
    pub fn new(report: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(report)))
    }

    /// Reports a step.
    pub fn report(&self, step: Progress) {
        if let Some(report) = &self.0 {
            report(step);
        }
    }
}

impl fmt::Debug for OnProgress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "OnProgress(..)"
        } else {
            "OnProgress(nowhere)"
        })
    }
}
