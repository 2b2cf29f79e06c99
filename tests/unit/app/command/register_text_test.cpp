// SPDX-License-Identifier: Apache-2.0
#include "app/command/register_text.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

namespace sekisho::app
{
namespace
{

const time_point today = from_numeric_date(1'790'000'000);

kept_client whole() { return {"c-1", secret("s3cret"), secret("t-1"), "https://idp.example/register/c-1"}; }

} // namespace

TEST_CASE("without a directory the variables are printed, with what changes the client later", "[app]")
{
    CHECK(
        what_to_set({.section = "oidc.", .directory = {}, .now = today}, whole()) ==
        "OIDC_CLIENT_ID=c-1\nOIDC_CLIENT_SECRET=s3cret\n"
        "# To change it later (RFC 7592):\n"
        "# registration_client_uri https://idp.example/register/c-1\n"
        "# registration_access_token t-1\n"
    );
    CHECK(
        what_to_set({.section = "providers.my-idp.", .directory = {}, .now = today}, {"c-1", {}, {}, {}}) ==
        "PROVIDERS_MY_IDP_CLIENT_ID=c-1\n"
    );
}

TEST_CASE("with a directory only its files are named", "[app]")
{
    CHECK(
        what_to_set({.section = "oidc.", .directory = "/run/client/", .now = today}, whole()) ==
        "OIDC_CLIENT_ID_FILE=/run/client/client_id\nOIDC_CLIENT_SECRET_FILE=/run/client/client_secret\n"
    );
    CHECK(
        what_to_set({.section = "oidc.", .directory = "/run/client", .now = today}, {"c-1", {}, {}, {}}) ==
        "OIDC_CLIENT_ID_FILE=/run/client/client_id\n"
    );
}

TEST_CASE("what was done is told with all that is to be known, and without a secret", "[app]")
{
    oidc::registered_client answer;
    answer.secret_expires = today + 24h;
    answer.differences = {
        {oidc::difference_weight::note, "scope: less"},
        {oidc::difference_weight::problem, "redirect_uris: others"}
    };
    const auto text = describe_registration(
        {.kind = registration_kind::updated, .section = "oidc.", .directory = "/d", .now = today},
        whole(),
        answer
    );
    CHECK(text.starts_with("updated the client \"c-1\"\n"));
    CHECK(text.contains("note: scope: less\n"));
    CHECK(text.contains("problem: redirect_uris: others\n"));
    CHECK(text.contains("note: the client secret ends at " + format_time(today + 24h)));
    CHECK_FALSE(text.contains("s3cret"));
    CHECK_FALSE(text.contains("t-1"));
    CHECK_FALSE(text.contains("RFC 7592"));
    CHECK(has_problem(answer));
    CHECK_FALSE(has_problem({}));
}

TEST_CASE("a client that cannot be changed later is told to be so, and a secret that has ended", "[app]")
{
    oidc::registered_client answer;
    answer.secret_expires = today - 1s;
    const auto text = describe_registration(
        {.section = "oidc.", .directory = "/d", .now = today}, {"c-1", secret("s"), {}, {}}, answer
    );
    CHECK(text.starts_with("registered the client"));
    CHECK(text.contains("RFC 7592"));
    CHECK(text.contains("has ended"));
}

TEST_CASE("the request is shown without its token", "[app]")
{
    CHECK(
        describe_request(
            {.method = "POST", .address = "https://idp.example/r", .proof = request_proof::token}, {{"a", 1}}
        ) == "POST https://idp.example/r\nContent-Type: application/json\nAuthorization: Bearer (not "
             "shown)\n\n{\n  \"a\": 1\n}\n"
    );
}

} // namespace sekisho::app
