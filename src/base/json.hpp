// SPDX-License-Identifier: Apache-2.0
#pragma once
// JSON from outside, read with limits and with the path in every error. Hides nlohmann/json's parser
// settings.

#include "base/result.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho
{

using json = nlohmann::json;

struct json_limits
{
    std::size_t size = 1024 * 1024; // bytes
    std::size_t depth = 32;         // nested arrays and objects
};

// Parses one JSON text (RFC 8259), UTF-8. Refuses duplicate member names, deeper nesting, larger texts and
// anything after the value. Errors: value_malformed, value_too_large; the detail has the byte position.
result<json> parse_json(std::string_view text, json_limits limits = {});

// Compact UTF-8 text.
std::string to_text(const json& value);

// Reads members of one object; the first failure names the member's path ("metadata.token_endpoint").
// `where` must outlive the error (a literal).
class json_object
{
public:
    // Error: value_malformed unless the value is an object. `value` must outlive this reader.
    static result<json_object> of(const json& value, std::string_view where);

    bool has(std::string_view name) const;                 // present and not null
    result<std::string> text(std::string_view name) const; // must be there and a string
    result<std::optional<std::string>> optional_text(std::string_view name) const; // absent or null: nullopt
    result<std::optional<double>> optional_number(std::string_view name) const;
    result<std::optional<bool>> optional_bool(std::string_view name) const;
    // Absent: empty. Error: value_malformed unless it is an array of strings.
    result<std::vector<std::string>> optional_texts(std::string_view name) const;
    const json* find(std::string_view name) const; // nullptr when absent

private:
    json_object(const json& value, std::string_view where) : value_(&value), where_(where) {}
    const json* value_;
    std::string_view where_;
};

} // namespace sekisho
