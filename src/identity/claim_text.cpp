// SPDX-License-Identifier: Apache-2.0
#include "identity/claim_text.hpp"

#include "identity/characters.hpp"
#include "identity/identity.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace sekisho::identity
{
namespace
{

// The text at `path`; nullopt: none.
result<std::optional<std::string>> text_at(const claim_sources& from, const claim_path& path)
{
    const auto value = find(from, path);
    if (!value)
        return std::unexpected(value.error());
    return *value == nullptr ? std::nullopt : scalar_text(**value);
}

// Of a value that is no text.
std::string kind_of(const json& value)
{
    if (value.is_string())
        return "empty";
    if (value.is_number())
        return "a number that is no integer of 64 bits";
    return value.type_name();
}

} // namespace

std::optional<std::string> scalar_text(const json& value)
{
    if (value.is_string() && !value.get_ref<const std::string&>().empty())
        return value.get<std::string>();
    if (value.is_number_integer())
        return value.dump();
    return std::nullopt;
}

std::string_view fault_of_name(std::string_view text)
{
    if (text.size() > max_text_size)
        return "is longer than 1024 bytes";
    if (!is_clean_text(text))
        return "holds control characters";
    if (is_blank(text))
        return "holds nothing but spaces";
    // They do not survive a header line: " admin" would arrive as "admin".
    if (trimmed(text).size() != text.size())
        return "begins or ends with a space";
    if (has_invisible(text))
        return "holds invisible characters";
    return {};
}

std::string looked_for(const claim_sources& from, const claim_chain& chain)
{
    std::string text;
    for (const auto& path : chain)
    {
        text.append(text.empty() ? "" : ", ").append(path.written);
        if (const auto value = find(from, path); value && *value != nullptr)
            text.append(" (").append(kind_of(**value)).append(")");
    }
    return text.empty() ? "(none configured)" : text;
}

result<claim_text> first_name(const claim_sources& from, const claim_chain& chain)
{
    for (const auto& path : chain)
    {
        auto text = text_at(from, path);
        if (!text)
            return std::unexpected(text.error());
        if (!*text)
            continue;
        if (const auto fault = fault_of_name(**text); !fault.empty())
            return unusable(path.written, fault);
        return claim_text{path.written, **std::move(text)};
    }
    return claim_text{};
}

result<claim_text> first_display_text(const claim_sources& from, const claim_chain& chain)
{
    for (const auto& path : chain)
    {
        const auto text = text_at(from, path);
        if (!text)
            return std::unexpected(text.error());
        if (!*text || is_blank(**text))
            continue;
        if (!is_clean_text(**text))
            return unusable(path.written, "holds control characters");
        return claim_text{path.written, std::string(trimmed(**text))};
    }
    return claim_text{};
}

} // namespace sekisho::identity
