use schema_core::SqlFlags;

bitflags::bitflags! {
    #[derive(Debug, Clone, Copy, SqlFlags)]
    struct Permissions: u8 {
        const SEND = 1;
    }
}

fn main() {}
