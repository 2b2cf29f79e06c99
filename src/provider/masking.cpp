// SPDX-License-Identifier: Apache-2.0
#include "provider/masking.hpp"

#include "http/fields.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace sekisho::provider
{
namespace
{

constexpr std::array<std::string_view, 22> secret_names{
    "code",
    "access_token",
    "refresh_token",
    "id_token",
    "id_token_hint",
    "token",
    "client_secret",
    "client_assertion",
    "assertion",
    "code_verifier",
    "password",
    "authorization",
    "cookie",
    "device_code",
    "logout_token",
    "subject_token",
    "actor_token",
    "device_secret",
    "registration_access_token",
    "request",
    "jwt", // of an aggregated claim source
    "secret",
};

bool is_of_token(char each) noexcept
{
    return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') ||
           each == '-' || each == '_' || each == '.' || each == '=';
}

void mask_into(json& value, std::string_view name, std::vector<std::string>& found)
{
    if (value.is_string())
    {
        auto& text = value.get_ref<std::string&>();
        if (text.empty() || (!is_secret_name(name) && !is_token_like(text)))
            return;
        found.push_back(text);
        text = masked(text);
        return;
    }
    if (value.is_object())
        for (auto& [member, inside] : value.items())
            mask_into(inside, member, found);
    if (value.is_array())
        for (auto& inside : value)
            mask_into(inside, name, found);
}

} // namespace

std::string masked(std::string_view secret)
{
    if (secret.empty())
        return "(empty)";
    // Characters of more than one byte are no base64: they might be cut in the middle.
    const auto is_plain = std::ranges::all_of(secret, [](char each) { return each > ' ' && each < 0x7f; });
    const auto shown = is_plain && secret.size() >= 8 * shown_of_secret ? shown_of_secret : 0;
    return std::string(secret.substr(0, shown)) + "… (" + std::to_string(secret.size()) + " characters)";
}

bool is_secret_name(std::string_view name) noexcept
{
    return std::ranges::any_of(
        secret_names, [&](std::string_view each) { return http::equal_names(each, name); }
    );
}

bool is_token_like(std::string_view text) noexcept
{
    return text.size() > 20 && text.starts_with("ey") && std::ranges::count(text, '.') >= 2 &&
           std::ranges::all_of(text, is_of_token);
}

masked_json masked_members(json value)
{
    masked_json made;
    mask_into(value, {}, made.secrets);
    made.shown = value.dump(2, ' ', false, json::error_handler_t::replace);
    return made;
}

} // namespace sekisho::provider
