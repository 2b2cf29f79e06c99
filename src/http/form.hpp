// SPDX-License-Identifier: Apache-2.0
#pragma once
// application/x-www-form-urlencoded: query strings and form bodies as ordered pairs, bounded.

#include "base/result.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::http
{

struct form_field
{
    std::string name;
    std::string value;
};

struct form_limits
{
    std::size_t fields = 100;
    std::size_t bytes = 256 * 1024; // of the encoded text
};

class form
{
public:
    form() = default; // no fields

    // Empty pieces ("&&") are passed over; a piece without "=" has an empty value.
    // Errors: value_malformed for a broken escape, value_too_large for a limit.
    static result<form> parse(std::string_view text, form_limits limits = {});

    // In the order they were sent.
    std::span<const form_field> fields() const noexcept { return fields_; }
    // The first of that name; nullopt: there is none.
    std::optional<std::string_view> first(std::string_view name) const noexcept;
    std::size_t count(std::string_view name) const noexcept;
    // The only one of that name; nullopt: there is none (RFC 6749, 3.1: parameters must not be repeated).
    // Error: oidc_parameter_duplicated.
    result<std::optional<std::string_view>> unique(std::string_view name) const;
    // That no name at all occurs twice. Error: oidc_parameter_duplicated.
    result<void> all_unique() const;

private:
    std::vector<form_field> fields_;
};

// Builds a form or a query string.
class form_writer
{
public:
    form_writer& add(std::string_view name, std::string_view value);
    const std::string& text() const& noexcept { return text_; }
    std::string text() && noexcept { return std::move(text_); }

private:
    std::string text_;
};

} // namespace sekisho::http
