// SPDX-License-Identifier: Apache-2.0
#include "identity/claim_list.hpp"

#include "identity/characters.hpp"
#include "identity/claim_text.hpp"
#include "identity/group_name.hpp"
#include "identity/identity.hpp"

#include <nlohmann/json.hpp>

#include <numeric>
#include <optional>
#include <unordered_set>
#include <utility>

namespace sekisho::identity
{
namespace
{

using texts = std::vector<std::string>;

texts split(std::string_view text, std::string_view delimiter)
{
    texts pieces;
    for (auto end = text.find(delimiter); !delimiter.empty() && end != std::string_view::npos;
         end = text.find(delimiter))
    {
        pieces.emplace_back(trimmed(text.substr(0, end)));
        text.remove_prefix(end + delimiter.size());
    }
    pieces.emplace_back(delimiter.empty() ? text : trimmed(text));
    return pieces;
}

// A text that is a JSON array, as providers send it that only know claims of one text.
std::optional<json> as_array(std::string_view text)
{
    if (!text.starts_with('['))
        return std::nullopt;
    auto parsed = parse_json(text);
    if (!parsed || !parsed->is_array())
        return std::nullopt;
    return *std::move(parsed);
}

result<std::string> element_text(const json& element, const claim_path& path)
{
    if (path.member.empty())
    {
        if (element.is_string())
            return element.get<std::string>();
        return unusable(
            path.written,
            element.is_object()
                ? std::string("has objects for elements: name the member that counts, as in \"groups[].name\""
                  )
                : "has an element that is not a text but: " + std::string(element.type_name())
        );
    }
    const auto* const member = oidc::find_claim(element, path.member);
    auto text = member == nullptr ? std::nullopt : scalar_text(*member);
    if (!text)
        return unusable(
            path.written,
            member == nullptr
                ? std::string("has an element without that member")
                : "has an element whose member is not a text but: " + std::string(member->type_name())
        );
    return *std::move(text);
}

result<texts> elements_of(const json& array, const claim_path& path)
{
    texts values;
    for (const auto& element : array)
    {
        auto text = element_text(element, path);
        if (!text)
            return std::unexpected(text.error());
        values.push_back(*std::move(text));
    }
    return values;
}

result<texts> keys_of(const json& value, const claim_path& path)
{
    if (!value.is_object())
        return unusable(path.written, std::string("is not an object but: ") + value.type_name());
    texts keys;
    for (const auto& [key, unused] : value.items())
        keys.push_back(key);
    return keys;
}

// As they are written, before anything is checked.
result<texts> written_texts(const json& value, const claim_path& path, const list_reading& how)
{
    if (path.form == element_form::keys)
        return keys_of(value, path);
    if (value.is_array())
        return elements_of(value, path);
    if (how.form == list_form::values && value.is_number_integer())
        return texts{value.dump()};
    if (!value.is_string())
        return unusable(
            path.written, std::string("is neither a text nor an array of texts but: ") + value.type_name()
        );
    const auto& text = value.get_ref<const std::string&>();
    if (how.form == list_form::names)
        if (const auto array = as_array(text))
            return elements_of(*array, path);
    if (!path.member.empty())
        return unusable(path.written, std::string("is not an array but: ") + value.type_name());
    return split(text, how.delimiter);
}

result<texts> texts_of(const json& value, const claim_path& path, const list_reading& how)
{
    auto written = written_texts(value, path, how);
    if (!written)
        return std::unexpected(written.error());
    texts values;
    for (auto& text : *written)
    {
        if (!is_clean_text(text))
            return unusable(path.written, "holds control characters");
        if (is_blank(text))
            continue;
        if (path.form == element_form::common_name)
        {
            auto name = common_name(text);
            if (!name || is_blank(*name) || !is_clean_text(*name))
                return unusable(path.written, "has an element that does not begin with CN= and a name");
            text = *std::move(name);
        }
        if (text.size() > max_text_size)
            return unusable(
                path.written,
                "has an element of " + std::to_string(text.size()) + " bytes, expected at most " +
                    std::to_string(max_text_size)
            );
        values.push_back(std::move(text));
    }
    return each_once(std::move(values));
}

} // namespace

std::vector<std::string> each_once(std::vector<std::string> values)
{
    std::unordered_set<std::string> seen;
    std::erase_if(values, [&](const auto& value) { return !seen.insert(value).second; });
    return values;
}

result<std::vector<std::string>>
read_list(const claim_sources& from, const claim_chain& chain, const list_reading& how)
{
    for (const auto& path : chain)
    {
        const auto value = find(from, path);
        if (!value)
            return std::unexpected(value.error());
        if (*value == nullptr)
            continue;
        auto values = texts_of(**value, path, how);
        if (!values || !values->empty())
            return values;
    }
    return std::vector<std::string>();
}

result<void> check_size(const std::vector<std::string>& values, std::string_view what)
{
    const auto size = std::accumulate(
        values.begin(),
        values.end(),
        std::size_t{0},
        [](std::size_t sum, const auto& value) { return sum + value.size(); }
    );
    if (values.size() <= max_list_items && size <= max_list_size)
        return {};
    std::string detail(what);
    detail.append(" are too many for a session: ").append(std::to_string(values.size()));
    detail.append(" of ").append(std::to_string(size)).append(" bytes together; at most ");
    detail.append(std::to_string(max_list_items)).append(" and ").append(std::to_string(max_list_size));
    detail.append(" bytes: let the provider send fewer, or filter groups");
    return fail(errc::oidc_identity_unusable, "identity.mapping", std::move(detail));
}

} // namespace sekisho::identity
