// SPDX-License-Identifier: Apache-2.0
// Client authentication by a certificate (RFC 8705), over real TLS.
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/temporary_file.hpp"
#include "unit/net/scripted_peer.hpp"
#include "unit/provider/fixture.hpp"

using namespace sekisho;

namespace
{

const test::test_authority& clients_authority()
{
    static const test::test_authority one;
    return one;
}

url address(const test::scripted_peer& peer, const std::string& path)
{
    const auto port = peer.authority().substr(peer.authority().find(':'));
    return url::parse("https://localhost" + port + path).value();
}

// A provider whose token endpoint demands certificates, and a gate that has one.
struct fixture : test::provider_fixture
{
    const test::issued_certificate ours = clients_authority().issue({.common_name = "gate"});
    const test::temporary_file certificate{ours.certificate_pem};
    const test::temporary_file key_file{ours.key_pem};
    const test::temporary_file ca{test::servers_authority().pem()};
    std::unique_ptr<net::beast_http_client> client;
    test::scripted_peer peer{
        context,
        {.certificate = test::servers_authority().issue({.dns_names = {"localhost"}}),
         .client_authority = clients_authority().pem(),
         .answer = test::ok_answer(token_body("t"))}
    };
    oidc::metadata metadata =
        oidc::parse_metadata(test::discovery_document, what.issuer, what.transport, what.flow).value();

    fixture()
    {
        what.client_secret = secret();
        what.proofs.has_certificate = true;
    }

    net::task<result<oidc::token_response>> redeem_and_close(provider::back_channel& channel)
    {
        auto got = co_await channel.redeem(
            std::make_shared<const oidc::metadata>(metadata),
            {oidc::code("c-1"), oidc::redirect_uri("https://gate/cb"), oidc::code_verifier("v-1")}
        );
        peer.close();
        co_return got;
    }
    result<oidc::token_response> redeem(net::client_certificate_files shown)
    {
        net::beast_http_client_options options;
        options.ca_file = ca.path();
        options.certificate = std::move(shown);
        client = net::beast_http_client::make(context.get_executor(), options).value();
        const provider::services with{
            *client, random, metrics, context.get_executor(), [this] { return now; }
        };
        provider::caller calls(what, with);
        provider::credentials proofs(what, with);
        provider::back_channel channel(what, calls, proofs);
        return test::run(context, redeem_and_close(channel));
    }
};

} // namespace

TEST_CASE(
    "RFC 8705, 2 and 5: a certificate is the proof, at the address where certificates are asked for",
    "[provider]"
)
{
    const auto method = GENERATE(
        oidc::client_authentication::tls_client_auth, oidc::client_authentication::self_signed_tls_client_auth
    );
    fixture the;
    the.what.authentication = method;
    the.metadata.mtls.token_endpoint = address(the.peer, "/mtls/token"); // op.example itself does not exist
    const auto got = the.redeem({the.certificate.path(), the.key_file.path()});
    if (!got)
        FAIL(got.error().detail);
    CHECK(got->id_token == "t");
    CHECK(the.peer.client_name == "gate");
    CHECK(the.peer.received.starts_with("POST /mtls/token HTTP/1.1\r\n"));
    CHECK_FALSE(test::has(the.peer.received, "Authorization:"));
}

TEST_CASE("a provider without such addresses is asked at its usual ones, with the certificate", "[provider]")
{
    fixture the;
    the.metadata.token_endpoint = address(the.peer, "/token");
    const auto got = the.redeem({the.certificate.path(), the.key_file.path()});
    if (!got)
        FAIL(got.error().detail);
    CHECK(the.peer.client_name == "gate");
    CHECK(the.peer.received.starts_with("POST /token HTTP/1.1\r\n"));
}

TEST_CASE("without a certificate those addresses are not asked", "[provider]")
{
    fixture the;
    the.what.proofs.has_certificate = false;
    the.what.client_secret = secret("s3cret");
    the.metadata.mtls.token_endpoint = address(the.peer, "/mtls/token");
    the.metadata.token_endpoint = url::parse("https://localhost:1/token").value(); // nobody listens
    const auto got = the.redeem({});
    CHECK(test::outcome(got) == "oidc_code_exchange_failure at token_endpoint");
    CHECK_FALSE(the.peer.was_called);
}

TEST_CASE("a provider that demands a certificate and is shown none gets no code", "[provider]")
{
    fixture the;
    the.metadata.mtls.token_endpoint = address(the.peer, "/mtls/token");
    const auto got = the.redeem({});
    CHECK(test::outcome(got) == "oidc_code_exchange_failure at token_endpoint");
    CHECK(the.peer.received.empty());
}
