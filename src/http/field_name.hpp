// SPDX-License-Identifier: Apache-2.0
#pragma once
// Field names as an application behind a gateway interface sees them: CGI and its heirs (WSGI, Rack, PHP)
// turn case and every character that is not a letter or digit into one spelling, so "X_Forwarded.User"
// reaches them as "X-Forwarded-User".

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::http
{

namespace detail
{

// Eight characters at once: letters to lower case, digits stay, everything else becomes '-'.
constexpr std::uint64_t canonical_word(std::uint64_t word) noexcept
{
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t high = ones * 0x80;
    const std::uint64_t low = (word & ~high) | ones * 0x20;
    // A sum reaches a byte's high bit exactly when the byte is not below the bound.
    const std::uint64_t letters = (low + ones * (0x80 - 'a')) & ~(low + ones * (0x80 - ('z' + 1)));
    const std::uint64_t bare = word & ~high;
    const std::uint64_t digits = (bare + ones * (0x80 - '0')) & ~(bare + ones * (0x80 - ('9' + 1)));
    const std::uint64_t kept = ((letters | digits) & ~word & high) >> 7;
    const std::uint64_t mask = kept * 0xff;
    return (low & mask) | (ones * '-' & ~mask);
}

inline std::uint64_t load(const char* from, std::size_t size) noexcept
{
    std::uint64_t word = 0;
    std::memcpy(&word, from, size);
    return word;
}

// The last one to eight characters of a name, all of them for a shorter name.
inline std::uint64_t last_word(std::string_view name) noexcept
{
    if (name.size() >= 8)
        return canonical_word(load(name.data() + name.size() - 8, 8));
    if (name.size() >= 4)
        return canonical_word(load(name.data(), 4) | load(name.data() + name.size() - 4, 4) << 32);
    std::uint64_t word = 0;
    for (const char each : name)
        word = word << 8 | static_cast<unsigned char>(each);
    return canonical_word(word);
}

} // namespace detail

// Equal for names that canonical_equal() calls equal. Not for tables that strangers may fill.
inline std::uint64_t canonical_hash(std::string_view name) noexcept
{
    constexpr std::uint64_t odd = 0x9e3779b97f4a7c15;
    std::uint64_t hash = name.size() * odd;
    for (std::size_t at = 0; at + 8 < name.size(); at += 8)
        hash = std::rotl((hash ^ detail::canonical_word(detail::load(name.data() + at, 8))) * odd, 29);
    hash = (hash ^ detail::last_word(name)) * odd;
    return hash ^ (hash >> 32);
}

// Whether an application could take one name for the other.
inline bool canonical_equal(std::string_view left, std::string_view right) noexcept
{
    if (left.size() != right.size())
        return false;
    for (std::size_t at = 0; at + 8 < left.size(); at += 8)
        if (detail::canonical_word(detail::load(left.data() + at, 8)) !=
            detail::canonical_word(detail::load(right.data() + at, 8)))
            return false;
    return detail::last_word(left) == detail::last_word(right);
}

// Whether `name` begins with `prefix` in any spelling.
inline bool canonical_starts_with(std::string_view name, std::string_view prefix) noexcept
{
    return name.size() >= prefix.size() && canonical_equal(name.substr(0, prefix.size()), prefix);
}

// The one spelling: lower case, '-' for everything but letters and digits.
std::string canonical_name(std::string_view name);

// Values by field name in any spelling. Built once, then only read; looking up neither allocates nor locks.
template <class Value>
class name_table
{
public:
    name_table() = default;

    // The first entry of a name wins. Entries with an empty name are passed over.
    explicit name_table(std::vector<std::pair<std::string, Value>> entries)
    {
        if (entries.empty())
            return;
        slots_.resize(std::bit_ceil(entries.size() * 2 + 1));
        for (auto& [name, value] : entries)
        {
            if (name.empty() || find(name) != nullptr)
                continue;
            slot& free = slots_[free_slot(canonical_hash(name))];
            free.hash = canonical_hash(name);
            free.name = std::move(name);
            free.value = std::move(value);
            ++size_;
        }
    }

    // nullptr: no such name. The pointer lives as long as the table.
    const Value* find(std::string_view name) const noexcept
    {
        if (slots_.empty())
            return nullptr;
        const std::uint64_t hash = canonical_hash(name);
        const std::size_t mask = slots_.size() - 1;
        for (std::size_t at = hash & mask;; at = (at + 1) & mask)
        {
            const slot& here = slots_[at];
            if (here.name.empty())
                return nullptr;
            if (here.hash == hash && canonical_equal(here.name, name))
                return &here.value;
        }
    }

    std::size_t size() const noexcept { return size_; }

private:
    struct slot
    {
        std::uint64_t hash = 0;
        std::string name; // empty: free
        Value value{};
    };

    std::size_t free_slot(std::uint64_t hash) const noexcept
    {
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = hash & mask;
        while (!slots_[at].name.empty())
            at = (at + 1) & mask;
        return at;
    }

    std::vector<slot> slots_;
    std::size_t size_ = 0;
};

// Field names in any spelling.
class name_set
{
public:
    name_set() = default;
    name_set(std::initializer_list<std::string_view> names);
    explicit name_set(std::span<const std::string> names);

    bool contains(std::string_view name) const noexcept { return table_.find(name) != nullptr; }
    std::size_t size() const noexcept { return table_.size(); }

private:
    struct nothing
    {
    };
    name_table<nothing> table_;
};

} // namespace sekisho::http
