//! What the tests share: databases and generators of random schemas.
