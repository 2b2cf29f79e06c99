// SPDX-License-Identifier: Apache-2.0
// Sign-ins and requests with a provider whose tokens are good only with a proof of our key (RFC 9449).
#include "base/encoding.hpp"
#include "crypto/jws.hpp"
#include "crypto/signing_key.hpp"
#include "flow/house.hpp"
#include "flow/pipeline_house.hpp"
#include "http/form.hpp"
#include "support/binding_provider.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/private_keys.hpp"
#include "support/temporary_directory.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

using list = std::vector<std::string>;

struct key_on_disk
{
    temporary_directory disk;
    crypto::signing_key key = crypto::signing_key::generate(crypto::algorithm::es256).value();
    std::string file = disk.write("dpop.jwk", key.private_jwk().dump());
};

struct binding_house : key_on_disk
{
    explicit binding_house(std::function<void(provider::configuration&)> more = {})
        : here(plan_with(file, std::move(more)))
    {
    }
    static house_plan plan_with(const std::string& file, std::function<void(provider::configuration&)> more)
    {
        house_plan plan;
        plan.userinfo = provider::userinfo_policy::always;
        plan.administrators.users = {"alice"};
        plan.configure = [file, more](provider::configuration& what)
        {
            what.dpop_key = file;
            if (more)
                more(what);
        };
        return plan;
    }
    house here;
    binding_provider peer{here.peer, [this] { return here.now; }};
};

void pushes(provider::configuration& what) { what.wishes.pushed = provider::pushing::always; }

} // namespace

TEST_CASE("somebody signs in, and whoever stole the code or the token has nothing", "[flow]")
{
    binding_house the;
    const auto there = the.here.leave();
    CHECK(parameter_of(there.provider_address.text(), "dpop_jkt") == the.key.thumbprint());
    the.peer.bound_code = the.key.thumbprint();
    CHECK(the.here.come_back(there).status == 303);
    CHECK(the.here.is_signed_in());
    CHECK(the.here.peer.asked("/userinfo") == 1);
    CHECK(the.peer.bound_token == the.key.thumbprint());
    CHECK(the.peer.refusals() == list{});
}

TEST_CASE(
    "every server that wants a nonce gets it at the second try, and from then on at the first", "[flow]"
)
{
    binding_house the(pushes);
    the.here.peer.metadata["pushed_authorization_request_endpoint"] = "https://idp.example/par";
    the.peer.nonces = {{"/par", "n-1"}, {"/token", "n-1"}, {"/userinfo", "n-2"}};
    CHECK(the.here.sign_in().status == 303);
    CHECK(the.here.is_signed_in());
    CHECK(the.peer.refusals() == list{"/par: nonce", "/userinfo: nonce"});
    CHECK(the.peer.bound_code == the.key.thumbprint());
    the.here.jar = {};
    CHECK(the.here.sign_in().status == 303);
    CHECK(the.peer.refusals().size() == 2);
}

TEST_CASE("a provider that never takes its own nonce is asked twice, and signs nobody in", "[flow]")
{
    binding_house the;
    const auto usual = the.here.peer.instead["/token"];
    int count = 0;
    the.here.peer.instead["/token"] = [&](const net::outgoing_request& request)
    {
        the.peer.nonces["/token"] = "n-" + std::to_string(++count);
        return usual(request);
    };
    const auto page = the.here.sign_in();
    CHECK(has(page.body, "oidc_code_exchange_failure"));
    CHECK_FALSE(the.here.is_signed_in());
    CHECK(the.here.peer.asked("/token") == 2);
}

TEST_CASE("a code that is bound to another key signs nobody in", "[flow]")
{
    binding_house the;
    const auto there = the.here.leave();
    the.peer.bound_code = crypto::signing_key::generate(crypto::algorithm::es256).value().thumbprint();
    const auto page = the.here.come_back(there);
    CHECK(has(page.body, "oidc_code_exchange_failure"));
    CHECK_FALSE(the.here.is_signed_in());
    CHECK(the.peer.refusals() == list{"/token: code"});
}

TEST_CASE("a token that is good by itself signs nobody in where ours are to be bound (RFC 9449, 5)", "[flow]")
{
    binding_house the;
    the.peer.token_type = "Bearer";
    const auto page = the.here.sign_in();
    CHECK(has(page.body, "oidc_code_exchange_failure"));
    CHECK_FALSE(the.here.is_signed_in());
    CHECK(the.here.peer.asked("/userinfo") == 0);
}

TEST_CASE("the key is named inside a request that we signed, too", "[flow]")
{
    const temporary_directory disk;
    const auto is_pushed = GENERATE(false, true);
    binding_house the(
        [&](provider::configuration& what)
        {
            what.wishes.object = provider::request_object::signed_by_us;
            what.wishes.pushed = is_pushed ? provider::pushing::always : provider::pushing::never;
            what.proofs.signing_key = disk.write("key.pem", openssl_ec_pkcs8);
            what.authentication = oidc::client_authentication::client_secret_basic;
        }
    );
    the.here.peer.metadata["pushed_authorization_request_endpoint"] = "https://idp.example/par";
    const auto there = the.here.leave();
    const auto form = http::form::parse(the.here.peer.last_body("/par")).value();
    const auto object = is_pushed ? std::string(form.first("request").value_or(""))
                                  : parameter_of(there.provider_address.text(), "request");
    const auto jws = crypto::take_apart(object);
    REQUIRE(jws);
    CHECK(nlohmann::json::parse(as_text(jws->payload))["dpop_jkt"] == the.key.thumbprint());
    CHECK(parameter_of(there.provider_address.text(), "dpop_jkt").empty());
    CHECK(the.here.come_back(there).status == 303);
    CHECK(the.peer.refusals() == list{});
}

TEST_CASE("the report of a test shows both tries, and no proof that somebody could use", "[flow]")
{
    binding_house the;
    the.peer.nonces["/token"] = "n-1";
    const auto ticket = gateway::make_test_ticket(the.here.test_tickets, the.here.now, the.here.random);
    const auto report = the.here.come_back(the.here.leave("/oidc/test?idp=main&ticket=" + ticket));
    CHECK(report.status == 200);
    CHECK(has(report.body, "use_dpop_nonce"));
    CHECK(has(report.body, "DPoP"));
    CHECK(the.peer.refusals() == list{"/token: nonce"});
    for (const auto& each : the.here.peer.requests())
        if (const auto proof = only_field(each, "DPoP"); !proof.empty())
            CHECK_FALSE(has(report.body, proof));
}

TEST_CASE("a session is renewed with the key that its tokens are bound to", "[flow]")
{
    const key_on_disk ours;
    const auto is_same_key = GENERATE(true, false);
    pipeline_house here([&](settings::model& with) { with.oidc.dpop_key = ours.file; });
    binding_provider peer(here.peer, wall_clock_now);
    peer.bound_token = is_same_key ? ours.key.thumbprint() : "another";
    peer.nonces["/token"] = "n-1";
    here.sign_in(
        [](session::session& of)
        {
            of.refresh_token = secret("rt-1");
            of.tokens_end = wall_clock_now() - 1s;
        }
    );
    CHECK(here.fetch("/reports").status == 200);
    CHECK(here.is_signed_in());
    CHECK(has(here.peer.last_body("/token"), "refresh_token=rt-1"));
    CHECK((peer.refusals() == list{"/token: nonce"}) == is_same_key);
    CHECK(here.count("sekisho_token_renewals_total{outcome=\"renewed\"}") == (is_same_key ? 1 : 0));
}
