// SPDX-License-Identifier: Apache-2.0
#include "app/composition/profile.hpp"
#include "support/catch.hpp"

using namespace sekisho;

TEST_CASE("without a profile nothing is demanded", "[app]") { CHECK_FALSE(app::demands_of({})); }

TEST_CASE("what is demanded of a provider follows from how we come to it", "[app]")
{
    using oidc::client_authentication;
    settings::oidc_settings from;
    from.profile = settings::profile::fapi2_security;
    from.client_authentication = settings::client_authentication::private_key_jwt;
    auto made = app::demands_of(from);
    REQUIRE(made);
    CHECK(made->name == "fapi2_security");
    CHECK(
        made->algorithms ==
        std::vector{
            crypto::algorithm::ps256,
            crypto::algorithm::es256,
            crypto::algorithm::eddsa,
            crypto::algorithm::ed25519
        }
    );
    CHECK(made->authentication == std::vector{client_authentication::private_key_jwt});
    CHECK(made->binding == oidc::token_binding::certificate);
    CHECK(made->requests == oidc::request_form::plain);
    CHECK(made->answers == oidc::response_form::plain);

    from.profile = settings::profile::fapi2_message_signing;
    from.client_authentication = settings::client_authentication::automatic;
    from.dpop_key = "/d";
    from.request_object = settings::request_object::signed_by_us;
    from.response_mode = settings::response_mode::jwt;
    made = app::demands_of(from);
    REQUIRE(made);
    CHECK(made->name == "fapi2_message_signing");
    CHECK(
        made->authentication ==
        std::vector{
            client_authentication::tls_client_auth, client_authentication::self_signed_tls_client_auth
        }
    );
    CHECK(made->binding == oidc::token_binding::dpop);
    CHECK(made->requests == oidc::request_form::signed_jwt);
    CHECK(made->answers == oidc::response_form::signed_jwt);
    from.request_object = settings::request_object::encrypted; // which is signed too
    CHECK(app::demands_of(from)->requests == oidc::request_form::signed_jwt);
}
