// link: oidc
// SPDX-License-Identifier: Apache-2.0
// A token endpoint's answer from anywhere, and the same bytes as a UserInfo answer.
#include "oidc/token_response.hpp"
#include "oidc/userinfo.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace sekisho;
using namespace sekisho::oidc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(data, data + size);
    for (const int status : {200, 400})
    {
        const auto made = parse_token_response(status, "application/json", text, id_token_need::required);
        if (made && (status != 200 || made->id_token.empty()))
            std::abort();
        if (made && made->expires_in && made->expires_in->count() < 0)
            std::abort();
        if (!made && made.error().detail.find_first_of("\r\n") != std::string::npos)
            std::abort();
    }
    const auto person = parse_userinfo(200, text, subject("alice"));
    if (person && person->subject() != subject("alice"))
        std::abort();
    return 0;
}
