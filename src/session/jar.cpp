// SPDX-License-Identifier: Apache-2.0
#include "session/jar.hpp"

#include "http/cookie.hpp"

#include <algorithm>

namespace sekisho::session
{
namespace
{

// Which piece a cookie is, 0 for the first; max_chunks: none. One digit, so that "name.99999999" costs
// nothing (CVE-2024-24814).
std::size_t piece_of(std::string_view cookie_name, std::string_view session_name) noexcept
{
    if (!cookie_name.starts_with(session_name))
        return max_chunks;
    const auto rest = cookie_name.substr(session_name.size());
    if (rest.empty())
        return 0;
    const bool is_numbered = rest.size() == 2 && rest[0] == '.' && rest[1] >= '1' && rest[1] <= '9';
    return is_numbered ? static_cast<std::size_t>(rest[1] - '0') : max_chunks;
}

// How many pieces the first one announces; 0: no number that we write.
std::size_t announced(std::string_view first) noexcept
{
    const bool is_count = !first.empty() && first.front() >= '1' &&
                          first.front() <= static_cast<char>('0' + static_cast<int>(max_chunks));
    return is_count ? static_cast<std::size_t>(first.front() - '0') : 0;
}

bool is_digit(char character) noexcept { return character >= '0' && character <= '9'; }

} // namespace

std::size_t session_cookies::size() const noexcept
{
    std::size_t total = 0;
    for (std::size_t index = 0; index < count; ++index)
        total += chunks[index].size();
    return total;
}

jar::jar(const cookie_config& config)
    : stem_(without_prefix(config.name)), session_name_(session_cookie_name(config))
{
}

session_cookies jar::find(std::span<const http::field> request, std::size_t rank) const noexcept
{
    session_cookies found;
    std::array<std::size_t, max_chunks> seen{};
    http::for_each_cookie(
        request,
        [&](const http::cookie& each)
        {
            const auto piece = piece_of(each.name, session_name_);
            if (piece < max_chunks && seen[piece]++ <= rank)
                found.chunks[piece] = each.value;
        }
    );
    const auto ranks = std::min(std::ranges::max(seen), max_same_named);
    found.is_last = rank + 1 >= ranks;
    if (rank >= ranks)
        return found;
    found.count = announced(found.chunks[0]);
    for (std::size_t index = 1; index < found.count; ++index)
        if (found.chunks[index].empty())
            found.count = 0;
    return found;
}

bool jar::is_ours(std::string_view cookie_name) const noexcept
{
    const auto name = without_prefix(cookie_name);
    if (name.starts_with(sign_in_cookie_stem))
        return true;
    if (!name.starts_with(stem_))
        return false;
    const auto rest = name.substr(stem_.size());
    return rest.empty() || (rest[0] == '.' && std::ranges::all_of(rest.substr(1), is_digit));
}

} // namespace sekisho::session
