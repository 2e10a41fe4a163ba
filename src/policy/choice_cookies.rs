//! The choice and opt-out cookies of known banners: always forwarded, never expired.
