// link: oidc
// SPDX-License-Identifier: Apache-2.0
// A callback's query or form from anywhere: what is accepted has a state and exactly what its flow asked for.
#include "http/form.hpp"
#include "oidc/authorization_response.hpp"
#include "oidc/front_channel.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace sekisho;
using namespace sekisho::oidc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto form = http::form::parse(std::string(data, data + size));
    if (!form)
        return 0;
    const issuer idp("https://idp.example");
    (void)parse_front_channel_logout(form->fields());
    const auto response = authorization_response::parse(form->fields());
    if (!response)
        return 0;
    if (response->state().empty() || !form->all_unique())
        std::abort();
    for (const auto how : {flow::pkce, flow::implicit})
    {
        const auto grant = response->check({.flow = how, .issuer = idp, .response_iss = support::unknown});
        if (grant && (grant->code.has_value() == (how == flow::implicit) ||
                      grant->id_token.empty() == (how == flow::implicit)))
            std::abort();
        if (!grant && grant.error().detail.find_first_of("\r\n") != std::string::npos)
            std::abort();
    }
    return 0;
}
