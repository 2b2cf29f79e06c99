// SPDX-License-Identifier: Apache-2.0
#pragma once
// A regular expression out of the configuration, compiled once. RE2, so that no text that a person or a
// provider chooses can make it slow. Hides RE2.

#include "base/result.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace re2
{
class RE2;
}

namespace sekisho::identity
{

// Cheap to copy; may be used by several threads at once.
class pattern
{
public:
    // RE2's syntax; case counts. Error: value_malformed, the detail is what RE2 says.
    static result<pattern> compile(std::string_view expression);

    // Whether it is found anywhere in the text: ^ and $ are for the configuration to write.
    bool is_found_in(std::string_view text) const;

    // Whether `replacement` only names groups that there are (\0 the whole match, \1 to \9).
    // Error: value_malformed.
    result<void> check_replacement(const std::string& replacement) const;
    // Every match replaced, from left to right; a text without one as it is.
    std::string replaced(std::string_view text, const std::string& replacement) const;

private:
    explicit pattern(std::shared_ptr<const re2::RE2> expression) : expression_(std::move(expression)) {}
    std::shared_ptr<const re2::RE2> expression_;
};

} // namespace sekisho::identity
