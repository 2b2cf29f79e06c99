// SPDX-License-Identifier: Apache-2.0
#include "provider/journal.hpp"

#include "base/encoding.hpp"
#include "provider/masking.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace sekisho::provider
{
namespace
{

constexpr std::array<std::string_view, static_cast<std::size_t>(journal_step::count_)> names{
    "metadata",
    "pushed_request",
    "pushed_response",
    "authorization_request",
    "callback",
    "front_id_token",
    "token_request",
    "token_response",
    "id_token",
    "userinfo_request",
    "userinfo_response",
    "directory",
    "access_token",
    "person",
    "headers",
    "rules",
};

constexpr std::size_t longest_value = 2048;         // bytes
constexpr std::size_t longest_document = 64 * 1024; // bytes
constexpr std::size_t shortest_secret = 8;          // that is looked for inside other texts

// Not in the middle of a character.
std::string cut(std::string text, std::size_t longest)
{
    if (!is_utf8(text))
        return "(" + std::to_string(text.size()) + " bytes that are no UTF-8)";
    if (text.size() <= longest)
        return text;
    const auto whole = text.size();
    auto end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    text.resize(end);
    return text + "… (" + std::to_string(whole) + " bytes)";
}

// One of the first two parts of a JWT; nullopt when it is none.
std::optional<json> part_of(std::string_view jwt, std::size_t number)
{
    for (; number > 0; --number)
    {
        const auto dot = jwt.find('.');
        if (dot == std::string_view::npos)
            return std::nullopt;
        jwt.remove_prefix(dot + 1);
    }
    const auto end = jwt.find('.');
    if (end == std::string_view::npos)
        return std::nullopt;
    const auto bytes = base64url_decode(jwt.substr(0, end));
    if (!bytes)
        return std::nullopt;
    auto read = parse_json(as_text(*bytes));
    if (!read || !read->is_object())
        return std::nullopt;
    return std::move(*read);
}

} // namespace

std::string_view name_of(journal_step step) noexcept { return names.at(static_cast<std::size_t>(step)); }

void journal::begin(journal_step step) { entries_.push_back({step, {}, {}, {}}); }

void journal::value(std::string_view name, std::string_view text)
{
    if (now() == nullptr)
        return;
    if (is_secret_name(name) || is_token_like(text))
    {
        keep_secret(text);
        now()->values.push_back({std::string(name), masked(text)});
        return;
    }
    now()->values.push_back({std::string(name), std::string(text)});
}

void journal::values(const oidc::parameters& all)
{
    for (const auto& each : all)
        value(each.name, each.value);
}

void journal::fields(const http::owned_fields& all)
{
    for (const auto& [name, text] : all)
    {
        const auto space = text.find(' ');
        if (!http::equal_names(name, "Authorization") || space == std::string::npos)
        {
            value(name, text);
            continue;
        }
        const auto credentials = std::string_view(text).substr(space + 1);
        keep_secret(credentials);
        if (now() != nullptr)
            now()->values.push_back({name, text.substr(0, space + 1) + masked(credentials)});
    }
}

void journal::body(std::string_view text)
{
    if (text.empty() || now() == nullptr)
        return;
    const auto read = parse_json(text);
    if (read && read->is_object())
        return document("body", *read);
    if (is_token_like(text))
        return token("body", text);
    now()->values.push_back({"body", "(" + std::to_string(text.size()) + " bytes that are no JSON object)"});
}

void journal::document(std::string_view name, const json& what)
{
    if (now() == nullptr)
        return;
    auto made = masked_members(what);
    for (const auto& each : made.secrets)
        keep_secret(each);
    now()->documents.push_back({std::string(name), std::move(made.shown)});
}

void journal::token(std::string_view name, std::string_view text)
{
    if (now() == nullptr || text.empty())
        return;
    keep_secret(text);
    now()->values.push_back({std::string(name), masked(text)});
    const auto header = part_of(text, 0);
    const auto payload = part_of(text, 1);
    // The parts as they are written too: put together again they would be a token.
    for (auto rest = text; !rest.empty();)
    {
        const auto end = std::min(rest.find('.'), rest.size());
        keep_secret(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (!header || !payload)
        return;
    document(std::string(name) + " (header)", *header);
    document(std::string(name) + " (payload)", *payload);
}

void journal::passed(std::string_view check, std::string_view detail)
{
    if (now() != nullptr)
        now()->checks.push_back({std::string(check), std::nullopt, std::string(detail)});
}

void journal::left_out(std::string_view check, std::string_view why)
{
    if (now() != nullptr)
        now()->checks.push_back(
            {std::string(check), std::nullopt, std::string(why), journal_check::outcome::left_out}
        );
}

void journal::failed(const error& why)
{
    if (now() != nullptr)
        now()->checks.push_back({std::string(why.where), why.code, why.detail, journal_check::outcome::failed}
        );
}

void journal::keep_secret(std::string_view text)
{
    if (text.size() >= shortest_secret && std::ranges::find(secrets_, text) == secrets_.end())
        secrets_.emplace_back(text);
}

std::string journal::without_secrets(std::string text) const
{
    auto longest_first = secrets_; // a part of a token is a secret of its own
    std::ranges::sort(longest_first, std::ranges::greater(), [](const auto& each) { return each.size(); });
    for (const auto& secret : longest_first)
        for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at))
        {
            const auto mask = masked(secret);
            text.replace(at, secret.size(), mask);
            at += mask.size();
        }
    return text;
}

std::vector<journal_entry> journal::entries() const
{
    auto shown = entries_;
    for (auto& entry : shown)
    {
        for (auto& each : entry.values)
            each.text = cut(without_secrets(std::move(each.text)), longest_value);
        for (auto& each : entry.documents)
            each.text = cut(without_secrets(std::move(each.text)), longest_document);
        for (auto& each : entry.checks)
            each.detail = cut(without_secrets(std::move(each.detail)), longest_value);
    }
    return shown;
}

} // namespace sekisho::provider
