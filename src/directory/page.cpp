// SPDX-License-Identifier: Apache-2.0
#include "directory/page.hpp"

#include "http/link.hpp"
#include "oidc/foreign.hpp"
#include "provider/caller.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace sekisho::directory
{
namespace
{

constexpr auto meaning = errc::oidc_directory_failure;
constexpr std::size_t longest_value = 1024;

} // namespace

result<url> next_address(std::string_view named, const url& asked, std::string_view where)
{
    auto parsed = url::parse(named.starts_with('/') ? asked.origin().append(named) : std::string(named));
    if (!parsed)
        return fail(meaning, where, "the address of the next page is unusable: " + parsed.error().detail);
    if (!same_origin(*parsed, asked))
        return fail(
            meaning,
            where,
            "the next page is said to be at " + oidc::in_quotes(parsed->origin()) + ", not at " +
                asked.origin() + "; the access token does not go there"
        );
    return parsed;
}

result<std::optional<url>>
linked_page(const net::incoming_response& answer, const url& asked, std::string_view where)
{
    const auto named = http::linked(provider::field_of(answer, "Link"), "next");
    if (!named)
        return fail(meaning, where, "the Link field is malformed: " + named.error().detail);
    if (!*named)
        return std::nullopt;
    auto next = next_address(**named, asked, where);
    if (!next)
        return std::unexpected(next.error());
    return std::move(*next);
}

result<json> answered_json(const net::incoming_response& answer, std::string_view where)
{
    auto parsed = parse_json(answer.body, {.size = 4 * 1024 * 1024, .depth = 32});
    if (!parsed)
        return fail(
            meaning,
            where,
            "the answer is no usable JSON (" + parsed.error().detail + "); its Content-Type is " +
                oidc::in_quotes(provider::field_of(answer, "Content-Type"), 64)
        );
    return parsed;
}

entry_reader text_of_entry(std::string_view name)
{
    return [name](const json_object& entry) -> result<std::optional<std::string>>
    {
        auto value = entry.text(name);
        if (!value)
            return std::unexpected(std::move(value.error()));
        if (value->empty() || value->size() > longest_value)
            return fail(
                meaning,
                "entry",
                std::string(name) + " has " + std::to_string(value->size()) + " bytes, expected 1 to " +
                    std::to_string(longest_value)
            );
        return std::move(*value);
    };
}

result<std::vector<std::string>>
values_of_entries(const json& entries, const entry_reader& read, std::string_view where)
{
    if (!entries.is_array())
        return fail(meaning, where, std::string("the list is no array but: ") + entries.type_name());
    std::vector<std::string> all;
    all.reserve(entries.size());
    for (const auto& each : entries)
    {
        const auto entry = json_object::of(each, where);
        auto value =
            entry ? read(*entry) : result<std::optional<std::string>>(std::unexpected(entry.error()));
        if (!value)
            return fail(meaning, where, "an entry of the list is unusable: " + value.error().detail);
        if (*value)
            all.push_back(std::move(**value));
    }
    return all;
}

result<page> linked_list(
    const net::incoming_response& answer, const url& asked, const entry_reader& read, std::string_view where
)
{
    const auto entries = answered_json(answer, where);
    if (!entries)
        return std::unexpected(entries.error());
    auto values = values_of_entries(*entries, read, where);
    if (!values)
        return std::unexpected(values.error());
    auto next = linked_page(answer, asked, where);
    if (!next)
        return std::unexpected(next.error());
    return page{std::move(*values), std::move(*next)};
}

result<url> address_below(const url& base, std::string_view rest, std::string_view where)
{
    std::string text = base.origin() + base.path();
    while (text.ends_with('/'))
        text.pop_back();
    auto made = url::parse(text.append(rest));
    if (!made)
        return fail(meaning, where, "the address of the API is unusable: " + made.error().detail);
    return made;
}

} // namespace sekisho::directory
