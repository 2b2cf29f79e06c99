// SPDX-License-Identifier: Apache-2.0
#pragma once
// Absolute http and https URLs, parsed once. Hides Boost.URL.

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho
{

// An absolute URL of scheme http or https, without user information and without fragment.
class url
{
public:
    // Error: value_malformed, the detail says what is wrong with the text.
    static result<url> parse(std::string_view text);

    const std::string& text() const noexcept { return text_; } // exactly as it was given
    bool is_https() const noexcept { return https_; }
    const std::string& host() const noexcept { return host_; } // lower case, an IPv6 address without brackets
    std::uint16_t port() const noexcept { return port_; }      // never 0: the scheme's default is filled in
    const std::string& path() const noexcept { return path_; } // starts with "/", percent-encoding untouched
    const std::string& query() const noexcept { return query_; } // without "?"; empty: none

    // "https://host" or "https://host:8443": lower case, default port left out, IPv6 in brackets.
    std::string origin() const;
    // "host" or "host:8443", as a Host field has it.
    std::string authority() const;
    // What a request line has: path and, if there is one, "?" and the query.
    std::string target() const;
    // Whether the host is a loopback address or "localhost" (RFC 8252, 8.3: plain http is acceptable there).
    bool is_loopback() const;

private:
    std::string text_;
    std::string host_;
    std::string path_;
    std::string query_;
    std::uint16_t port_ = 0;
    bool https_ = false;
};

bool same_origin(const url& left, const url& right);

// `base` with "name=value" form-encoded and appended to its query.
std::string with_query_parameter(std::string_view base, std::string_view name, std::string_view value);

} // namespace sekisho
