// SPDX-License-Identifier: Apache-2.0
#pragma once
// Bytes that have arrived and are not used yet, in one piece.

#include "net/buffer_pool.hpp"

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>

namespace sekisho::net
{

class input_buffer
{
public:
    // Starts empty on this memory.
    void use(block memory) noexcept
    {
        memory_ = std::move(memory);
        begin_ = end_ = 0;
    }
    // Goes on in larger memory, with the unused bytes at its front.
    void move_to(block larger) noexcept
    {
        const auto kept = unused();
        if (!kept.empty())
            std::memcpy(larger.span().data(), kept.data(), kept.size());
        end_ = kept.size();
        begin_ = 0;
        memory_ = std::move(larger);
    }
    void release() noexcept { use(block()); }

    bool has_memory() const noexcept { return static_cast<bool>(memory_); }
    std::span<char> unused() const noexcept { return memory_.span().subspan(begin_, end_ - begin_); }
    std::string_view text() const noexcept { return {unused().data(), unused().size()}; }
    bool is_empty() const noexcept { return begin_ == end_; }
    std::size_t capacity() const noexcept { return memory_.span().size(); }

    // Room behind the unused bytes; commit() what was put there.
    std::span<char> room() const noexcept { return memory_.span().subspan(end_); }
    void commit(std::size_t size) noexcept { end_ += size; }
    // The first bytes are used; views into them stay valid until compact(), move_to() or use().
    void consume(std::size_t size) noexcept { begin_ += size; }
    // Moves the unused bytes to the front.
    void compact() noexcept
    {
        const auto kept = unused();
        if (begin_ != 0 && !kept.empty())
            std::memmove(memory_.span().data(), kept.data(), kept.size());
        end_ = kept.size();
        begin_ = 0;
    }

private:
    block memory_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

} // namespace sekisho::net
