// SPDX-License-Identifier: Apache-2.0
#pragma once
// The two ways in that no provider takes part in, with a browser in front and the people in memory.

#include "gateway/endpoint/emergency.hpp"
#include "gateway/endpoint/local_sign_in.hpp"
#include "support/catch.hpp"
#include "support/cookie_jar.hpp"
#include "support/exchange_builder.hpp"
#include "support/fixed_random.hpp"
#include "support/run.hpp"
#include "support/test_keeper.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <string>

namespace sekisho::test
{

// As app/emergency_file, in memory; may be made unwritable.
class people_in_memory final : public emergency::people_register
{
public:
    emergency::people now;
    bool is_writable = true;
    int written = 0;

    result<emergency::people> read() override { return now; }
    result<void> update(const change& what) override
    {
        auto copy = now;
        const auto done = what(copy);
        if (!done)
            return std::unexpected(done.error());
        if (*done == after::leave_alone)
            return {};
        if (!is_writable)
            return fail(errc::emergency_unavailable, "emergency.file", "read-only");
        now = std::move(copy);
        ++written;
        return {};
    }
};

class beside_house
{
public:
    net::asio::io_context io{1};
    time_point now{std::chrono::seconds(1'790'000'000)};
    std::string client = "192.0.2.7";
    std::string origin = "https://app.example.com"; // that forms come from
    cookie_jar jar;
    fixed_random random;
    metric::registry metrics;
    gateway::addresses ours;
    std::shared_ptr<gateway::local_restore> local =
        std::make_shared<gateway::local_restore>(secret("abcd-efgh-jkmn-pqrs-tvwx-yz01-2345"));
    std::shared_ptr<people_in_memory> people = std::make_shared<people_in_memory>();

    beside_house()
    {
        ours.public_url = url::parse("https://app.example.com").value();
        ours.signs_in_locally = true;
        person_.who.issuer = gateway::local_issuer;
        person_.who.subject = person_.who.user = "repair";
        person_.who.groups = {"admins"};
        person_.limits = {std::chrono::hours(1), {}};
        emergency_person_ = {{"rescuers"}, {std::chrono::hours(1), {}}, session::same_site::lax};
        access_.people = people;
        access_.attempts = std::make_shared<gateway::emergency_attempts>();
    }

    client_answer get(const std::string& target) { return ask("GET", target, {}); }
    client_answer post(const std::string& target, const std::string& body)
    {
        return ask("POST", target, body);
    }

    // Whose session this browser has.
    std::optional<session::session> session()
    {
        const auto cookies = jar.cookies_for({}, now);
        const std::array fields{http::field{"Cookie", cookies}};
        auto found = test::run(io, sessions_->find(sessions_->cookies().find(fields), now));
        return found ? std::optional(found->value) : std::nullopt;
    }

private:
    client_answer ask(std::string method, const std::string& target, std::string body)
    {
        client_request request;
        request.method = std::move(method);
        request.target = target;
        request.body = std::move(body);
        request.fields = {{"Accept", "text/html"}};
        if (request.method == "POST")
        {
            request.fields.emplace_back("Content-Type", "application/x-www-form-urlencoded");
            request.fields.emplace_back("Origin", origin);
        }
        const auto path = target.substr(0, target.find('?'));
        const site to{.path = path};
        if (auto cookies = jar.cookies_for(to, now); !cookies.empty())
            request.fields.emplace_back("Cookie", std::move(cookies));
        fake_exchange exchange(std::move(request));
        gateway::context about;
        const std::string_view whole = exchange.request().target;
        about.target = whole;
        about.path = whole.substr(0, path.size());
        about.query = whole.size() > path.size() ? whole.substr(path.size() + 1) : std::string_view();
        about.client_address = client;
        about.host = "app.example.com";
        about.is_secure = true;
        about.now = now;
        gateway::local_sign_in at_local(
            {ours, local.get(), person_, local_forms_, *sessions_, used_, random, refuse_}
        );
        gateway::emergency_access access = access_;
        access.blocking = io.get_executor();
        gateway::emergency_sign_in at_emergency(
            {ours, access, emergency_person_, emergency_forms_, *sessions_, used_, random, refuse_}
        );
        gateway::endpoint& at =
            path == ours.emergency_path ? static_cast<gateway::endpoint&>(at_emergency) : at_local;
        test::run(io, at.answer(exchange, about));
        CHECK(jar.take(exchange.answer().all("Set-Cookie"), to, now));
        return exchange.answer();
    }

    std::vector<secret> secrets_{secret("a secret of more than thirty-two bytes")};
    gateway::local_person person_;
    gateway::emergency_person emergency_person_;
    gateway::emergency_access access_{nullptr, nullptr, io.get_executor()};
    gateway::form_cookie local_forms_{
        {}, session::local_cookie_end, ours.local_path, crypto::key_ring(secrets_, "local_form")
    };
    gateway::form_cookie emergency_forms_{
        {}, session::emergency_cookie_end, ours.emergency_path, crypto::key_ring(secrets_, "emergency_form")
    };
    std::shared_ptr<session::keeper> sessions_ = make_keeper({}, random);
    gateway::used_sign_ins used_;
    gateway::refusal refuse_{ours, metrics};
};

// What stands in a page between `before` and the next double quote.
inline std::string quoted_after(const std::string& page, const std::string& before)
{
    const auto begin = page.find(before);
    REQUIRE(begin != std::string::npos);
    const auto from = begin + before.size();
    return page.substr(from, page.find('"', from) - from);
}

} // namespace sekisho::test
