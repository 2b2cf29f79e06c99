// link: oidc
// SPDX-License-Identifier: Apache-2.0
// A registration endpoint's answer from anywhere: what is kept of it goes into files of one line and into a
// header, what is told of it onto a terminal.
#include "oidc/registration.hpp"
#include "oidc/registration_response.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace sekisho;
using namespace sekisho::oidc;

namespace
{

bool is_one_line(std::string_view text) { return text.find_first_of("\r\n") == std::string_view::npos; }

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto asked = []
    {
        client_description about;
        about.redirect_uris = {"https://app.example.com/oidc/callback"};
        about.scope = "openid email";
        return client_metadata(about);
    }();
    const std::string text(data, data + size);
    for (const int status : {201, 400})
    {
        const auto made = read_registration(status, text, registration_step::creation, asked);
        if (made && (status != 201 || made->id.empty() || !is_one_line(made->id.view())))
            std::abort();
        if (!made && !is_one_line(made.error().detail))
            std::abort();
        if (!made)
            continue;
        if (!is_one_line(made->client_secret.reveal()) || !is_one_line(made->access_token.reveal()) ||
            !is_one_line(made->client_uri))
            std::abort();
        for (const auto& each : made->differences)
            if (!is_one_line(each.text))
                std::abort();
    }
    return 0;
}
