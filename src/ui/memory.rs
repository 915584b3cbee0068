//! Keeping the memory of a frame for the next one. Knows nothing of what is painted.

/// So much may lie free before it is given back.
const KEPT: usize = 16 << 20;

/// Has the allocator keep what a frame needs. glibc gives memory back to the system as soon as some of it lies free, and
/// the next frame asks for it again, page by page, which costs more than the frame. It learns from the largest block that
/// was ever freed; one that is never touched takes no memory. Other allocators take no notice.
pub fn keep() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(KEPT)));
}
