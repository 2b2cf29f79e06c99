// SPDX-License-Identifier: Apache-2.0
#include "flow/pipeline_house.hpp"

#include "app/composition/parts.hpp"
#include "app/composition/renewal.hpp"
#include "app/composition/sessions.hpp"
#include "base/log.hpp"
#include "settings/effective.hpp"
#include "settings/preset.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <boost/asio/co_spawn.hpp>

#include <chrono>
#include <utility>

namespace sekisho::test
{
namespace
{

using namespace std::chrono_literals;

const std::string host = "app.example.com";
constexpr auto patience = 20s; // a machine may be busy

settings::model settings_of(std::uint16_t application_port, const pipeline_house::change& change)
{
    settings::model made;
    made.oidc.issuer = "https://idp.example";
    made.oidc.client_id = "gate";
    made.oidc.client_secret = secret("s3cret");
    made.server.public_url = url::parse("https://" + host).value();
    made.upstream.url = *url::parse("http://127.0.0.1:" + std::to_string(application_port));
    made.session.secret = secret("a secret of the tests, long enough for anybody");
    made.session.store = settings::session_store::redis;
    made.session.recheck = 0ms;
    made.redis.url = {"redis://127.0.0.1:1"}; // nobody is asked there: `shelf` takes its place
    made.access.public_paths = {"/public/*"};
    made.log.level = log::level::off;
    made.log.access = false;
    made.oidc.userinfo = settings::when_needed::never;
    change(made);
    if (made.oidc.preset != settings::preset::automatic)
    {
        settings::origins nobody_said;
        settings::apply_presets(made, nobody_said);
    }
    return made;
}

} // namespace

pipeline_house::pipeline_house(const change& what)
    : application(answering(plain_answer("the application"))),
      foundation_{
          .control = worker_,
          .metrics = metrics_,
          .random_secret = {},
          .read_file = [](const std::string&) -> result<std::string>
          { return fail(errc::not_found, "file", "these tests have none"); }
      }
{
    foundation_.on_ending = [this](const session::ending& ended)
    {
        if (pipeline_)
            pipeline_->forget(ended);
        lasting_.end(ended);
    };
    foundation_.on_change = [this](const session::session_id& id) { pipeline_->forget(id); };
    log::configure(log::level::off, log::format::text);
    const auto settings = settings_of(application.port(), what);
    pipeline_ = std::make_unique<gateway::pipeline>(
        worker_,
        std::make_shared<const gateway::configuration>(configuration_of(settings)),
        metrics_,
        tunnels_,
        lasting_
    );
    learn_metadata();
}

void pipeline_house::learn_metadata()
{
    std::optional<result<std::shared_ptr<const oidc::metadata>>> known;
    start(worker_.context(), providers_->default_provider().metadata(), known);
    run_until([&] { return known.has_value(); });
    REQUIRE(*known);
}

pipeline_house::~pipeline_house() { worker_.abandon(); }

gateway::configuration pipeline_house::configuration_of(const settings::model& from)
{
    auto composed = app::compose(from, foundation_);
    REQUIRE(composed);
    composed_ = std::move(*composed);
    auto made = *composed_->gateway;
    const auto providers = std::make_shared<provider::registry>();
    const provider::services services{
        peer,
        made.random,
        metrics_,
        worker_.get_executor(),
        [] { return wall_clock_now(); },
        [] { return provider::steady_time(std::chrono::steady_clock::now().time_since_epoch()); }
    };
    auto settings = made.providers->default_provider().settings();
    REQUIRE(providers->add(std::make_unique<provider::provider>(std::move(settings), services)));
    providers_ = made.providers = providers;
    made.offers = gateway::provider_offers::make(*providers).value();
    const auto secrets = app::secrets_of(from.session, {});
    sessions_ = app::keeper_of(from, {secrets, shelf, foundation_.ended, foundation_.on_ending, made.random});
    made.sessions = sessions_;
    made.renewals = app::renewal_of(from, foundation_, {made.making, providers, made.offers, sessions_});
    made.forms = gateway::kept_forms(
        app::cookies_of(from),
        shelf,
        crypto::key_ring(secrets, "kept_form"),
        foundation_.forms,
        made.random,
        {}
    );
    return made;
}

session::session pipeline_house::sign_in(const std::function<void(session::session&)>& alter)
{
    session::session value;
    value.id = session::session_id("id-1");
    value.who.issuer = "https://idp.example";
    value.who.subject = value.who.user = value.who.username = "alice";
    value.who.groups = {"staff"};
    value.provider = settings::default_provider_name;
    value.created = value.confirmed = wall_clock_now() - 10min;
    value.last_seen = wall_clock_now() - 1min;
    value.expires = value.created + 12h;
    value.access_token = secret("at-0");
    value.tokens_end = wall_clock_now() + 1h;
    alter(value);
    const auto cookies = run(sessions_->begin(value, {}, wall_clock_now()));
    REQUIRE(cookies);
    CHECK(jar.take(*cookies, {.host = host}, wall_clock_now()));
    return value;
}

void pipeline_house::end_session(const std::string& id)
{
    session::ending what{session::ends::session, {}, id, wall_clock_now(), {}};
    REQUIRE(run(sessions_->end(std::move(what))));
}

client_answer pipeline_house::open(const std::string& target)
{
    return ask({.method = "GET", .target = target, .fields = page_fields, .body = {}, .body_failure = {}});
}

client_answer pipeline_house::send_form(const std::string& target, const std::string& body)
{
    auto fields = page_fields;
    fields.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    return ask({.method = "POST", .target = target, .fields = fields, .body = body, .body_failure = {}});
}

client_answer pipeline_house::fetch(const std::string& target)
{
    return ask({.method = "GET", .target = target, .fields = script_fields, .body = {}, .body_failure = {}});
}

client_answer pipeline_house::come_back(const std::string& query)
{
    client_request back{
        .method = "GET",
        .target = "/oidc/callback?" + query,
        .fields = page_fields,
        .body = {},
        .body_failure = {}
    };
    back.fields[1].second = "cross-site";
    return ask(std::move(back), initiator::cross_site_navigation);
}

client_answer pipeline_house::ask(client_request request, initiator by)
{
    const site to{.host = host, .path = request.target.substr(0, request.target.find('?'))};
    request.fields.emplace_back("Host", host);
    if (auto cookies = jar.cookies_for(to, wall_clock_now(), by); !cookies.empty())
        request.fields.emplace_back("Cookie", std::move(cookies));
    fake_exchange exchange(std::move(request));
    bool is_done = false;
    net::asio::co_spawn(
        worker_.get_executor(),
        pipeline_->handle(exchange),
        [&](std::exception_ptr failure)
        {
            is_done = true;
            if (failure)
                std::rethrow_exception(failure);
        }
    );
    run_until([&] { return is_done; });
    CHECK(jar.take(exchange.answer().all("Set-Cookie"), to, wall_clock_now()));
    return exchange.answer();
}

void pipeline_house::settle()
{
    worker_.context().restart();
    worker_.context().poll(); // what was posted is spawned
    run_until([this] { return worker_.running() == 0; });
}

void pipeline_house::run_until(const std::function<bool()>& is_done)
{
    const auto until = std::chrono::steady_clock::now() + patience;
    worker_.context().restart();
    while (!is_done())
    {
        if (std::chrono::steady_clock::now() >= until)
        {
            worker_.abandon(); // before the exchange goes
            FAIL("nothing more comes");
        }
        worker_.context().run_one_until(until);
    }
}

std::int64_t pipeline_house::count(std::string_view line) const
{
    const auto text = metrics_.expose();
    const auto at = text.find("\n" + std::string(line) + " ");
    return at == std::string::npos ? -1 : std::stoll(text.substr(at + line.size() + 2));
}

} // namespace sekisho::test
