// link: oidc
// SPDX-License-Identifier: Apache-2.0
// A discovery document from anywhere: read or refused, and what is read is of the configured issuer.
#include "oidc/metadata.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace sekisho;
using namespace sekisho::oidc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto setting = parse_issuer("https://idp.example", transport::https_or_loopback).value();
    const std::string text(data, data + size);
    for (const auto needed : {flow::pkce, flow::implicit})
    {
        const auto made = parse_metadata(text, setting, transport::https_or_loopback, needed);
        if (!made)
            continue;
        const auto is_safe = [](const url& address) { return address.is_https() || address.is_loopback(); };
        if (made->issuer != setting.identifier || !is_safe(made->authorization_endpoint) ||
            !is_safe(*made->jwks_uri))
            std::abort();
        if (needed == flow::pkce && !made->token_endpoint)
            std::abort();
        (void)doubts(*made, needed);
    }
    return 0;
}
