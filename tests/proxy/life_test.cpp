// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/doorway.hpp"

#include <chrono>
#include <vector>

namespace sekisho::test
{

using namespace std::chrono_literals;

namespace
{

wire_message ask_admin(const running_gate& gate, const std::string& path)
{
    auto admin = wire::to(gate.admin_port());
    admin.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    return admin.receive_message();
}

bool refuses_connections(std::uint16_t port)
{
    try
    {
        auto one = wire::to(port);
        return one.ends();
    }
    catch (const wire_closed&)
    {
        return true;
    }
}

// Answers when the test says so.
void answer_late(wire& gate, recording_application& self)
{
    self.take_request(gate);
    self.request(1);
    gate.send(plain_answer("late"));
}

// A request is counted when its answer has left, so whoever has the answer may be a moment ahead of the
// count.
bool comes_to_count(const running_gate& gate, std::string_view line)
{
    const auto until = std::chrono::steady_clock::now() + wire::patience;
    while (std::chrono::steady_clock::now() < until)
        if (gate.metrics().find(line) != std::string::npos)
            return true;
    return false;
}

} // namespace

TEST_CASE(
    "the admin listener says that the process lives, whether it is ready, and what it has counted", "[proxy]"
)
{
    doorway door(answering(plain_answer("ok")));
    CHECK(door.ask(doorway::head("GET", "/public/a")).status() == 200);
    CHECK(ask_admin(door.gate, "/healthz").status() == 200);
    const auto readiness = ask_admin(door.gate, "/readyz");
    CHECK(readiness.status() == 503); // the provider of these tests is nowhere
    CHECK(readiness.body.find("\"upstream\"") != std::string::npos);
    const auto metrics = ask_admin(door.gate, "/metrics");
    CHECK(metrics.status() == 200);
    CHECK(comes_to_count(door.gate, "sekisho_requests_total{status=\"2xx\"} 1"));
    CHECK(ask_admin(door.gate, "/debug/pprof").status() == 404);
}

TEST_CASE("CVE-2022-24797: the public port knows nothing of the admin's addresses", "[proxy]")
{
    const auto path = GENERATE("/metrics", "/healthz", "/readyz", "/debug/pprof");
    doorway door(answering(plain_answer("the application's")));
    CHECK(door.ask(doorway::head("GET", path, "Accept: application/json\r\n")).status() == 401);
    CHECK(door.ask(door.signed_head("GET", path)).body == "the application's");
}

TEST_CASE("shutting down lets requests under way finish and closes idle connections and the port", "[proxy]")
{
    doorway door(answer_late);
    auto idle = wire::to(door.gate.port());
    idle.send(doorway::head("GET", "/private", "Accept: application/json\r\n"));
    CHECK(idle.receive_message().status() == 401);
    door.client.send(doorway::head("GET", "/public/a"));
    door.application.request();
    door.gate.begin_to_shut_down();
    CHECK(idle.ends());
    CHECK(refuses_connections(door.gate.port()));
    door.application.remember({});
    const auto answer = door.client.receive_message();
    CHECK(answer.body == "late");
    CHECK(answer.field("Connection") == "close");
    CHECK(door.client.ends());
    door.gate.wait_for_end();
}

TEST_CASE("readiness fails before the port closes", "[proxy]")
{
    doorway door(answering(plain_answer("ok")), [](auto& with) { with.server.shutdown_delay = 1500ms; });
    door.gate.begin_to_shut_down();
    // Both are answered by the control worker in the order in which they come.
    const auto readiness = ask_admin(door.gate, "/readyz");
    CHECK(readiness.status() == 503);
    CHECK(readiness.body.find("shutting down") != std::string::npos);
    auto another = wire::to(door.gate.port());
    another.send(doorway::head("GET", "/public/a"));
    CHECK(another.receive_message().status() == 200);
    door.gate.wait_for_end();
}

TEST_CASE("requests that take longer than the grace are cut", "[proxy]")
{
    doorway door(answer_late, [](auto& with) { with.server.shutdown_grace = 200ms; });
    door.client.send(doorway::head("GET", "/public/a"));
    door.application.request();
    const auto began = std::chrono::steady_clock::now();
    door.gate.begin_to_shut_down();
    door.gate.wait_for_end();
    const auto took = std::chrono::steady_clock::now() - began; // the application never answers
    CHECK(took >= 200ms);
    CHECK(took < 10s); // what is usual is 30 s
}

TEST_CASE("a connection that has never sent anything does not hold up the end", "[proxy]")
{
    doorway door(answering(plain_answer("ok")), [](auto& with) { with.server.shutdown_grace = 8s; });
    CHECK(door.ask(doorway::head("GET", "/public/a")).status() == 200);
    auto silent = wire::to(door.gate.port());
    const auto began = std::chrono::steady_clock::now();
    door.gate.begin_to_shut_down();
    door.gate.wait_for_end();
    CHECK(std::chrono::steady_clock::now() - began < 5s);
}

TEST_CASE("other settings hold from the next request on, over the same connection", "[proxy]")
{
    doorway door(answering(plain_answer("ok")));
    const auto request = doorway::head("GET", "/late/a", "Accept: application/json\r\n");
    CHECK(door.ask(request).status() == 401);
    auto other = door.settings;
    other.access.public_paths = {"/late/*"};
    CHECK(door.gate.reload(other).empty());
    CHECK(door.ask(request).status() == 200);
    CHECK(door.ask(doorway::head("GET", "/public/a", "Accept: application/json\r\n")).status() == 401);
}

TEST_CASE("a request under way keeps the settings it began with", "[proxy]")
{
    doorway door(answer_late);
    recording_application elsewhere(answering(plain_answer("elsewhere")));
    door.client.send(doorway::head("GET", "/public/a"));
    door.application.request();
    auto other = door.settings;
    other.upstream.url = *url::parse("http://127.0.0.1:" + std::to_string(elsewhere.port()));
    CHECK(door.gate.reload(other).empty());
    door.application.remember({});
    CHECK(door.client.receive_message().body == "late");
    CHECK(door.ask(doorway::head("GET", "/public/a")).body == "elsewhere");
}

TEST_CASE("settings that cannot be used change nothing", "[proxy]")
{
    doorway door(answering(plain_answer("ok")));
    auto other = door.settings;
    other.access.public_paths = {"/late/*"};
    other.server.tls_certificate = "missing.pem";
    other.server.tls_key = "missing.pem";
    const auto problems = door.gate.reload(other);
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].find("server.tls_certificate: missing.pem") == 0);
    CHECK(door.ask(doorway::head("GET", "/public/a")).status() == 200);
    CHECK(door.ask(doorway::head("GET", "/late/a", "Accept: application/json\r\n")).status() == 401);
}

TEST_CASE("several workers share the port and the session", "[proxy]")
{
    doorway door(answering(plain_answer("ok")), [](auto& with) { with.server.workers = 2; });
    std::vector<wire> clients;
    for (auto count = 0; count < 32; ++count)
        clients.push_back(wire::to(door.gate.port()));
    for (auto& each : clients)
        each.send(door.signed_head("GET", "/private"));
    for (auto& each : clients)
        CHECK(each.receive_message().body == "ok");
    CHECK(door.application.request_count() == 32);
    CHECK(comes_to_count(door.gate, "sekisho_requests_total{status=\"2xx\"} 32"));
    door.gate.begin_to_shut_down();
    for (auto& each : clients)
        CHECK(each.ends());
    door.gate.wait_for_end();
}

} // namespace sekisho::test
