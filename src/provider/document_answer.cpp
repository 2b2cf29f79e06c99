// SPDX-License-Identifier: Apache-2.0
#include "provider/document_answer.hpp"

#include "provider/caller.hpp"

#include <string>
#include <utility>

namespace sekisho::provider
{
namespace
{

constexpr std::size_t longest_quote = 200;

std::string describe_status(const net::incoming_response& answer, const url& address)
{
    auto text = address.text() + " answered with status " + std::to_string(answer.status);
    if (answer.status / 100 != 3)
        return text;
    const auto location = field_of(answer, "Location").substr(0, longest_quote);
    text.append(", a redirect to \"").append(location).append("\"; redirects are not followed: ");
    return text + "write the issuer in oidc.issuer exactly as the provider's own documents have it";
}

} // namespace

net::outgoing_request document_request(const url& address)
{
    return {.method = "GET", .target = address, .fields = {{"Accept", "application/json"}}, .body = {}};
}

result<net::incoming_response> accept_document(
    result<net::incoming_response> answer, const url& address, errc meaning, std::string_view where
)
{
    if (!answer)
        return std::unexpected(translated(answer.error(), meaning, where));
    if (answer->status != 200)
        return fail(meaning, where, describe_status(*answer, address));
    return answer;
}

} // namespace sekisho::provider
