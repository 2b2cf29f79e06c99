// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an answer to a GET of a provider's document means before anybody reads its body.

#include "base/result.hpp"
#include "base/url.hpp"
#include "net/http_client.hpp"

#include <string_view>

namespace sekisho::provider
{

// The request for a document.
net::outgoing_request document_request(const url& address);

// The answer itself when it is a 200. Errors with this meaning: no answer, a redirect (never followed:
// whoever controls it would choose our keys, GHSA-f5mr-q85p-6hh6), any other status. `where` is a literal;
// details name the address.
result<net::incoming_response> accept_document(
    result<net::incoming_response> answer, const url& address, errc meaning, std::string_view where
);

} // namespace sekisho::provider
