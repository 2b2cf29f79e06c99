// SPDX-License-Identifier: Apache-2.0
#pragma once
// How the value of a setting is written: the name of its form, how it is read and how it is printed.

#include "settings/model.hpp"
#include "settings/names.hpp"

#include <array>
#include <cstddef>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace sekisho::settings
{

enum class form_type : std::uint8_t
{
    text,
    number,
    boolean,
    choice,
    secret,
};

// What stands between the items of a list that is written as one text; always a line break too.
enum class separation : std::uint8_t
{
    comma_or_space, // where items hold neither
    comma,
    semicolon, // where items hold commas
    space,
};

// What people are told about a form.
struct form
{
    std::string_view name;          // "duration": the reference's column
    std::string_view expected = {}; // "a duration such as 90s, 15m or 1h30m"; empty for a choice
    form_type type = form_type::text;
    std::span<const std::string_view> choices = {};
    separation separated_by = separation::comma_or_space; // items of a list of it
    std::span<const std::string_view> also = {};          // further choices, that people are not told of
};

// Why a text is not of its form; empty: nothing to add to "expected …".
using misspelling = std::string;
template <class T>
using read_value = std::expected<T, misspelling>;

// Each specialisation has `described` (a form), `read` and `print`; print gives what read takes.
template <class T>
struct spelling;

template <class Enum>
    requires std::is_enum_v<Enum>
struct spelling<Enum>
{
    static constexpr form described = []
    {
        form made{.name = "choice", .type = form_type::choice, .choices = names_of<Enum>::value};
        if constexpr (requires { names_of<Enum>::also; })
            made.also = names_of<Enum>::also;
        return made;
    }();
    static read_value<Enum> read(std::string_view text)
    {
        const auto& names = names_of<Enum>::value;
        for (std::size_t index = 0; index < names.size(); ++index)
            if (names[index] == text)
                return static_cast<Enum>(index);
        if constexpr (requires { names_of<Enum>::also; })
            for (std::size_t index = 0; index < names_of<Enum>::also.size(); ++index)
                if (names_of<Enum>::also[index] == text)
                    return names_of<Enum>::also_means.at(index);
        return std::unexpected(misspelling());
    }
    static std::string print(Enum value)
    {
        return std::string(names_of<Enum>::value.at(static_cast<std::size_t>(value)));
    }
};

template <>
struct spelling<std::string>
{
    static constexpr form described{.name = "text", .expected = "one line of UTF-8 text"};
    static read_value<std::string> read(std::string_view text);
    static std::string print(const std::string& value) { return value; }
};

template <>
struct spelling<bool>
{
    static constexpr std::array<std::string_view, 2> names{"true", "false"};
    static constexpr form described{
        .name = "boolean", .expected = {}, .type = form_type::boolean, .choices = names
    };
    static read_value<bool> read(std::string_view text);
    static std::string print(bool value) { return value ? "true" : "false"; }
};

template <>
struct spelling<std::uint32_t>
{
    static constexpr form described{
        .name = "number", .expected = "a whole number up to 4294967295", .type = form_type::number
    };
    static read_value<std::uint32_t> read(std::string_view text);
    static std::string print(std::uint32_t value) { return std::to_string(value); }
};

template <>
struct spelling<byte_size>
{
    static constexpr form described{.name = "size", .expected = "a size such as 64KiB, 10MB or 1048576"};
    static read_value<byte_size> read(std::string_view text);
    static std::string print(byte_size value);
};

template <>
struct spelling<std::chrono::milliseconds>
{
    static constexpr form described{
        .name = "duration", .expected = "a duration such as 250ms, 90s, 15m, 12h, 7d or 1h30m"
    };
    static read_value<std::chrono::milliseconds> read(std::string_view text);
    static std::string print(std::chrono::milliseconds value) { return format_duration(value); }
};

template <>
struct spelling<std::chrono::seconds>
{
    static constexpr form described{
        .name = "duration", .expected = "a duration of whole seconds such as 90s, 15m, 12h, 7d or 1h30m"
    };
    static read_value<std::chrono::seconds> read(std::string_view text);
    static std::string print(std::chrono::seconds value) { return format_duration(value); }
};

template <>
struct spelling<url>
{
    static constexpr form described{
        .name = "address", .expected = "an absolute address such as https://app.example.com"
    };
    static read_value<url> read(std::string_view text);
    static std::string print(const url& value) { return value.text(); }
};

template <>
struct spelling<listen_address>
{
    static constexpr form described{
        .name = "listen address",
        .expected = "an address and port such as :8080, 127.0.0.1:8080 or [::1]:8080"
    };
    static read_value<listen_address> read(std::string_view text);
    static std::string print(const listen_address& value);
};

template <>
struct spelling<header_name>
{
    static constexpr form described{
        .name = "header name", .expected = "a header name such as X-Forwarded-User, or off"
    };
    static read_value<header_name> read(std::string_view text); // "off" and "": none
    static std::string print(const header_name& value) { return value.empty() ? "off" : value.str(); }
};

template <>
struct spelling<header_claim>
{
    static constexpr form described{
        .name = "header and claim",
        .expected = "a header name and the path of a claim such as \"X-Department: department\"",
        .separated_by = separation::comma
    };
    static read_value<header_claim> read(std::string_view text);
    static std::string print(const header_claim& value) { return value.header + ": " + value.claim; }
};

template <>
struct spelling<named_value>
{
    static constexpr form described{
        .name = "name and value",
        .expected = "a name and a value such as audience=https://api.example.com",
        .separated_by = separation::semicolon
    };
    static read_value<named_value> read(std::string_view text);
    static std::string print(const named_value& value) { return value.name + "=" + value.value; }
};

template <>
struct spelling<step_up_rule>
{
    static constexpr form described{
        .name = "step-up rule",
        .expected = "a path and what it demands, such as \"/admin/* acr=urn:mfa,urn:key max_age=5m\" or "
                    "\"/reports/* scope=reports.read parameter=audience:reports\"",
        .separated_by = separation::semicolon
    };
    static read_value<step_up_rule> read(std::string_view text);
    static std::string print(const step_up_rule& value);
};

template <>
struct spelling<secret>
{
    static constexpr form described{
        .name = "secret", .expected = "one line of text", .type = form_type::secret
    };
    static read_value<secret> read(std::string_view text);
    static std::string print(const secret& value) { return value.empty() ? "" : "(set, not shown)"; }
};

// "" and, where a listener is meant, "off" say that there is none.
template <class T>
struct spelling<std::optional<T>>
{
    static constexpr form described = spelling<T>::described;
    static constexpr std::string_view none = std::is_same_v<T, listen_address> ? "off" : "";
    static read_value<std::optional<T>> read(std::string_view text)
    {
        if (text.empty() || text == none)
            return std::optional<T>();
        auto value = spelling<T>::read(text);
        if (!value)
            return std::unexpected(value.error());
        return std::optional<T>(std::move(*value));
    }
    static std::string print(const std::optional<T>& value)
    {
        return value ? spelling<T>::print(*value) : std::string(none);
    }
};

// Without white space around the items and without empty ones.
std::vector<std::string> split_list(std::string_view text, separation by);

} // namespace sekisho::settings
