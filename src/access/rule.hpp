// SPDX-License-Identifier: Apache-2.0
#pragma once
// One condition on a request: its method and its canonical path. The query is never looked at, so that no
// parameter can make a path match.

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::access
{

// "/healthz" (exactly that path), "/public/*" (that folder and everything in it: "/public", "/public/",
// "/public/a"),
// "/*" (everything). Case matters.
class path_pattern
{
public:
    // Error: value_malformed for a pattern that is not absolute, holds "?", "#", "\", "%", control
    // characters, dot segments, empty segments, or "*" elsewhere than as the last segment.
    static result<path_pattern> parse(std::string_view text);

    // `path`: the canonical path that the application receives, without the query. Anything that is not an
    // absolute path, or still holds "?" or "#", matches nothing.
    bool matches(std::string_view path) const noexcept;
    // Whether an application might take the path for one of these (access/lenient_path): "/Reports//x" and
    // "/reports;a=1/x" for "/reports/*". Whatever matches may match.
    bool may_match(std::string_view path) const noexcept;
    const std::string& text() const noexcept { return text_; }

private:
    explicit path_pattern(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

struct rule
{
    std::vector<std::string> methods; // case as sent; empty: every method
    path_pattern path;

    bool matches(std::string_view method, std::string_view canonical_path) const noexcept;

    // "/public/*" or "GET,HEAD /public/*". Error: value_malformed with the expected form.
    static result<rule> parse(std::string_view text);
};

} // namespace sekisho::access
