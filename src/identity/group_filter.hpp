// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which groups are meant: names, beginnings of names, expressions.

#include "base/result.hpp"
#include "identity/pattern.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sekisho::identity
{

// Cheap to copy but for its names; may be used by several threads at once.
class group_filter
{
public:
    group_filter() = default; // meets nothing

    // "staff" exactly that name; "team-*" every name that begins so; "/^x-[0-9]+$/" every name in which the
    // expression is found. Case counts. Error: value_malformed, the detail names the entry.
    static result<group_filter> parse(const std::vector<std::string>& entries);

    bool empty() const noexcept { return names_.empty() && beginnings_.empty() && patterns_.empty(); }
    bool meets(std::string_view group) const;

private:
    result<void> add(std::string_view entry);

    std::vector<std::string> names_;
    std::vector<std::string> beginnings_;
    std::vector<pattern> patterns_;
};

} // namespace sekisho::identity
