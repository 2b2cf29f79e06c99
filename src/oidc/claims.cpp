// SPDX-License-Identifier: Apache-2.0
#include "oidc/claims.hpp"

#include "http/fields.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <utility>

namespace sekisho::oidc
{
namespace
{

const json* member(const json& object, std::string_view name)
{
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

// RFC 6901, 4: ~1 is a slash, ~0 a tilde.
std::string unescaped(std::string_view token)
{
    std::string text;
    for (std::size_t index = 0; index < token.size(); ++index)
    {
        const bool is_escape = token[index] == '~' && index + 1 < token.size();
        if (is_escape && token[index + 1] == '1')
            text += '/', ++index;
        else if (is_escape && token[index + 1] == '0')
            text += '~', ++index;
        else
            text += token[index];
    }
    return text;
}

const json* element(const json& array, std::string_view token)
{
    std::size_t index = 0;
    const auto* const end = token.data() + token.size();
    const auto [stop, failure] = std::from_chars(token.data(), end, index);
    if (failure != std::errc{} || stop != end || index >= array.size())
        return nullptr;
    return array[index].is_null() ? nullptr : &array[index];
}

const json* follow_pointer(const json& object, std::string_view pointer)
{
    const auto* at = &object;
    while (at && !pointer.empty())
    {
        pointer.remove_prefix(1); // the slash
        const auto token = pointer.substr(0, pointer.find('/'));
        pointer.remove_prefix(token.size());
        at = at->is_array() ? element(*at, token) : member(*at, unescaped(token));
    }
    return at;
}

// The longest first name wins, for a name may contain dots ("https://example.com/app.roles").
const json* follow_dots(const json& object, std::string_view path)
{
    if (const auto* const whole = member(object, path))
        return whole;
    for (auto dot = path.rfind('.'); dot != std::string_view::npos && dot > 0; dot = path.rfind('.', dot - 1))
        if (const auto* const step = member(object, path.substr(0, dot)))
            if (const auto* const found = follow_dots(*step, path.substr(dot + 1)))
                return found;
    return nullptr;
}

bool is_text(const json& value) { return value.is_string() && !value.get_ref<const std::string&>().empty(); }

bool has(const json& object, std::string_view name)
{
    const auto found = object.find(name);
    return found != object.end() && says_something(&*found);
}

bool is_same_address(const json& left, const json& right)
{
    return left.is_string() && right.is_string() &&
           http::equal_names(left.get_ref<const std::string&>(), right.get_ref<const std::string&>());
}

// What is to be said of `email` of the first, which is the address that counts: its own word, or that of the
// second about the same address. Of another one a yes proves nothing; anything else may warn. nullptr:
// nothing.
const json* verification_of(const json& first, const json& second)
{
    constexpr auto name = "email_verified";
    if (first.contains(name))
        return &first[name];
    if (!second.contains(name))
        return nullptr;
    const auto& word = second[name];
    const bool is_yes = word == true || word == "true";
    const bool is_of_this = has(second, "email") && is_same_address(first["email"], second["email"]);
    return is_yes && !is_of_this ? nullptr : &word;
}

} // namespace

bool says_something(const json* claim)
{
    return claim != nullptr && !claim->is_null() &&
           !(claim->is_string() && claim->get_ref<const std::string&>().empty());
}

const json* find_claim(const json& object, std::string_view path)
{
    const auto* const verbatim = member(object, path);
    if (verbatim || !path.starts_with('/'))
        return verbatim ? verbatim : follow_dots(object, path);
    return follow_pointer(object, path);
}

claims::claims() : claims(json::object()) {}

claims::claims(json object) : object_(std::make_shared<const json>(std::move(object))) {}

result<claims> claims::parse(std::string_view text, std::string_view where)
{
    auto parsed = parse_json(text);
    if (!parsed)
        return fail(parsed.error().code, where, parsed.error().detail);
    return of(std::move(*parsed), where);
}

result<claims> claims::of(json object, std::string_view where)
{
    if (!object.is_object())
        return fail(
            errc::value_malformed, where, std::string("is not a JSON object but: ") + object.type_name()
        );
    return claims(std::move(object));
}

const json* claims::find(std::string_view path) const { return find_claim(*object_, path); }

std::optional<std::string> claims::text(std::string_view path) const
{
    const auto* const value = find(path);
    return value && is_text(*value) ? std::optional(value->get<std::string>()) : std::nullopt;
}

std::vector<std::string> claims::texts(std::string_view path) const
{
    const auto* const value = find(path);
    if (!value)
        return {};
    if (is_text(*value))
        return {value->get<std::string>()};
    std::vector<std::string> all;
    if (value->is_array())
        for (const auto& each : *value)
            if (is_text(each))
                all.push_back(each.get<std::string>());
    return all;
}

std::optional<bool> claims::flag(std::string_view path) const
{
    const auto* const value = find(path);
    return value && value->is_boolean() ? std::optional(value->get<bool>()) : std::nullopt;
}

std::optional<double> claims::number(std::string_view path) const
{
    const auto* const value = find(path);
    return value && value->is_number() ? std::optional(value->get<double>()) : std::nullopt;
}

oidc::subject claims::subject() const
{
    const auto* const value = member(*object_, "sub");
    return oidc::subject(value && value->is_string() ? value->get<std::string>() : std::string());
}

claims claims::with_missing_from(const claims& other) const
{
    const auto& mine = *object_;
    const auto& theirs = *other.object_;
    auto all = mine;
    for (const auto& [name, value] : theirs.items())
        if (!mine.contains(name))
            all[name] = value;
    if (!has(all, "email"))
        return claims(std::move(all));
    const auto is_mine = has(mine, "email");
    if (const auto* const word = is_mine ? verification_of(mine, theirs) : verification_of(theirs, mine))
        all["email_verified"] = *word;
    else
        all.erase("email_verified");
    return claims(std::move(all));
}

std::string claims::to_text() const { return sekisho::to_text(*object_); }

} // namespace sekisho::oidc
