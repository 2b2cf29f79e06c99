// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a test has read of an HTTP/1.1 connection.

#include <string>
#include <string_view>
#include <vector>

namespace sekisho::test
{

// A message as it was on the wire.
struct wire_message
{
    std::string head;     // start line and fields, with the empty line
    std::string body;     // without framing
    std::string trailers; // lines behind the last chunk

    std::string start_line() const;
    int status() const; // 0: not an answer
    // The values of every field of this name (any case), in order.
    std::vector<std::string> all(std::string_view name) const;
    // The only value; empty: there is none. Throws when there are several.
    std::string field(std::string_view name) const;
    bool has(std::string_view name) const { return !all(name).empty(); }
};

} // namespace sekisho::test
