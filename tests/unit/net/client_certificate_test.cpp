// SPDX-License-Identifier: Apache-2.0
#include "base/log.hpp"
#include "net/client_certificate.hpp"
#include "support/catch.hpp"
#include "support/temporary_file.hpp"
#include "unit/net/scripted_peer.hpp"

#include <map>

using namespace sekisho;
using test::peer_script;

namespace
{

const test::test_authority& clients_authority()
{
    static const test::test_authority one;
    return one;
}

test::issued_certificate client_named(const std::string& name)
{
    return clients_authority().issue({.common_name = name});
}

peer_script demanding(int version)
{
    return {
        .certificate = test::servers_authority().issue({.dns_names = {"localhost"}}),
        .client_authority = clients_authority().pem(),
        .tls_version = version,
        .answer = test::ok_answer("{}")
    };
}

// A client that lives for several calls, each to a new server.
struct gate
{
    gate() { log::configure(log::level::off, log::format::text); }

    void make()
    {
        options.ca_file = ca.path();
        auto made = net::beast_http_client::make(context.get_executor(), options);
        REQUIRE(made);
        client = std::move(*made);
    }
    result<net::incoming_response> call(peer_script with)
    {
        test::scripted_peer peer(context, std::move(with));
        net::outgoing_request request;
        request.target = url::parse("https://localhost:" + peer.authority().substr(10) + "/").value();
        auto got = test::run(context, test::call_and_close(*client, request, peer));
        shown = peer.client_name;
        received = peer.received;
        return got;
    }

    net::asio::io_context context{1};
    test::temporary_file ca{test::servers_authority().pem()};
    net::beast_http_client_options options;
    std::unique_ptr<net::beast_http_client> client;
    std::string shown;
    std::string received;
};

} // namespace

TEST_CASE("RFC 8705, 2: a server that demands a certificate is shown ours", "[net]")
{
    const auto version = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
    const auto ours = client_named("gate");
    const bool is_one_file = GENERATE(true, false);
    const test::temporary_file certificate(ours.certificate_pem + (is_one_file ? ours.key_pem : ""));
    const test::temporary_file key(ours.key_pem);
    gate the;
    the.options.certificate = {certificate.path(), is_one_file ? "" : key.path()};
    the.make();
    const auto got = the.call(demanding(version));
    if (!got)
        FAIL(got.error().detail);
    CHECK(got->body == "{}");
    CHECK(the.shown == "gate");
}

TEST_CASE("a server that asks for no certificate is shown none", "[net]")
{
    const auto ours = client_named("gate");
    const test::temporary_file file(ours.certificate_pem + ours.key_pem);
    gate the;
    the.options.certificate = {file.path(), {}};
    the.make();
    auto script = demanding(TLS1_3_VERSION);
    script.client_authority.clear();
    REQUIRE(the.call(script));
    CHECK(the.shown.empty());
}

TEST_CASE("the error says that a server demands a certificate and what it was shown", "[net]")
{
    const auto version = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
    const auto strange = test::test_authority().issue({.common_name = "stranger"});
    const test::temporary_file file(strange.certificate_pem + strange.key_pem);
    const auto [shows_one, hint] = GENERATE(table<bool, std::string>({
        {false, "asked for a client certificate, and none is set"},
        {true, "asked for a client certificate and was shown ours"},
    }));
    CAPTURE(version, shows_one);
    gate the;
    the.options.certificate = {shows_one ? file.path() : "", {}};
    the.make();
    const auto got = the.call(demanding(version));
    REQUIRE_FALSE(got);
    CAPTURE(got.error().detail);
    CHECK(got.error().code == errc::network_failure);
    CHECK(got.error().detail.find(hint) != std::string::npos);
    CHECK(the.received.empty());
}

TEST_CASE("a server that fails for another reason is not said to want a certificate", "[net]")
{
    gate the;
    the.make();
    auto script = demanding(TLS1_3_VERSION);
    script.client_authority.clear();
    script.answer = "";
    const auto got = the.call(script);
    REQUIRE_FALSE(got);
    CHECK(got.error().detail == "the connection was closed before the answer was complete");
}

TEST_CASE("a renewed certificate is shown from the next call on", "[net]")
{
    const auto first = client_named("first");
    const auto second = client_named("second");
    const test::temporary_file certificate(first.certificate_pem);
    const test::temporary_file key(first.key_pem);
    gate the;
    the.options.certificate = {certificate.path(), key.path()};
    the.make();
    REQUIRE(the.call(demanding(TLS1_3_VERSION)));
    CHECK(the.shown == "first");

    certificate.replace(second.certificate_pem); // half of the pair: the old one stays in use
    REQUIRE(the.call(demanding(TLS1_3_VERSION)));
    CHECK(the.shown == "first");

    key.replace(second.key_pem);
    REQUIRE(the.call(demanding(TLS1_3_VERSION)));
    CHECK(the.shown == "second");
}

TEST_CASE("files that are no certificate with its key are refused at start, each by its name", "[net]")
{
    const auto ours = client_named("gate");
    const auto other = client_named("other");
    const test::temporary_file certificate(ours.certificate_pem);
    const test::temporary_file key(ours.key_pem);
    const test::temporary_file other_key(other.key_pem);
    const test::temporary_file nonsense("nonsense");
    const test::temporary_file empty("");
    const std::map<std::string, std::string> paths{
        {"", ""},
        {"certificate", certificate.path()},
        {"key", key.path()},
        {"other key", other_key.path()},
        {"nonsense", nonsense.path()},
        {"empty", empty.path()},
        {"absent", "/does/not/exist"},
    };
    const auto [first, second, where, hint] =
        GENERATE(table<std::string, std::string, std::string, std::string>({
            {"absent", "key", "client_certificate", "\"/does/not/exist\" cannot be read: No such file"},
            {"nonsense", "key", "client_certificate", "holds no PEM certificate"},
            {"empty", "key", "client_certificate", "is empty"},
            {"key", "key", "client_certificate", "holds no PEM certificate"},
            {"certificate", "absent", "client_key", "cannot be read: No such file"},
            {"certificate", "nonsense", "client_key", "holds no PEM private key"},
            {"certificate", "other key", "client_key", "is not the key of"},
            {"certificate", "", "client_key", "holds no PEM private key"},
        }));
    CAPTURE(first, second);
    net::asio::io_context context(1);
    net::beast_http_client_options options;
    options.certificate = {paths.at(first), paths.at(second)};
    const auto got = net::beast_http_client::make(context.get_executor(), options);
    REQUIRE_FALSE(got);
    CAPTURE(got.error().detail);
    CHECK(got.error().code == errc::value_malformed);
    CHECK(got.error().where == where);
    CHECK(got.error().detail.find(hint) != std::string::npos);
}

TEST_CASE("a client certificate knows when it ends", "[net]")
{
    const auto ours = clients_authority().issue({.valid_from = -60, .valid_until = 86400});
    const test::temporary_file file(ours.certificate_pem + ours.key_pem);
    const auto before = wall_clock_now();
    const auto made = net::client_certificate::load({file.path(), {}});
    REQUIRE(made);
    CHECK((*made)->valid_until() >= before + 86400s - 10s);
    CHECK((*made)->valid_until() <= wall_clock_now() + 86400s);
}

TEST_CASE("RFC 9325, 4.2: where only recommended cipher suites are offered, no other is agreed on", "[net]")
{
    const auto [suites, version, is_recommended] = GENERATE(table<std::string, int, bool>({
        {"ECDHE-ECDSA-AES256-GCM-SHA384", TLS1_2_VERSION, true},
        {"ECDHE-ECDSA-AES128-GCM-SHA256", TLS1_2_VERSION, true},
        {"ECDHE-ECDSA-AES128-SHA256", TLS1_2_VERSION, false}, // CBC
        {"ECDHE-ECDSA-AES256-SHA", TLS1_2_VERSION, false},
        {"", TLS1_3_VERSION, true},
    }));
    const auto offered = GENERATE(net::tls_ciphers::usual, net::tls_ciphers::recommended);
    CAPTURE(suites, offered);
    gate the;
    the.options.ciphers = offered;
    the.make();
    auto script = demanding(version);
    script.client_authority.clear();
    script.ciphers = suites;
    const bool is_agreed = the.call(std::move(script)).has_value();
    CHECK(is_agreed == (is_recommended || offered == net::tls_ciphers::usual));
}
