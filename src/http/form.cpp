// SPDX-License-Identifier: Apache-2.0
#include "http/form.hpp"

#include "base/encoding.hpp"

#include <algorithm>
#include <set>

namespace sekisho::http
{
namespace
{

constexpr std::string_view where = "form";

result<form_field> read_field(std::string_view piece)
{
    const std::size_t equals = std::min(piece.find('='), piece.size());
    auto name = form_decode(piece.substr(0, equals));
    if (!name)
        return std::unexpected(std::move(name.error()));
    auto value = form_decode(piece.substr(std::min(equals + 1, piece.size())));
    if (!value)
        return std::unexpected(std::move(value.error()));
    return form_field{.name = std::move(*name), .value = std::move(*value)};
}

std::unexpected<error> duplicated(std::string_view name)
{
    return fail(
        errc::oidc_parameter_duplicated,
        where,
        "\"" + std::string(name.substr(0, 64)) + "\" occurs more than once"
    );
}

} // namespace

result<form> form::parse(std::string_view text, form_limits limits)
{
    if (text.size() > limits.bytes)
        return fail(
            errc::value_too_large,
            where,
            std::to_string(text.size()) + " bytes, at most " + std::to_string(limits.bytes) + " are read"
        );
    form read;
    while (!text.empty())
    {
        const std::size_t end = std::min(text.find('&'), text.size());
        const std::string_view piece = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (piece.empty())
            continue;
        if (read.fields_.size() == limits.fields)
            return fail(
                errc::value_too_large, where, "more than " + std::to_string(limits.fields) + " fields"
            );
        auto field = read_field(piece);
        if (!field)
            return std::unexpected(std::move(field.error()));
        read.fields_.push_back(std::move(*field));
    }
    return read;
}

std::optional<std::string_view> form::first(std::string_view name) const noexcept
{
    const auto found = std::ranges::find(fields_, name, &form_field::name);
    return found == fields_.end() ? std::nullopt : std::optional<std::string_view>(found->value);
}

std::size_t form::count(std::string_view name) const noexcept
{
    return static_cast<std::size_t>(std::ranges::count(fields_, name, &form_field::name));
}

result<std::optional<std::string_view>> form::unique(std::string_view name) const
{
    if (count(name) > 1)
        return duplicated(name);
    return first(name);
}

result<void> form::all_unique() const
{
    std::set<std::string_view> seen;
    for (const form_field& each : fields_)
        if (!seen.insert(each.name).second)
            return duplicated(each.name);
    return {};
}

form_writer& form_writer::add(std::string_view name, std::string_view value)
{
    if (!text_.empty())
        text_.push_back('&');
    text_.append(form_encode(name)).append("=").append(form_encode(value));
    return *this;
}

} // namespace sekisho::http
