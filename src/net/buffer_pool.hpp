// SPDX-License-Identifier: Apache-2.0
#pragma once
// Blocks of memory that a worker lends to whoever moves bytes; an idle connection holds none.

#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace sekisho::net
{

class buffer_pool;

// A borrowed block; goes back when it dies. Must die on its worker and before the worker does.
class block
{
public:
    block() = default; // empty
    block(block&& other) noexcept
        : pool_(std::exchange(other.pool_, nullptr)), memory_(std::exchange(other.memory_, {}))
    {
    }
    block& operator=(block&& other) noexcept
    {
        release();
        pool_ = std::exchange(other.pool_, nullptr);
        memory_ = std::exchange(other.memory_, {});
        return *this;
    }
    ~block() { release(); }

    std::span<char> span() const noexcept { return memory_; }
    explicit operator bool() const noexcept { return !memory_.empty(); }
    void release() noexcept;

private:
    friend class buffer_pool;
    block(buffer_pool& pool, std::span<char> memory) noexcept : pool_(&pool), memory_(memory) {}

    buffer_pool* pool_ = nullptr;
    std::span<char> memory_;
};

class buffer_pool
{
public:
    // Keeps at most `kept` blocks of `size` bytes for the next borrower.
    buffer_pool(std::size_t size, std::size_t kept);
    ~buffer_pool();
    buffer_pool(const buffer_pool&) = delete;
    buffer_pool& operator=(const buffer_pool&) = delete;

    block borrow();
    std::size_t block_size() const noexcept { return size_; }

private:
    friend class block;
    void give_back(std::span<char> memory) noexcept;

    std::size_t size_;
    std::size_t kept_;
    std::vector<char*> free_;
};

} // namespace sekisho::net
