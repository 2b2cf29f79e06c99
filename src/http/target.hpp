// SPDX-License-Identifier: Apache-2.0
#pragma once
// The one canonical request target: rules match on it and the application receives the same bytes.

#include "base/result.hpp"
#include "http/canonical_path.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace sekisho::http
{

// Path and query in the one spelling that everybody behind this point sees. Canonicalizing it again changes
// nothing.
class canonical_target
{
public:
    canonical_target() = default; // empty: no target

    // Starts with one "/"; "*" only for OPTIONS. No dot segments, no fragment; escapes are upper case and
    // only where needed.
    std::string_view path() const noexcept { return text().substr(0, path_size_); }
    // Without "?", byte for byte as it was sent; empty: none, or a bare "?".
    std::string_view query() const noexcept;
    // Whether there is a "?".
    bool has_query() const noexcept { return path_size_ < text().size(); }
    // Path, "?" and query: what is sent to the application.
    std::string_view text() const noexcept { return owned_.empty() ? sent_ : std::string_view(owned_); }
    // Whether text() is a view into the target that was given, so that it must outlive this value.
    bool is_view() const noexcept { return owned_.empty(); }

private:
    friend class target_reader;

    std::string owned_;
    std::string_view sent_;
    std::size_t path_size_ = 0;
};

// Reads a request line's target (RFC 9112, 3.2): origin-form; absolute-form whose authority is `host`, the
// value of the Host field; "*" for OPTIONS. Allocates only when the path was not canonical. The query is the
// application's own data: it is not decoded, only held against bytes that cannot be in a request line. The
// result may view `raw`. Errors: request_method_not_allowed for CONNECT, request_malformed for a target of no
// known form, request_target_ambiguous for everything two readers could read differently.
result<canonical_target> canonicalize(
    std::string_view raw,
    std::string_view method,
    std::string_view host,
    encoded_slash slashes = encoded_slash::refuse
);

} // namespace sekisho::http
