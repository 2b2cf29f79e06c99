// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_out/caller.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace sekisho;
using namespace sekisho::gateway;

namespace
{

struct asked
{
    std::string what;
    std::string method;
    std::string site;        // Sec-Fetch-Site; empty: not sent
    std::string destination; // Sec-Fetch-Dest; empty: not sent
    sign_out_signs signs;
    sign_out_caller expected;
};

constexpr sign_out_signs signed_in{.session = found::yes, .own_state = found::no, .front_channel = found::no};
constexpr sign_out_signs nobody{};
constexpr sign_out_signs with_sid{.session = found::yes, .own_state = found::no, .front_channel = found::yes};
constexpr sign_out_signs with_state{
    .session = found::yes, .own_state = found::yes, .front_channel = found::no
};

} // namespace

TEST_CASE("the callers of a sign-out are told apart", "[gateway]")
{
    const auto row = GENERATE(values<asked>({
        {"a link of our own", "GET", "same-origin", "document", signed_in, sign_out_caller::person},
        {"a link of a sister site", "GET", "same-site", "document", signed_in, sign_out_caller::person},
        {"typed", "GET", "none", "document", signed_in, sign_out_caller::person},
        {"our form", "POST", "same-origin", "document", signed_in, sign_out_caller::person},
        {"our form, nobody signed in", "POST", "same-origin", "document", nobody, sign_out_caller::person},
        {"a sister site's form", "POST", "same-site", "document", signed_in, sign_out_caller::forger},
        {"another site's form", "POST", "cross-site", "document", signed_in, sign_out_caller::forger},
        {"a form of nobody knows where", "POST", "", "", signed_in, sign_out_caller::forger},
        {"a link elsewhere", "GET", "cross-site", "document", signed_in, sign_out_caller::stranger},
        {"a link of nobody knows where", "GET", "", "", signed_in, sign_out_caller::stranger},
        {"a picture of our own", "GET", "same-origin", "image", signed_in, sign_out_caller::script},
        {"a picture elsewhere", "GET", "cross-site", "image", signed_in, sign_out_caller::script},
        {"nobody signed in", "GET", "cross-site", "document", nobody, sign_out_caller::landing},
        {"back from the provider", "GET", "cross-site", "document", with_state, sign_out_caller::landing},
        {"the provider's frame", "GET", "cross-site", "iframe", with_sid, sign_out_caller::front_channel},
        {"the provider's picture", "GET", "cross-site", "image", with_sid, sign_out_caller::front_channel},
        {"a picture of our own with a sid", "GET", "same-origin", "image", with_sid, sign_out_caller::script},
        {"a frame of our own with a sid", "GET", "same-origin", "iframe", with_sid, sign_out_caller::script},
        {"an old browser's frame", "GET", "", "", with_sid, sign_out_caller::front_channel},
        {"a link with a sid", "GET", "cross-site", "document", with_sid, sign_out_caller::stranger},
    }));
    CAPTURE(row.what);
    std::vector<http::field> fields{{"Accept", "text/html"}};
    if (!row.site.empty())
        fields.push_back({"Sec-Fetch-Site", row.site});
    if (!row.destination.empty())
        fields.push_back({"Sec-Fetch-Dest", row.destination});
    const auto origin = url::parse("https://app.example.com").value();
    CHECK(tell_caller({row.method, "/logout", 11, fields}, origin, row.signs) == row.expected);
}
