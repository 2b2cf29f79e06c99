// SPDX-License-Identifier: Apache-2.0
#pragma once
// One page of a list, and where the next one is.

#include "base/json.hpp"
#include "base/result.hpp"
#include "base/url.hpp"
#include "net/http_client.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::directory
{

struct page
{
    std::vector<std::string> values;
    std::optional<url> next; // nullopt: this was the last
};

// Reads a good answer; `asked` is the address it came from. A page of which one entry is not understood is
// an error: the group left out could be the one by which somebody is kept away.
using page_reader = std::function<result<page>(const net::incoming_response& answer, const url& asked)>;

// An address that an answer named, which gets our access token: only of the same origin as the one asked.
// `where` is a literal. Error: oidc_directory_failure.
result<url> next_address(std::string_view named, const url& asked, std::string_view where);

// The next page by the Link field (RFC 8288). Error: oidc_directory_failure.
result<std::optional<url>>
linked_page(const net::incoming_response& answer, const url& asked, std::string_view where);

// The answer as JSON. Error: oidc_directory_failure.
result<json> answered_json(const net::incoming_response& answer, std::string_view where);

// What an entry of a list says; nullopt: nothing that is wanted. An error's `detail` says what is wrong with
// it.
using entry_reader = std::function<result<std::optional<std::string>>(const json_object& entry)>;

// The text under this name, neither empty nor very long. `name` is a literal.
entry_reader text_of_entry(std::string_view name);

// What the objects of an array say. Error: oidc_directory_failure.
result<std::vector<std::string>>
values_of_entries(const json& entries, const entry_reader& read, std::string_view where);

// The answer is an array of objects, and the Link field names the next page (GitHub, GitLab). Error:
// oidc_directory_failure.
result<page> linked_list(
    const net::incoming_response& answer, const url& asked, const entry_reader& read, std::string_view where
);

// An address of an API: `base` without its final slash, and what follows it.
result<url> address_below(const url& base, std::string_view rest, std::string_view where);

} // namespace sekisho::directory
