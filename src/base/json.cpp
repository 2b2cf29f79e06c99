// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"

#include <nlohmann/json.hpp>

#include <fmt/format.h>
#include <iterator>
#include <utility>

namespace sekisho
{
namespace
{

// Reads characters and lets others see how far it has come.
struct counting_iterator
{
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    const char* at = nullptr;
    std::size_t* consumed = nullptr;

    const char& operator*() const { return *at; }
    counting_iterator& operator++()
    {
        ++at;
        ++*consumed;
        return *this;
    }
    friend bool operator==(const counting_iterator& left, const counting_iterator& right)
    {
        return left.at == right.at;
    }
};

// Builds the value from the parser's events. The parser itself does not recurse, and what is built is never
// deeper than the limit, so that neither reading nor destroying it can exhaust the stack.
class builder
{
public:
    builder(json_limits limits, const std::size_t& consumed) : limits_(limits), consumed_(consumed) {}

    bool null() { return add(nullptr); }
    bool boolean(bool value) { return add(value); }
    bool number_integer(json::number_integer_t value) { return add(value); }
    bool number_unsigned(json::number_unsigned_t value) { return add(value); }
    bool number_float(json::number_float_t value, const std::string&) { return add(value); }
    bool string(std::string& value) { return add(std::move(value)); }
    bool binary(json::binary_t&) { return false; } // no text has any
    bool start_object(std::size_t) { return open(json::value_t::object); }
    bool start_array(std::size_t) { return open(json::value_t::array); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }

    bool key(std::string& name)
    {
        if (open_.back()->contains(name))
            return refuse(errc::value_malformed, "a second member of the same name");
        name_ = std::move(name);
        return true;
    }

    template <class Exception>
    bool parse_error(std::size_t, const std::string&, const Exception&)
    {
        return refuse(errc::value_malformed, "not valid JSON"); // what was read stays out: it may be a secret
    }

    json root;
    std::optional<error> failure;

private:
    template <class Value>
    json* place(Value&& value)
    {
        if (open_.empty())
            return &(root = std::forward<Value>(value));
        if (open_.back()->is_array())
            return &open_.back()->emplace_back(std::forward<Value>(value));
        return &((*open_.back())[name_] = std::forward<Value>(value));
    }

    template <class Value>
    bool add(Value&& value)
    {
        place(std::forward<Value>(value));
        return true;
    }

    bool open(json::value_t kind)
    {
        if (open_.size() >= limits_.depth)
            return refuse(errc::value_too_large, fmt::format("nested deeper than {}", limits_.depth));
        open_.push_back(place(json(kind)));
        return true;
    }

    bool close()
    {
        open_.pop_back();
        return true;
    }

    bool refuse(errc code, std::string_view reason)
    {
        failure = error{code, "json", fmt::format("{} at byte {}", reason, consumed_)};
        return false;
    }

    json_limits limits_;
    const std::size_t& consumed_;
    std::vector<json*> open_;
    std::string name_;
};

std::unexpected<error> wrong_member(std::string_view where, std::string_view name, std::string_view expected)
{
    return fail(errc::value_malformed, where, fmt::format("{}.{}: expected {}", where, name, expected));
}

} // namespace

result<json> parse_json(std::string_view text, json_limits limits)
{
    if (text.size() > limits.size)
        return fail(
            errc::value_too_large,
            "json",
            fmt::format("{} bytes, of which the limit allows {}", text.size(), limits.size)
        );
    // The parser takes a NUL for the end and would not look at what follows it.
    if (const auto nul = text.find('\0'); nul != text.npos)
        return fail(errc::value_malformed, "json", fmt::format("not valid JSON at byte {}", nul + 1));
    std::size_t consumed = 0;
    builder built(limits, consumed);
    const counting_iterator begin{text.data(), &consumed};
    const counting_iterator end{text.data() + text.size(), &consumed};
    if (!json::sax_parse(begin, end, &built))
        return std::unexpected(
            built.failure.value_or(error{errc::value_malformed, "json", "not valid JSON at byte 0"})
        );
    return std::move(built.root);
}

std::string to_text(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

result<json_object> json_object::of(const json& value, std::string_view where)
{
    if (!value.is_object())
        return fail(
            errc::value_malformed,
            where,
            fmt::format("{}: expected an object, found {}", where, value.type_name())
        );
    return json_object(value, where);
}

const json* json_object::find(std::string_view name) const
{
    const auto found = value_->find(name);
    return found == value_->end() ? nullptr : &*found;
}

bool json_object::has(std::string_view name) const
{
    const auto* member = find(name);
    return member != nullptr && !member->is_null();
}

result<std::string> json_object::text(std::string_view name) const
{
    auto value = optional_text(name);
    if (!value)
        return std::unexpected(value.error());
    if (!*value)
        return wrong_member(where_, name, "a string, which is missing");
    return std::move(**value);
}

result<std::optional<std::string>> json_object::optional_text(std::string_view name) const
{
    if (!has(name))
        return std::nullopt;
    const auto* member = find(name);
    if (!member->is_string())
        return wrong_member(where_, name, fmt::format("a string, found {}", member->type_name()));
    return member->get<std::string>();
}

result<std::optional<double>> json_object::optional_number(std::string_view name) const
{
    if (!has(name))
        return std::nullopt;
    const auto* member = find(name);
    if (!member->is_number())
        return wrong_member(where_, name, fmt::format("a number, found {}", member->type_name()));
    return member->get<double>();
}

result<std::optional<bool>> json_object::optional_bool(std::string_view name) const
{
    if (!has(name))
        return std::nullopt;
    const auto* member = find(name);
    if (!member->is_boolean())
        return wrong_member(where_, name, fmt::format("true or false, found {}", member->type_name()));
    return member->get<bool>();
}

result<std::vector<std::string>> json_object::optional_texts(std::string_view name) const
{
    std::vector<std::string> texts;
    if (!has(name))
        return texts;
    const auto* member = find(name);
    if (!member->is_array())
        return wrong_member(where_, name, fmt::format("an array of strings, found {}", member->type_name()));
    for (const auto& each : *member)
    {
        if (!each.is_string())
            return wrong_member(
                where_, name, fmt::format("only strings, found {} among them", each.type_name())
            );
        texts.push_back(each.get<std::string>());
    }
    return texts;
}

} // namespace sekisho
