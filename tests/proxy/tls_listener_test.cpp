// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/doorway.hpp"

#include <openssl/ssl.h>

#include <map>

namespace sekisho::test
{
namespace
{

// A gate with a certificate of its own, reached by TLS.
struct secure_door
{
    explicit secure_door(
        recording_application::conversation talk, settings::tls_version least = settings::tls_version::tls_1_2
    )
        : application(std::move(talk)), settings(settings_for(application.port(), least)),
          gate(
              settings,
              files(test_authority::issue_self_signed({.dns_names = {"localhost"}, .common_name = "first"}))
          )
    {
    }

    static settings::model settings_for(std::uint16_t port, settings::tls_version least)
    {
        auto made = gate_settings(port);
        made.server.tls_certificate = "certificate.pem";
        made.server.tls_key = "key.pem";
        made.server.tls_min_version = least;
        return made;
    }
    static std::map<std::string, std::string> files(const issued_certificate& from)
    {
        return {{"certificate.pem", from.certificate_pem}, {"key.pem", from.key_pem}};
    }
    wire connect(tls_side side = {}) const { return wire::to_tls(gate.port(), side); }

    recording_application application;
    settings::model settings;
    running_gate gate;
};

wire_message ask(wire& client, const std::string& fields = "")
{
    client.send(doorway::head("GET", "/public/a", fields));
    return client.receive_message();
}

} // namespace

TEST_CASE("a TLS listener serves requests and says so to the application", "[proxy]")
{
    secure_door door(answering(plain_answer("ok")));
    auto client = door.connect();
    for (auto round = 0; round < 3; ++round)
        CHECK(ask(client).body == "ok");
    CHECK(door.application.request().field("X-Forwarded-Proto") == "https");
    CHECK(ask(client, "Connection: close\r\n").body == "ok");
    CHECK(client.ends());
}

TEST_CASE("CVE-2024-23656: versions below the least one are refused", "[proxy]")
{
    const auto [least, offered, version] = GENERATE(table<settings::tls_version, int, std::string>({
        {settings::tls_version::tls_1_2, TLS1_VERSION, ""},
        {settings::tls_version::tls_1_2, TLS1_1_VERSION, ""},
        {settings::tls_version::tls_1_2, TLS1_2_VERSION, "TLSv1.2"},
        {settings::tls_version::tls_1_2, TLS1_3_VERSION, "TLSv1.3"},
        {settings::tls_version::tls_1_3, TLS1_2_VERSION, ""},
        {settings::tls_version::tls_1_3, TLS1_3_VERSION, "TLSv1.3"},
    }));
    CAPTURE(offered);
    secure_door door(answering(plain_answer("ok")), least);
    const tls_side side{.least = offered, .most = offered};
    const auto connect = [&] { return door.connect(side); };
    if (version.empty())
    {
        CHECK_THROWS_AS(connect(), wire_closed);
        return;
    }
    auto client = connect();
    CHECK(client.tls_version() == version);
    CHECK(ask(client).body == "ok");
}

TEST_CASE("large bodies pass through TLS in both directions", "[proxy]")
{
    const std::string large(3'000'000, 'a');
    secure_door door(
        [](wire& gate, recording_application& self)
        {
            const auto request = self.take_request(gate);
            gate.send(plain_answer(request.body));
            gate.receive_all();
        }
    );
    auto client = door.connect();
    client.send(
        doorway::head("POST", "/public/a", "Content-Length: " + std::to_string(large.size()) + "\r\n") + large
    );
    CHECK(client.receive_message().body == large);
}

TEST_CASE("an event of nine bytes arrives at once through TLS", "[proxy]")
{
    secure_door door(
        [](wire& gate, recording_application& self)
        {
            self.take_request(gate);
            gate.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");
            gate.receive_all();
        }
    );
    auto client = door.connect();
    client.send(doorway::head("GET", "/public/a"));
    CHECK(client.receive_head().starts_with("HTTP/1.1 200"));
    CHECK(client.receive_chunk() == "data: 1\n\n");
}

TEST_CASE("requests in one TLS record are all answered", "[proxy]")
{
    secure_door door(answering(plain_answer("ok")));
    auto client = door.connect();
    const auto one = doorway::head("GET", "/public/a");
    client.send(one + one + one);
    for (auto round = 0; round < 3; ++round)
        CHECK(client.receive_message().body == "ok");
}

TEST_CASE("plain HTTP at a TLS port and a client that goes away during its handshake do no harm", "[proxy]")
{
    secure_door door(answering(plain_answer("ok")));
    auto plain = wire::to(door.gate.port());
    plain.send(doorway::head("GET", "/public/a"));
    CHECK(plain.receive_all().find("HTTP/1.1 200") == std::string::npos);
    auto gone = wire::to(door.gate.port());
    gone.send("\x16\x03\x01");
    gone.reset();
    auto client = door.connect();
    CHECK(ask(client).body == "ok");
    CHECK(door.application.request_count() == 1);
}

TEST_CASE("another certificate is shown after a reload, and open connections live on", "[proxy]")
{
    secure_door door(answering(plain_answer("ok")));
    auto before = door.connect();
    CHECK(before.peer_common_name() == "first");
    CHECK(ask(before).body == "ok");
    const auto second =
        test_authority::issue_self_signed({.dns_names = {"localhost"}, .common_name = "second"});
    CHECK(door.gate.reload(door.settings, secure_door::files(second)).empty());
    auto after = door.connect();
    CHECK(after.peer_common_name() == "second");
    CHECK(ask(after).body == "ok");
    CHECK(ask(before).body == "ok");
}

TEST_CASE(
    "a certificate that does not belong to its key is refused at reload, and the old one stays", "[proxy]"
)
{
    secure_door door(answering(plain_answer("ok")));
    auto mixed = secure_door::files(test_authority::issue_self_signed({.common_name = "second"}));
    mixed["key.pem"] = test_authority::issue_self_signed({}).key_pem;
    CHECK(door.gate.reload(door.settings, mixed).size() == 1);
    auto client = door.connect();
    CHECK(client.peer_common_name() == "first");
    CHECK(ask(client).body == "ok");
}

} // namespace sekisho::test
