// SPDX-License-Identifier: Apache-2.0
#include "oidc/foreign.hpp"

#include <algorithm>

namespace sekisho::oidc
{
namespace
{

// RFC 6749, 4.1.2.1: %x20-21 / %x23-5B / %x5D-7E.
bool is_plain(char each) { return each >= ' ' && each <= '~' && each != '"' && each != '\\'; }

} // namespace

std::string in_quotes(std::string_view foreign, std::size_t limit)
{
    std::string text = "\"";
    for (const char each : foreign.substr(0, limit))
        text += is_plain(each) ? each : '?';
    return text + (foreign.size() > limit ? "\"…" : "\"");
}

std::string in_quotes(std::span<const std::string> foreign)
{
    constexpr std::size_t most = 8;
    constexpr std::size_t longest = 100; // bytes of each
    std::string text;
    for (const auto& each : foreign.first(std::min(most, foreign.size())))
        text.append(text.empty() ? "" : ", ").append(in_quotes(each, longest));
    if (foreign.size() > most)
        text.append(" and ").append(std::to_string(foreign.size() - most)).append(" more");
    return text.empty() ? "none" : text;
}

std::string error_name(std::string_view foreign)
{
    constexpr std::size_t longest = 64;
    if (foreign.empty() || foreign.size() > longest || !std::ranges::all_of(foreign, is_plain))
        return "(unprintable)";
    return std::string(foreign);
}

std::unexpected<error> translated(const error& failure, errc code, std::string_view where)
{
    return fail(code, where, failure.detail);
}

} // namespace sekisho::oidc
