// SPDX-License-Identifier: Apache-2.0
#pragma once
// Replicas of a gate with sessions to renew, one shelf for all of them, and a provider whose refresh tokens
// are good for one use.

#include "base/log.hpp"
#include "gateway/renewal/renewal.hpp"
#include "gateway/sign_in/proof.hpp"
#include "session/cookie_store.hpp"
#include "session/memory_shelf.hpp"
#include "session/ticket_store.hpp"
#include "support/catch.hpp"
#include "support/failing_shelf.hpp"
#include "support/fake_provider.hpp"
#include "support/fixed_random.hpp"
#include "support/outcome.hpp"
#include "support/run.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::test
{

inline constexpr std::int64_t morning = 1'790'000'000;

// Keeps calls waiting when told to.
class holding_client final : public net::http_client
{
public:
    explicit holding_client(net::http_client& behind) : behind_(behind) {}
    void hold(std::string path) { held_ = std::move(path); }
    // As hold(), but what the provider does has been done: only its answer waits.
    void hold_answer(std::string path) { held_answer_ = std::move(path); }
    void release()
    {
        held_.clear();
        held_answer_.clear();
        for (const auto& each : std::exchange(waiting_, {}))
            if (const auto waiting = each.lock())
                waiting->cancel();
    }
    std::size_t waiting() const { return waiting_.size(); }
    net::task<result<net::incoming_response>> send(net::outgoing_request request) override
    {
        if (!held_.empty() && request.target.path() == held_)
            co_await wait();
        const auto waits_then = !held_answer_.empty() && request.target.path() == held_answer_;
        auto answer = co_await behind_.send(std::move(request));
        if (waits_then)
            co_await wait();
        co_return answer;
    }

private:
    net::task<void> wait()
    {
        const net::executor here = co_await net::asio::this_coro::executor;
        const auto waiting = std::make_shared<net::wake_up>(here, net::wake_up::time_point::max());
        waiting_.push_back(waiting);
        (void)co_await waiting->async_wait(net::in_tuple);
    }

    net::http_client& behind_;
    std::string held_;
    std::string held_answer_;
    std::vector<std::weak_ptr<net::wake_up>> waiting_;
};

enum class kept_in : std::uint8_t
{
    cookies,
    shelf,
};

struct renewal_house_plan
{
    kept_in where = kept_in::cookies;
    gateway::renewal_rules by{};
    identity::mapping_config mapping{};
    provider::userinfo_policy userinfo = provider::userinfo_policy::never;
    provider::offer offer{};
    std::size_t replicas = 1;
};

class renewal_house
{
public:
    explicit renewal_house(renewal_house_plan plan = {}) : plan_(std::move(plan))
    {
        log::configure(log::level::off, log::format::text);
        peer.metadata["revocation_endpoint"] = "https://idp.example/revoke";
        peer.instead["/token"] = [this](const auto& request) { return refresh(request); };
        for (std::size_t index = 0; index < plan_.replicas; ++index)
            replicas.push_back(make_replica());
    }

    struct replica
    {
        std::shared_ptr<provider::registry> providers = std::make_shared<provider::registry>();
        std::shared_ptr<session::ended_sessions> ended = std::make_shared<session::ended_sessions>();
        std::shared_ptr<session::keeper> sessions;
        std::shared_ptr<gateway::renewal> renewals;
        std::size_t changes = 0;
    };

    // A person who has just signed in at the first replica; `cookie` is what the browser has from then on.
    session::session sign_in(std::string id = "id-1")
    {
        session::session value;
        value.id = session::session_id(std::move(id));
        value.who.issuer = "https://idp.example";
        value.who.subject = "alice";
        value.who.user = "alice";
        value.who.groups = {"staff"};
        value.provider = "main";
        value.created = value.last_seen = value.confirmed = now;
        value.expires = now + std::chrono::hours(12);
        value.refresh_token = secret(newest_token);
        value.access_token = secret("at-1");
        value.tokens_end = now + std::chrono::minutes(5);
        value.scope = "read write";
        gateway::note_proof(value, first_token);
        const auto made = run(replicas[0]->sessions->begin(value, {}, now));
        REQUIRE(made);
        cookie.clear();
        for (const auto& each : *made)
            cookie += (cookie.empty() ? "" : "; ") + each.substr(0, each.find(';'));
        return seen();
    }
    // What a request with that old cookie sees; the id is empty when nobody is signed in.
    session::session seen(std::size_t at = 0)
    {
        const std::vector<http::field> fields{{"Cookie", cookie}};
        auto& sessions = *replicas[at]->sessions;
        auto found = run(sessions.find(sessions.cookies().find(fields), now));
        return found ? std::move(found->value) : session::session();
    }
    result<session::session> renew(const session::session& value, std::size_t at = 0)
    {
        return run(replicas[at]->renewals->renew(value));
    }
    template <class T>
    T run(net::task<T> work)
    {
        return test::run(io, std::move(work));
    }

    // Whatever can go on without waiting.
    void poll()
    {
        io.restart();
        io.poll();
    }
    // Until nothing is left to do.
    void finish()
    {
        io.restart();
        io.run();
    }
    template <class T>
    void finish(const std::optional<T>& answer)
    {
        io.restart();
        while (!answer && io.run_one() > 0)
            continue;
    }

    // First, so that it goes last: coroutines left in it may hold what follows only by reference.
    net::asio::io_context io{1};
    time_point now{std::chrono::seconds(morning)};
    fake_provider peer{morning};
    holding_client client{peer};
    fixed_random random;
    metric::registry metrics;
    std::shared_ptr<failing_shelf> shelf =
        std::make_shared<failing_shelf>(std::make_shared<session::memory_shelf>());
    std::vector<std::unique_ptr<replica>> replicas;
    std::string cookie;

    // The provider's side.
    std::string newest_token = "rt-1";
    std::set<std::string> used_tokens; // a second use is what a thief would do
    bool has_grace = false;            // a used token is good for once more
    bool loses_answer = false;         // the next answer never arrives
    std::size_t refreshes = 0;         // that were granted
    nlohmann::json differing = nlohmann::json::object();
    oidc::claims first_token; // the ID token's at sign-in; none: there is none
    bool keeps_iat = false;   // the `iat` of renewed ID tokens is what the claims say

private:
    result<net::incoming_response> refresh(const net::outgoing_request& request)
    {
        const auto start = request.body.find("refresh_token=rt-");
        REQUIRE(start != std::string::npos);
        const auto token = request.body.substr(start + 14, request.body.find('&', start) - start - 14);
        if (token != newest_token && !has_grace)
            return json_reply({{"error", "invalid_grant"}}, 400);
        used_tokens.insert(token);
        newest_token = "rt-" + std::to_string(++refreshes + 1);
        if (std::exchange(loses_answer, false))
            return fail(errc::network_failure, "http_client", "the connection broke");
        if (!keeps_iat)
            peer.claims["iat"] = now.time_since_epoch().count();
        peer.claims["exp"] = now.time_since_epoch().count() + 300;
        nlohmann::json all{
            {"id_token", peer.id_token()},
            {"access_token", "at-" + std::to_string(refreshes + 1)},
            {"token_type", "Bearer"},
            {"expires_in", 300},
            {"refresh_token", newest_token}
        };
        all.merge_patch(differing);
        return json_reply(all);
    }

    std::unique_ptr<replica> make_replica()
    {
        auto made = std::make_unique<replica>();
        provider::configuration settings;
        settings.name = "main";
        settings.issuer =
            oidc::parse_issuer("https://idp.example", oidc::transport::https_or_loopback).value();
        settings.client = oidc::client_id("gate");
        settings.client_secret = secret("s3cret");
        settings.userinfo = plan_.userinfo;
        settings.offer = plan_.offer;
        const provider::services services{
            client,
            random,
            metrics,
            io.get_executor(),
            [this] { return now; },
            [this] { return provider::steady_time(now.time_since_epoch()); }
        };
        REQUIRE(made->providers->add(std::make_unique<provider::provider>(settings, services)));
        made->sessions = make_keeper(*made);
        gateway::renewal_parts parts{
            .by = plan_.by,
            .turns = {.look_again = std::chrono::milliseconds(1)},
            .making = {},
            .providers = made->providers,
            .offers = gateway::provider_offers::make(*made->providers).value(),
            .sessions = made->sessions,
            .random = random,
            .metrics = metrics,
            .home = io.get_executor(),
            .spawn = [this](net::task<void> work)
            { net::asio::co_spawn(io.get_executor(), std::move(work), rethrow); },
            .session_changed = [at = made.get()](const auto&) { ++at->changes; },
            .keep_again = std::chrono::milliseconds(1),
            .now = [this] { return now; },
        };
        parts.making.mappings.emplace("main", identity::mapping::of(plan_.mapping).value());
        parts.making.access_token = gateway::keep::if_it_fits;
        parts.making.scopes = {"read", "write"};
        parts.making.refresh_token = gateway::keep::if_it_fits;
        made->renewals = std::make_shared<gateway::renewal>(std::move(parts));
        return made;
    }
    std::shared_ptr<session::keeper> make_keeper(const replica& of)
    {
        const std::vector<secret> secrets{secret("a secret of more than thirty-two bytes")};
        std::shared_ptr<session::store> store;
        if (plan_.where == kept_in::shelf)
            store = std::make_shared<session::ticket_store>(
                session::cookie_config{},
                shelf,
                session::ticket_store::shared_by::replicas,
                secrets,
                session::lifetimes{},
                random
            );
        else
            store = std::make_shared<session::cookie_store>(
                session::cookie_config{},
                crypto::key_ring(secrets, "session"),
                random,
                std::make_shared<session::handover>(
                    shelf, crypto::key_ring(secrets, "session_handover"), random
                )
            );
        return std::make_shared<session::keeper>(
            std::move(store),
            shelf,
            of.ended,
            crypto::key_ring(secrets, "session_note"),
            secrets,
            session::keeper_rules{},
            session::ending_hook(),
            random
        );
    }
    static void rethrow(std::exception_ptr thrown)
    {
        if (thrown)
            std::rethrow_exception(thrown);
    }

    renewal_house_plan plan_;
};

} // namespace sekisho::test
