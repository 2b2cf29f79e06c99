// SPDX-License-Identifier: Apache-2.0
#include "session/opened_cache.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>

namespace sekisho::session
{
namespace
{

// The end of a sealed text is its authentication tag: as good as random for every cookie that we made, and
// only those are put. Comparing all bytes afterwards decides.
std::size_t hash_of(const session_cookies& cookies) noexcept
{
    constexpr std::size_t tail = 32; // characters
    if (!cookies.is_present())
        return 0;
    const auto last = cookies.chunks[cookies.count - 1];
    const auto seen = last.substr(last.size() - std::min(last.size(), tail));
    return std::hash<std::string_view>()(seen) ^ (cookies.size() << 4U) ^ cookies.count;
}

std::string joined(const session_cookies& cookies)
{
    std::string bytes;
    bytes.reserve(cookies.size());
    for (std::size_t index = 0; index < cookies.count; ++index)
        bytes.append(cookies.chunks[index]);
    return bytes;
}

} // namespace

opened_cache::opened_cache(std::size_t capacity) : capacity_(capacity) { index_.reserve(capacity); }

bool opened_cache::holds(const entry& here, const session_cookies& cookies) noexcept
{
    std::string_view rest = here.bytes;
    for (std::size_t index = 0; index < max_chunks; ++index)
    {
        const auto piece = index < cookies.count ? cookies.chunks[index] : std::string_view();
        if (piece.size() != here.sizes[index] || !rest.starts_with(piece))
            return false;
        rest.remove_prefix(piece.size());
    }
    return true;
}

opened_cache::index::iterator opened_cache::locate(const session_cookies& cookies, std::size_t hash) noexcept
{
    const auto [first, last] = index_.equal_range(hash);
    const auto found =
        std::find_if(first, last, [&](const auto& each) { return holds(*each.second, cookies); });
    return found == last ? index_.end() : found;
}

std::shared_ptr<const opened_session> opened_cache::find(const session_cookies& cookies) noexcept
{
    if (!cookies.is_present())
        return nullptr;
    const auto found = locate(cookies, hash_of(cookies));
    if (found == index_.end())
        return nullptr;
    const auto position = found->second;
    if (position != entries_.begin())
        entries_.splice(entries_.begin(), entries_, position);
    return position->opened;
}

void opened_cache::put(const session_cookies& cookies, std::shared_ptr<const opened_session> opened)
{
    if (capacity_ == 0 || !cookies.is_present() || opened == nullptr)
        return;
    const auto hash = hash_of(cookies);
    if (const auto old = locate(cookies, hash); old != index_.end())
        drop(old->second);
    if (entries_.size() == capacity_)
        drop(std::prev(entries_.end()));
    entry fresh{hash, {}, joined(cookies), std::move(opened)};
    for (std::size_t piece = 0; piece < cookies.count; ++piece)
        fresh.sizes[piece] = cookies.chunks[piece].size();
    entries_.push_front(std::move(fresh));
    index_.emplace(hash, entries_.begin());
}

void opened_cache::forget(const session_id& id)
{
    for (auto position = entries_.begin(); position != entries_.end();)
    {
        const auto here = position++;
        if (here->opened->value.id == id)
            drop(here);
    }
}

void opened_cache::forget(const ending& what)
{
    for (auto position = entries_.begin(); position != entries_.end();)
    {
        const auto here = position++;
        if (means(what, here->opened->value))
            drop(here);
    }
}

void opened_cache::clear() noexcept
{
    index_.clear();
    entries_.clear();
}

void opened_cache::drop(entries::iterator position) noexcept
{
    const auto [first, last] = index_.equal_range(position->hash);
    const auto found = std::find_if(first, last, [&](const auto& each) { return each.second == position; });
    if (found != last)
        index_.erase(found);
    entries_.erase(position);
}

} // namespace sekisho::session
