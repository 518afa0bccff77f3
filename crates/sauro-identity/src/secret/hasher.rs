use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::IdentityError;

/// What one password hash costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

/// Hashes and checks passwords with argon2id, a few at a time, so that a storm of sign-ins does not
/// eat the memory of the machine.
#[derive(Clone)]
pub struct Hasher {
    params: Params,
    /// A hash of nothing anybody knows: an unknown login costs as much as a known one.
    decoy: Arc<str>,
    at_work: Arc<Semaphore>,
    in_line: Arc<Semaphore>,
}

/// Hashes computed at once.
const AT_WORK: usize = 2;

/// Callers that may wait for one; the next one is turned away.
const IN_LINE: usize = 64;

/// Longest wait.
const PATIENCE: Duration = Duration::from_secs(10);

impl Default for Cost {
    /// OWASP's floor for argon2id: 19 MiB, two passes.
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, passes: 2 }
    }
}

impl Cost {
    /// As little as argon2 allows. For tests and sample accounts only.
    pub const LOW: Self = Self { memory_kib: 16, passes: 1 };
}

impl Hasher {
    /// A hasher of `cost`; a cost that argon2 refuses becomes the default one.
    pub fn new(cost: Cost) -> Self {
        let params = Params::new(cost.memory_kib, cost.passes, 1, None).unwrap_or(Params::DEFAULT);
        // Its salt may be known: nobody ever gets in by it.
        let decoy = argon2(&params).hash_password_with_salt(b"nobody's", b"sixteen bytes ok");
        Self {
            decoy: decoy.map(|hash| hash.to_string()).unwrap_or_default().into(),
            params,
            at_work: Arc::new(Semaphore::new(AT_WORK)),
            in_line: Arc::new(Semaphore::new(AT_WORK + IN_LINE)),
        }
    }

    /// The PHC string of `password`.
    ///
    /// # Errors
    ///
    /// [`IdentityError::Busy`] when too many wait.
    pub async fn hash(&self, password: &str) -> Result<String, IdentityError> {
        let (params, password) = (self.params.clone(), password.to_owned());
        self.work(move || hash_now(&params, &password)).await?
    }

    /// Whether `password` is the one `hash` was made of; without a hash it is not, at the same cost.
    ///
    /// # Errors
    ///
    /// [`IdentityError::Busy`] when too many wait.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool, IdentityError> {
        let is_known = hash.is_some();
        let hash = hash.unwrap_or(&self.decoy).to_owned();
        let password = password.to_owned();
        let is_right = self
            .work(move || {
                Argon2::default().verify_password(password.as_bytes(), hash.as_str()).is_ok()
            })
            .await?;
        Ok(is_right && is_known)
    }

    async fn work<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, IdentityError> {
        let _place = self.in_line.try_acquire().map_err(|_| IdentityError::Busy)?;
        let turn = tokio::time::timeout(PATIENCE, self.at_work.clone().acquire_owned());
        let turn = turn.await.map_err(|_| IdentityError::Busy)?.map_err(|_| IdentityError::Busy)?;
        // The turn goes with the job, so that it lasts as long as the work, whoever stops waiting.
        let done = tokio::task::spawn_blocking(move || {
            let answer = job();
            drop(turn);
            answer
        });
        done.await.map_err(|_| IdentityError::Secret("the hashing thread stopped"))
    }
}

fn hash_now(params: &Params, password: &str) -> Result<String, IdentityError> {
    argon2(params)
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|_| IdentityError::Secret("argon2 refused to hash"))
}

fn argon2(params: &Params) -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone())
}
