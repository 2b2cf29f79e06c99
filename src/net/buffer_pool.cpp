// SPDX-License-Identifier: Apache-2.0
#include "net/buffer_pool.hpp"

namespace sekisho::net
{

void block::release() noexcept
{
    if (pool_ != nullptr)
        std::exchange(pool_, nullptr)->give_back(std::exchange(memory_, {}));
}

buffer_pool::buffer_pool(std::size_t size, std::size_t kept) : size_(size), kept_(kept)
{
    free_.reserve(kept);
}

buffer_pool::~buffer_pool()
{
    for (auto* memory : free_)
        ::operator delete(memory);
}

block buffer_pool::borrow()
{
    if (free_.empty())
        return {*this, {static_cast<char*>(::operator new(size_)), size_}};
    auto* memory = free_.back();
    free_.pop_back();
    return {*this, {memory, size_}};
}

void buffer_pool::give_back(std::span<char> memory) noexcept
{
    if (free_.size() < kept_)
        free_.push_back(memory.data());
    else
        ::operator delete(memory.data());
}

} // namespace sekisho::net
