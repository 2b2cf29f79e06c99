// SPDX-License-Identifier: Apache-2.0
#pragma once
// Structured events. Hides spdlog. An event has a name and fields; secrets, tokens, cookies and codes are
// never fields.

#include "base/error.hpp"

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace sekisho::log
{

enum class level : std::uint8_t
{
    trace,
    debug,
    info,
    warning,
    error,
    off,
};

enum class format : std::uint8_t
{
    text, // key=value for people
    json, // one object per line
};

struct field
{
    using value_type = std::variant<std::string_view, std::int64_t, double, bool>;

    field(std::string_view key, std::string_view text) : name(key), value(text) {}
    field(std::string_view key, const std::string& text) : name(key), value(std::string_view(text)) {}
    field(std::string_view key, const char* text) : name(key), value(std::string_view(text)) {}
    field(std::string_view key, bool flag) : name(key), value(flag) {}
    field(std::string_view key, double number) : name(key), value(number) {}
    template <std::integral Integer>
    field(std::string_view key, Integer number) : name(key), value(static_cast<std::int64_t>(number))
    {
    }

    std::string_view name;
    value_type value;
};

// Sends events of at least `least` to standard output in this form. Called at start and at reload, from any
// thread.
void configure(level least, format form);

bool is_enabled(level at) noexcept;

// A field that every line has from now on, access lines included, with the value true: a state of the program
// that nobody may overlook. `name` is a literal; null: none. Any thread.
void mark_lines(const char* name) noexcept;
// Empty: none.
std::string_view line_mark() noexcept;

// Writes one event: time, level, event name, fields. Control characters in values are escaped. Thread-safe.
void write(level at, std::string_view event, std::initializer_list<field> fields = {});

inline void debug(std::string_view event, std::initializer_list<field> fields = {})
{
    write(level::debug, event, fields);
}
inline void info(std::string_view event, std::initializer_list<field> fields = {})
{
    write(level::info, event, fields);
}
inline void warning(std::string_view event, std::initializer_list<field> fields = {})
{
    write(level::warning, event, fields);
}
inline void error(std::string_view event, std::initializer_list<field> fields = {})
{
    write(level::error, event, fields);
}

// One failure at the level of its row, with fields code, where and detail, then these.
void failure(std::string_view event, const sekisho::error& what, std::initializer_list<field> fields = {});

// What one event looks like, without the newline; the pure half of write(). `when` is microseconds since the
// epoch.
std::string
render(format form, std::int64_t when, level at, std::string_view event, std::initializer_list<field> fields);

// Appends finished lines (each with its newline) to the same output: the access log's own batches.
void append_lines(std::string_view lines);

// Writes out what is buffered; at the end of the program.
void flush();

} // namespace sekisho::log
